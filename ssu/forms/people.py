"""Choosing a person among those whom the reader may know by the shown name."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ssu.models import Worker

NOT_HERE = _("One of the people does not serve in this unit today, or has left. Choose from the list.")


class PersonField(forms.ModelChoiceField[Worker]):
    """A person from `Worker.objects.seen_by(seat)`; the form sets the queryset."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=None, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        """The name as the reader may know it."""
        return str(obj.shown_name)


class PeopleField(forms.ModelMultipleChoiceField[Worker]):
    """Several people from `Worker.objects.seen_by(seat)`, to tick; the form sets the queryset."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        wrong = {"invalid_choice": NOT_HERE, "invalid_pk_value": NOT_HERE}
        super().__init__(queryset=None, error_messages={**wrong, **kwargs.pop("error_messages", {})}, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        """The name as the reader may know it."""
        return str(obj.shown_name)
