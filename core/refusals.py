"""Showing a domain refusal on the form that caused it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import BaseForm

from core.errors import Refused


@contextmanager
def shown_on(form: BaseForm) -> Iterator[None]:
    """Run one operation; if it refuses, undo it and put its sentence on the form, beside the field that it names if
    any.

    After the block `form.errors` tells whether it went through.
    """
    try:
        with transaction.atomic():
            yield
    except Refused as refusal:
        field = getattr(refusal, "field", None)
        form.add_error(field if field in form.fields else None, ValidationError(str(refusal), code=refusal.code))
