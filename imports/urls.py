"""Addresses below `/a/<agency>/`."""

from django.urls import path

from imports.views import fixing, imports, mapping, saved_mappings, undo

ONE_MAPPING = "giving/imports/mappings/<int:pk>/"
urlpatterns = [
    path("giving/imports/", imports.imports, name="imports"),
    path("giving/imports/<int:pk>/", imports.import_run, name="import"),
    path("giving/imports/<int:pk>/apply/", imports.import_apply, name="import_apply"),
    path("giving/imports/<int:pk>/check/", imports.import_check, name="import_check"),
    path("giving/imports/<int:pk>/toward/", imports.import_toward, name="import_toward"),
    path("giving/imports/<int:pk>/rows/", fixing.import_rows, name="import_rows"),
    path("giving/imports/<int:pk>/columns/", mapping.import_columns, name="import_columns"),
    path("giving/imports/<int:pk>/columns/use/", mapping.import_columns_use, name="import_columns_use"),
    path("giving/imports/<int:pk>/columns/drop/", mapping.import_columns_drop, name="import_columns_drop"),
    path("giving/imports/<int:pk>/values/", mapping.import_values, name="import_values"),
    path("giving/imports/mappings/", saved_mappings.import_mappings, name="import_mappings"),
    path(ONE_MAPPING, saved_mappings.import_mapping, name="import_mapping"),
    path(f"{ONE_MAPPING}remove/", saved_mappings.import_mapping_remove, name="import_mapping_remove"),
    path(f"{ONE_MAPPING}restore/", saved_mappings.import_mapping_restore, name="import_mapping_restore"),
    path("giving/imports/<int:pk>/undo/", undo.import_undo, name="import_undo"),
    path("giving/imports/<int:pk>/findings.csv", imports.import_findings, name="import_findings"),
]
