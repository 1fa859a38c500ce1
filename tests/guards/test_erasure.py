"""Every column with words is decided on for the erasure of a partner (test 18 of the list)."""

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from home.erasure.columns import APPS_WITHOUT, FUNDS_WITHOUT, KEPT, NOTHING, OVERWRITTEN

WORDS = (models.CharField, models.TextField, models.JSONField, models.FileField, ArrayField, models.GeneratedField)


def with_words(model: type[models.Model]) -> set[str]:
    """The columns of a table that may hold what somebody wrote: no choices, no numbers, no days."""
    return {field.attname for field in model._meta.concrete_fields if isinstance(field, WORDS) and not field.choices}


def tables() -> list[type[models.Model]]:
    found = [model for model in apps.get_models() if getattr(model, "scope", "") in {"agency", "shared"}]
    return [
        model
        for model in found
        if model._meta.app_label not in APPS_WITHOUT
        and not (model._meta.app_label == "funds" and model.__name__ in FUNDS_WITHOUT)
    ]


def undecided(found: list[type[models.Model]]) -> list[str]:
    """Columns of which nobody said what becomes of them, and what is said of columns that are none, or twice."""
    faults = []
    for model in found:
        label, columns = model._meta.label, with_words(model)
        nothing = columns if NOTHING.get(label) == "*" else set(NOTHING.get(label, "").split())
        said = [*OVERWRITTEN.get(label, "").split(), *KEPT.get(label, {}), *nothing]
        faults += [f"{label}.{name}" for name in sorted(columns ^ set(said))]
        faults += [f"{label}.{name} twice" for name in sorted({name for name in said if said.count(name) > 1})]
    return faults


def test_every_column_with_words_is_decided_on() -> None:
    assert undecided(tables()) == []
    assert set(OVERWRITTEN) | set(KEPT) | set(NOTHING) <= {model._meta.label for model in tables()}


def test_a_column_that_nobody_decided_on_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    contact: list[type[models.Model]] = [apps.get_model("partners.Contact")]
    monkeypatch.setitem(OVERWRITTEN, "partners.Contact", "note")
    assert undecided(contact) == ["partners.Contact.withdrawn_reason"]
    monkeypatch.setitem(OVERWRITTEN, "partners.Contact", "note withdrawn_reason whisper")
    assert undecided(contact) == ["partners.Contact.whisper"]
    monkeypatch.setitem(KEPT, "partners.Contact", {"note": "why"})
    monkeypatch.setitem(OVERWRITTEN, "partners.Contact", "note withdrawn_reason")
    assert undecided(contact) == ["partners.Contact.note twice"]
