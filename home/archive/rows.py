"""The tables of an archive: which there are, in which order, and their rows as text."""

import json
from collections.abc import Generator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Case, CharField, F, Model, Value, When
from django.utils.text import camel_case_to_spaces

from accounts.models import User
from agencies.models import Agency, AuditEntry, Membership
from agencies.models.owned import Shared
from core.formulas import guarded_once_more
from handover.queries.kept_back import acts_untold
from home.archive.tables import COLUMNS, TOLD
from partners.models import Contact

AT_ONCE = 2_000
"""So many rows are fetched at a time."""
PEOPLE = ("id", "name", "email", "sign_in_name", "date_joined")
"""What the archive tells of those who have or had a place in the agency. Passwords and sign-ins are their own."""


def tables() -> list[type[Model]]:
    """The tables of the archive, each before those that it refers to: what is added while the archive is written is
    then never referred to without being there.
    """
    models = [apps.get_model(label) for label in COLUMNS]
    ordered: list[type[Model]] = []
    seen: set[type[Model]] = set()

    def visit(model: type[Model]) -> None:
        if model in seen or model not in models:
            return
        seen.add(model)
        for field in model._meta.concrete_fields:
            if field.related_model is not None:
                visit(field.related_model)
        ordered.append(model)

    for model in models:
        visit(model)
    return ordered[::-1]


def file_of(model: type[Model]) -> str:
    """The name of a table's file: "partners_gift_line.csv"."""
    return f"{model._meta.app_label}_{camel_case_to_spaces(model.__name__).replace(' ', '_')}.csv"


def columns_of(model: type[Model]) -> list[str]:
    """The columns of a table's file."""
    return COLUMNS[model._meta.label].split()


def rows_of(agency: Agency, actor: User, model: type[Model]) -> Any:
    """The agency's rows of a table, oldest first. A note that its writer keeps to themselves is that writer's; what was
    done in a hand-over is there once it was told.
    """
    manager: Any = model._default_manager
    if model is Agency:
        return manager.filter(pk=agency.pk)
    found = manager.filter(agency=agency)
    if issubclass(model, Shared):
        found = found.filter(alliance_id=None)
    if model._meta.label in TOLD:
        found = found.exclude(**{TOLD[model._meta.label]: None})
    if model is AuditEntry:
        found = found.exclude(acts_untold())
    return own_notes(found, actor) if model is Contact else found.order_by("pk")


def own_notes(contacts: Any, actor: User) -> Any:
    """The log of contacts, notes for the writer alone kept back from everybody else."""
    private = When(note_for=Contact.NoteFor.WRITER, then=Value(""))
    mine = When(by=actor, then=F("note"))
    return contacts.annotate(archived_note=Case(mine, private, default=F("note"), output_field=CharField())).order_by(
        "pk"
    )


def cells_of(found: Any, model: type[Model]) -> Generator[list[str]]:
    """The rows as cells, part by part."""
    names = ["archived_note" if name == "note" and model is Contact else name for name in columns_of(model)]
    for row in found.values_list(*names).iterator(chunk_size=AT_ONCE):
        yield [text_of(value) for value in row]


def people_of(agency: Agency) -> Any:
    """Those who have or had a place in the agency."""
    return User.objects.filter(pk__in=Membership.objects.values("user")).order_by("pk")


def people_cells(agency: Agency) -> Generator[list[str]]:
    """The same as cells."""
    for row in people_of(agency).values_list(*PEOPLE).iterator(chunk_size=AT_ONCE):
        yield [text_of(value) for value in row]


def text_of(value: Any) -> str:
    """A value as a cell: nothing for null, true and false, moments with their zone, lists as JSON, and no formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict | list):
        return guarded_once_more(json.dumps(value, ensure_ascii=False))
    return guarded_once_more(value) if isinstance(value, str) else str(value)
