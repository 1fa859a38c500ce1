"""Addresses of the starter pack and of the inventory of tactics, below `/a/<agency>/`."""

from django.urls import path

from ssu.views import starter, tactics

PART = "settings/starter-pack/<slug:part>/"
TACTICS = "units/<int:pk>/tactics/"

urlpatterns = [
    path("settings/starter-pack/", starter.starter_pack, name="starter_pack"),
    path(PART, starter.starter_part, name="starter_part"),
    path(f"{PART}edit/", starter.starter_edit, name="starter_edit"),
    path(f"{PART}return/", starter.starter_return, name="starter_return"),
    path(f"{PART}drop/", starter.starter_drop, name="starter_drop"),
    path(TACTICS, tactics.tactics, name="tactics"),
    path(f"{TACTICS}add/", tactics.tactic_add, name="tactic_add"),
    path(f"{TACTICS}begin/", tactics.tactics_begin, name="tactics_begin"),
    path(f"{TACTICS}<int:tactic>/", tactics.tactic_edit, name="tactic_edit"),
    path(f"{TACTICS}<int:tactic>/remove/", tactics.tactic_remove, name="tactic_remove"),
    path(f"{TACTICS}<int:tactic>/restore/", tactics.tactic_restore, name="tactic_restore"),
]
