"""The shape of what people enter about a hand-over. Operations judge the truth."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Membership
from agencies.seats import Seat
from core.forms import DateInput, DayField, capitalized
from handover.models import Case, PassingAct
from handover.queries.lists import leavers, services_of
from ssu.models import Worker


class WorkerField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A worker by the name that the reader knows."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.shown_name)


class MembersField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """People with a sign-in."""

    seat: Seat

    def label_from_instance(self, obj: Any) -> str:
        return self.seat.name_of(obj.user)


class ServiceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody's service in a unit, as the reader may call both."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.person_name} · {obj.unit_name}"


class CaseForm(forms.Form):
    """Who leaves, when, and who may know."""

    worker = WorkerField(None, label=_("Who leaves"))
    leaves_on = DayField(label=_("Day of leaving"), widget=DateInput)
    how = forms.ChoiceField(
        label=_("How"),
        choices=capitalized(Case.How.choices),
        help_text=_("After death, dismissal or evacuation all access of the worker ends at once."),
    )
    introducer = WorkerField(
        None,
        label=_("Who introduces instead"),
        required=False,
        empty_label=_("The worker"),
        help_text=_("After death, dismissal or evacuation: mostly the leader of the unit."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=400,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("It never leaves this page: no letter, list, file or notice tells it."),
    )
    is_told = forms.BooleanField(
        label=_("Others may know already that the worker leaves"),
        required=False,
        help_text=_("Without it only you and those named below see this hand-over."),
    )
    readers = MembersField(None, label=_("Who may know before"), required=False)

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Worker]", self.fields["worker"]).queryset = leavers(seat)
        others = Worker.objects.seen_by(seat).filter(membership__left_at=None, membership__isnull=False)
        cast("forms.ModelChoiceField[Worker]", self.fields["introducer"]).queryset = others
        readers = cast(MembersField, self.fields["readers"])
        members = Membership.objects.filter(left_at=None).exclude(pk=seat.membership.pk).select_related("user")
        readers.seat, readers.queryset = seat, members.order_by("user__name", "pk")
        how = cast(forms.ChoiceField, self.fields["how"])
        if not seat.can("people.edit"):
            how.choices = capitalized([(Case.How.PLANNED.value, Case.How.PLANNED.label)])


class PassForm(forms.Form):
    """To whom, and until when they meet."""

    service = ServiceField(None, label=_("New holder"), empty_label=_("Choose"))
    due_on = DayField(label=_("Introduced together until"), widget=DateInput)
    letter = forms.BooleanField(
        label=_("Also a letter in the unit's voice"),
        required=False,
        help_text=_("As a task of the new holder; the letter is written on the page of the hand-over."),
    )

    def __init__(self, *args: Any, seat: Seat, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Any]", self.fields["service"]).queryset = services_of(seat, case)


class SkipForm(forms.Form):
    """Why nobody new is named. It stands in one form with the new holder, so the browser must not ask for it."""

    use_required_attribute = False

    why = forms.ChoiceField(
        label=_("Leave out, because"), choices=[("", _("Choose")), *capitalized(PassingAct.Why.choices)]
    )


class IntroducedForm(forms.Form):
    """When they met."""

    on = DayField(label=_("They met on"), widget=DateInput)


class ForeseeForm(forms.Form):
    """Whose leaving is thought through."""

    worker = WorkerField(None, label=_("If this person left"))

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Worker]", self.fields["worker"]).queryset = leavers(seat)
