"""The shape of what people send here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies import regions
from core.forms import DateInput, DayField
from delivery.channels import Channels, defaults
from delivery.kinds import Kind, kinds


class DecisionForm(forms.Form):
    """What becomes of a message of which nobody knows whether it went out."""

    decision = forms.ChoiceField(
        label=_("What shall happen"),
        widget=forms.RadioSelect,
        choices=[
            ("leave", _("Leave it: it probably arrived")),
            ("send_again", _("Send it again: the reader may get it twice")),
        ],
    )
    reason = forms.CharField(label=_("Why"), max_length=300, required=False)


class TaskForm(forms.Form):
    """A to-do for oneself."""

    text = forms.CharField(label=_("What is to be done"), max_length=300)
    due_on = DayField(label=_("By when"), required=False, widget=DateInput)


@dataclass(frozen=True)
class ChoiceLine:
    """A kind with its boxes; `task` is None where there is nothing to do about it."""

    label: str
    in_app: Any
    email: Any
    task: Any


class ChoicesForm(forms.Form):
    """A box for each kind and way of being told, and the hour of the mail."""

    hour = forms.TypedChoiceField(
        label=_("Hour of the mail"),
        choices=[(hour, f"{hour:02}:00") for hour in range(24)],
        coerce=int,
        help_text=_("Everything of a day comes in one mail at this hour. What you have read by then is left out."),
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=regions.time_zones)

    def __init__(self, *args: Any, chosen: Mapping[str, Channels], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in kinds():
            ways = chosen.get(kind.name, defaults(kind))
            for way in ways_of(kind):
                box = forms.BooleanField(label=kind.label, required=False, initial=getattr(ways, way))
                self.fields[f"{kind.name}.{way}"] = box

    def lines(self) -> list[ChoiceLine]:
        """The table."""
        return [
            ChoiceLine(
                str(kind.label),
                self[f"{kind.name}.in_app"],
                self[f"{kind.name}.email"],
                self[f"{kind.name}.task"] if kind.asks else None,
            )
            for kind in kinds()
        ]

    def chosen(self) -> dict[str, Channels]:
        """What was ticked, by kind."""
        return {
            kind.name: Channels(**{way: bool(self.cleaned_data.get(f"{kind.name}.{way}")) for way in WAYS})
            for kind in kinds()
        }


WAYS = ("in_app", "email", "task")


def ways_of(kind: Kind) -> tuple[str, ...]:
    """The ways by which a kind can be told."""
    return WAYS if kind.asks else WAYS[:2]
