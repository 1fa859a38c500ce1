"""Choosing a person among those whom the reader may know by the shown name."""

from typing import Any

from django import forms

from ssu.models import Worker


class PersonField(forms.ModelChoiceField[Worker]):
    """A person from `Worker.objects.seen_by(seat)`; the form sets the queryset."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=None, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        """The name as the reader may know it."""
        return str(obj.shown_name)
