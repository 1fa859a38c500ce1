"""Addresses below `/a/<agency>/`."""

from django.urls import path

from imports.views import fixing, imports, undo

urlpatterns = [
    path("giving/imports/", imports.imports, name="imports"),
    path("giving/imports/<int:pk>/", imports.import_run, name="import"),
    path("giving/imports/<int:pk>/apply/", imports.import_apply, name="import_apply"),
    path("giving/imports/<int:pk>/check/", imports.import_check, name="import_check"),
    path("giving/imports/<int:pk>/rows/", fixing.import_rows, name="import_rows"),
    path("giving/imports/<int:pk>/undo/", undo.import_undo, name="import_undo"),
    path("giving/imports/<int:pk>/findings.csv", imports.import_findings, name="import_findings"),
]
