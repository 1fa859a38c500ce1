"""Filters, opening and closing of designations."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.seats import Seat
from core.forms import DateInput, DayField
from funds.models import Designation
from funds.operations.designations import FIXED_BY_MONEY
from ssu.models import Unit, Worker

ANY = [("", _("Any"))]
STATES = [("", _("Open")), ("closed", _("Closed")), ("all", _("Open and closed"))]


class ShownNameField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice among things that carry `shown_name`: what the reader may call them."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.shown_name)


class DesignationFilter(forms.Form):
    """By words, kind and state."""

    q = forms.CharField(label=_("Name or code"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[*ANY, *Designation.Kind.choices])
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)


class DesignationForm(forms.Form):
    """A new place where gift lines go."""

    code = forms.CharField(
        label=_("Code"), max_length=40, help_text=_("As it stands on files and receipts. Leading zeros count.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Designation.Kind.choices, widget=forms.RadioSelect)
    public_name = forms.CharField(
        label=_("Public name"),
        max_length=160,
        help_text=_("As partners read it. For a careful or closed unit, its alias: it must not tell the place."),
    )
    unit = ShownNameField(None, label=_("Unit"), required=False)
    worker = ShownNameField(None, label=_("Worker"), required=False)
    opened_on = DayField(label=_("Open from"), widget=DateInput)

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(ShownNameField, self.fields["unit"]).queryset = Unit.objects.seen_by(seat)
        cast(ShownNameField, self.fields["worker"]).queryset = Worker.objects.seen_by(seat)

    def clean(self) -> dict[str, Any]:
        """A designation of a unit names the unit, one of a worker the worker, unless they stay as they are."""
        given = super().clean() or {}
        for kind, sentence in (
            (Designation.Kind.UNIT, _("Choose the unit.")),
            (Designation.Kind.WORKER, _("Choose the worker.")),
        ):
            is_asked = kind.value not in self.errors and not self.fields[kind.value].disabled
            if is_asked and given.get("kind") == kind and not given.get(kind.value):
                self.add_error(kind.value, sentence)
        return given


class EditForm(DesignationForm):
    """A designation as it stands. Once money was posted to it, kind, unit and worker stay. Where its unit or worker is
    closed to the reader, the public name, which may tell who it is, is neither shown nor asked for; and the three stay
    too, since a designation of another kind is called by its public name.
    """

    code = None  # type: ignore[assignment]
    field_order = ("public_name", "kind", "unit", "worker", "opened_on")

    def __init__(self, *args: Any, fixed: bool, withheld: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FIXED_BY_MONEY:
            self.fields[name].disabled = fixed or withheld
        if withheld:
            del self.fields["public_name"]
        if fixed:
            self.fields["kind"].help_text = _(
                "Money was posted here, so kind, unit and worker stay. For what is given from now on, close this "
                "designation and open a new one."
            )


class CloseForm(forms.Form):
    """The day from which a designation is offered no more; none for one that is `closed` opens it again."""

    on = DayField(label=_("Closed from"), widget=DateInput, help_text=_("What still arrives on it is kept as given."))

    def __init__(self, *args: Any, closed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if closed:
            self.fields["on"].required = False
            self.fields["on"].help_text = _("Empty: it is open again.")
