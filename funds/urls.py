"""Addresses below `/a/<agency>/`."""

from django.urls import path

from funds.views import designations, postings

urlpatterns = [
    path("giving/designations/", designations.designations, name="designations"),
    path("giving/designations/add/", designations.designation_add, name="designation_add"),
    path("giving/designations/<int:pk>/", designations.designation, name="designation"),
    path("giving/designations/<int:pk>/edit/", designations.designation_edit, name="designation_edit"),
    path("giving/designations/<int:pk>/close/", designations.designation_close, name="designation_close"),
    path(
        "giving/designations/<int:pk>/<int:year>-<int:month>/<str:currency>/",
        designations.designation_month,
        name="designation_month",
    ),
    path("giving/postings/<int:pk>/", postings.posting, name="posting"),
]
