"""Addresses below `/me/`: what belongs to the person, in no agency."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
