"""Addresses below `/me/`: what belongs to the person, in no agency."""

from django.urls import path

from accounts import views

urlpatterns = [
    path("", views.me, name="me"),
    path("spaces/", views.spaces, name="spaces"),
]
