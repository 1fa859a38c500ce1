"""Showing a domain refusal on the form that caused it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import BaseForm

from core.errors import Refused


@contextmanager
def shown_on(form: BaseForm, *others: BaseForm) -> Iterator[None]:
    """Run one operation; if it refuses, undo it and put its sentence on the form, beside the field that it names if
    any, also where one of the `others` of the page has it.

    After the block `form.errors`, and those of the others, tell whether it went through.
    """
    try:
        with transaction.atomic():
            yield
    except Refused as refusal:
        field = getattr(refusal, "field", None)
        marked = next((each for each in (form, *others) if field in each.fields), None)
        said = ValidationError(str(refusal), code=refusal.code)
        (marked or form).add_error(field if marked else None, said)
