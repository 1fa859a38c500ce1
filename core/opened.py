"""Forms over settings that several people change: what was on the page when it was opened goes with the form, so that
nobody puts an old value back without knowing it.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core import signing
from django.db import models
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    BaseForm = forms.Form
else:
    BaseForm = object

OPENED = "opened"
SALT = "core.opened"


class RemembersOpening(BaseForm):
    """A mixin, before `forms.Form` or `forms.ModelForm`, for a form that changes what stands: `stands` are its values.

    A field that this person left alone keeps what somebody else made of it since; one that both changed is refused with
    what stands, and sent once more it goes through. A form that does not bring the hidden field changes what it says.
    """

    def __init__(self, *args: Any, stands: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        self.stands = stands
        if stands is not None:
            kwargs["initial"] = dict(stands)
        super().__init__(*args, **kwargs)
        if stands is not None:
            self.fields[OPENED] = forms.CharField(required=False, widget=forms.HiddenInput)
            self.initial[OPENED] = signing.dumps(self.standing(), salt=SALT)

    def standing(self) -> dict[str, str]:
        """What stands now, as text, by field."""
        stands = self.stands or {}
        return {name: as_text(field, stands[name]) for name, field in self.fields.items() if name in stands}

    def clean(self) -> dict[str, Any]:
        """Take what stands for the fields that were left alone, and refuse those that two people changed."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        opened, stands = self.opened(given.pop(OPENED, "")), self.standing()
        for name in sorted(opened.keys() & given.keys() & stands.keys()):
            field = self.fields[name]
            sent = as_text(field, given[name])
            if field.disabled or stands[name] in (opened[name], sent):
                continue
            if sent == opened[name]:
                given[name] = (self.stands or {})[name]
                continue
            self.add_error(name, forms.ValidationError(changed_meanwhile(field, stands[name]), "changed_meanwhile"))
            opened[name] = stands[name]
        if self.errors and opened:
            sent_anew: Any = self.data.copy()  # type: ignore[attr-defined]
            sent_anew[self.add_prefix(OPENED)] = signing.dumps(opened, salt=SALT)
            self.data = sent_anew
        return given

    def opened(self, sent: str) -> dict[str, str]:
        """What stood on the page when it was opened; nothing where the form does not tell or was tampered with."""
        try:
            found: dict[str, str] = signing.loads(sent, salt=SALT) if sent else {}
        except signing.BadSignature:
            return {}
        return found


def values_of(row: models.Model, names: Iterable[str], *, held: bool) -> dict[str, Any]:
    """The values of a row; `held` until the transaction ends, so that what a form was judged by is what it changes."""
    manager = type(row)._default_manager
    found = manager.select_for_update(of=("self",)).get(pk=row.pk) if held else row
    return {name: getattr(found, name) for name in names}


def as_text(field: forms.Field, value: Any) -> str:
    """A value in the one way that two of them are compared."""
    plain = field.prepare_value(value)
    if plain is None:
        return ""
    return plain.isoformat() if isinstance(plain, date) else "\n".join(str(plain).strip().splitlines())


def changed_meanwhile(field: forms.Field, stands: str) -> str:
    """What to do about a field that somebody else changed too."""
    named = dict(as_choices(field)).get(stands, stands)
    if not named:
        return _("Somebody else emptied this since you opened the page. Save again to put yours in its place.")
    said = _(
        "Somebody else changed this to “%(value)s” since you opened the page. Save again to put yours in its place."
    )
    return said % {"value": named}


def as_choices(field: forms.Field) -> list[tuple[str, str]]:
    """The choices of a field in words, flat; none where it is typed."""
    choices = getattr(field, "choices", ())
    return [(str(value), str(label)) for value, label in choices if not isinstance(label, list | tuple)]
