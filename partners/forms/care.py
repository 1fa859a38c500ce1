"""The relationship with a partner: contacts, follow-ups, stages, holders."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.seats import Seat
from core.forms import DateInput, DayField, capitalized
from partners.forms.lists import UnitField
from partners.models import Channel, Contact, FollowUp, Partner, Stage
from partners.queries.care import carers, is_office, services_to_choose, units_in_care
from ssu.models import TeamMember


class MemberField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody with a sign-in, by the name that the reader knows."""

    seat: Seat

    def label_from_instance(self, obj: Any) -> str:
        return self.seat.name_of(obj.user)


class ServiceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody's service in a unit, as the reader may call both."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.person_name} · {obj.unit_name}"


class OfUnit(forms.Form):
    """What is done in the name of a unit, or of the office where the reader is of the office."""

    unit = UnitField(None, label=_("In the name of"), required=False, empty_label=_("The office"))

    def __init__(self, *args: Any, seat: Seat, partner: Partner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partner, units = partner, cast(UnitField, self.fields["unit"])
        units.queryset = units_in_care(seat, partner)
        if not is_office(seat):
            units.required, units.empty_label = True, None


class ContactForm(OfUnit):
    """What has happened."""

    channel = forms.ChoiceField(label=_("How"), choices=capitalized(Channel.choices))
    outcome = forms.ChoiceField(label=_("Outcome"), choices=capitalized(Contact.Outcome.choices))
    happened_on = DayField(label=_("Day"), widget=DateInput)
    note = forms.CharField(label=_("Note"), required=False, max_length=4000, widget=forms.Textarea({"rows": 4}))
    note_for = forms.ChoiceField(
        label=_("Who may read the note"),
        choices=capitalized(Contact.NoteFor.choices),
        initial=Contact.NoteFor.CARERS,
        help_text=_("Who cares for this partner: the office, the leader of the unit, and who holds the relationship."),
    )
    settles: "forms.ModelChoiceField[FollowUp]" = forms.ModelChoiceField(None, required=False, widget=forms.HiddenInput)
    field_order = ("channel", "outcome", "happened_on", "unit", "note", "note_for", "settles")

    def __init__(self, *args: Any, seat: Seat, partner: Partner, **kwargs: Any) -> None:
        super().__init__(*args, seat=seat, partner=partner, **kwargs)
        planned = FollowUp.objects.seen_by(seat).open().filter(partner=partner)
        cast("forms.ModelChoiceField[FollowUp]", self.fields["settles"]).queryset = planned


class FollowUpForm(OfUnit):
    """What is to do."""

    channel = forms.ChoiceField(label=_("How"), choices=capitalized(Channel.choices))
    text = forms.CharField(label=_("What about"), max_length=200, required=False)
    due_on = DayField(label=_("By"), widget=DateInput)
    member = MemberField(None, label=_("Who does it"), empty_label=None)
    field_order = ("channel", "text", "due_on", "member", "unit")

    def __init__(self, *args: Any, seat: Seat, partner: Partner, **kwargs: Any) -> None:
        super().__init__(*args, seat=seat, partner=partner, **kwargs)
        choose_carer(self, seat, partner)

    def arguments(self) -> dict[str, Any]:
        """What `add_follow_up` takes."""
        given = dict(self.cleaned_data)
        assignee = given.pop("member").user
        return {**given, "assignee": assignee}


class MoveForm(forms.Form):
    """By when, and who."""

    due_on = DayField(label=_("By"), widget=DateInput)
    member = MemberField(None, label=_("Who does it"), empty_label=None)

    def __init__(self, *args: Any, seat: Seat, partner: Partner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_carer(self, seat, partner)

    def arguments(self) -> dict[str, Any]:
        """What `move_follow_up` takes."""
        return {"due_on": self.cleaned_data["due_on"], "assignee": self.cleaned_data["member"].user}


def choose_carer(form: forms.Form, seat: Seat, partner: Partner) -> None:
    """Fill in who may be chosen; oneself stands there first."""
    field = cast(MemberField, form.fields["member"])
    field.seat, field.queryset = seat, cast(Any, carers(seat, partner))
    field.initial = field.initial or seat.membership.pk


class StageForm(OfUnit):
    """Where the relationship stands from now."""

    kind = forms.ChoiceField(label=_("Stage"), choices=Stage.Kind.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Why"), max_length=200, required=False)
    field_order = ("unit", "kind", "reason")

    def __init__(self, *args: Any, seat: Seat, partner: Partner, **kwargs: Any) -> None:
        super().__init__(*args, seat=seat, partner=partner, **kwargs)
        unit = cast(UnitField, self.fields["unit"])
        unit.required, unit.empty_label, unit.label = True, None, seat.agency.unit_word


class HolderForm(forms.Form):
    """Who is to care for the partner, and whether first."""

    service = ServiceField(None, label=_("Who"), empty_label=None)
    is_primary = forms.BooleanField(
        label=_("First holder"),
        required=False,
        initial=True,
        help_text=_("Who was the first one goes on as another holder."),
    )

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(ServiceField, self.fields["service"]).queryset = services_to_choose(seat)

    def arguments(self) -> dict[str, Any]:
        """What `appoint_holder` takes."""
        service: TeamMember = self.cleaned_data["service"]
        return {"unit": service.unit, "worker": service.worker, "is_primary": self.cleaned_data["is_primary"]}


class EndHolderForm(forms.Form):
    """Why holding ends."""

    reason = forms.CharField(label=_("Why"), max_length=200, required=False)


class WithdrawContactForm(forms.Form):
    """Why it was not so."""

    reason = forms.CharField(label=_("Why it was wrong"), max_length=200, required=False)


class FollowUpFilter(forms.Form):
    """By state, person, day."""

    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("To do")), ("ended", _("Ended")), ("all", _("All"))]
    )
    whose = forms.ChoiceField(label=_("Whose"), required=False, choices=[("", _("Anybody’s")), ("mine", _("Mine"))])
    until = DayField(label=_("Due by"), required=False, widget=DateInput)
