"""The shape of what people enter about the transition. Operations judge the truth."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.seats import Seat
from communications.models import CoreMessage
from core.forms import AmountInput, DateInput, DayField, SizedFile
from core.money import Money
from core.money_forms import read_amount
from funds.models import Designation
from imports.reading.sheets import MAX_LIST_BYTES
from partners.models import Commitment
from partners.queries.fulfilment import standing_of
from ssu.models import Worker
from transition.models import Plan, ShiftAct


class StartForm(forms.Form):
    """To which designation of the unit commitments will go."""

    designation: "forms.ModelChoiceField[Designation]" = forms.ModelChoiceField(
        None, label=_("Commitments move to"), empty_label=None
    )

    def __init__(self, *args: Any, seat: Seat, unit_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Designation.objects.seen_by(seat).filter(unit=unit_id, kind=Designation.Kind.UNIT)
        field = cast("forms.ModelChoiceField[Designation]", self.fields["designation"])
        field.queryset = own.open_on(seat.agency.today())
        field.label_from_instance = lambda each: f"{each.code} {cast(Any, each).shown_name}"  # type: ignore[method-assign,assignment]


class EndForm(forms.Form):
    """Why a transition is over."""

    reason = forms.CharField(label=_("Why it is over"), max_length=250, required=False)


class WaveForm(forms.Form):
    """A name and a day."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("For example: Key donors, Friends of Anna"))
    reply_by = DayField(
        label=_("Replies until"), widget=DateInput, help_text=_("Who has not replied by then may be noted as silent.")
    )


class OpenForm(forms.Form):
    """When the talks begin."""

    on = DayField(label=_("Talks begin on"), widget=DateInput)


class RepliesForm(forms.Form):
    """The file alone."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("CSV or XLSX. Either all replies in it are noted, or none."),
        widget=SizedFile(MAX_LIST_BYTES, {"accept": ".csv,.xlsx"}),
    )


class GuaranteeForm(forms.Form):
    """How a worker is paid meanwhile. No amounts."""

    how = forms.CharField(
        label=_("How pay and benefits are guaranteed"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In words, without amounts: everybody who follows the transition reads it."),
    )
    until = DayField(label=_("Until"), widget=DateInput)
    given_by = forms.CharField(label=_("Whose word it is"), max_length=120, help_text=_("A person or the board"))
    told_on = DayField(label=_("The worker was told on"), widget=DateInput)


class ShiftForm(forms.Form):
    """Whether the giver is a key donor, and who talks to them."""

    is_key = forms.BooleanField(
        label=_("Key donor"), required=False, help_text=_("Answers in words, and is never counted as silent.")
    )
    talker: "forms.ModelChoiceField[Worker]" = forms.ModelChoiceField(
        None, label=_("Who talks to them"), required=False, empty_label=_("Nobody yet")
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Worker]", self.fields["talker"])
        field.queryset = people
        field.label_from_instance = lambda each: cast(Any, each).shown_name  # type: ignore[method-assign,assignment]


class ActForm(forms.Form):
    """What happened, on which day."""

    on = DayField(label=_("Day"), widget=DateInput)
    words = forms.CharField(
        label=_("What was said"), max_length=400, required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, plan: Plan, commitment: Commitment | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan, self.commitment = plan, commitment
        self.initial.setdefault("on", plan.agency.today())

    def arguments(self) -> dict[str, Any]:
        """What the operation takes."""
        return dict(self.cleaned_data)


class HowForm(ActForm):
    """… and how."""

    how = forms.ChoiceField(label=_("How"), choices=ShiftAct.How.choices, widget=forms.RadioSelect)
    field_order: tuple[str, ...] = ("on", "how", "words")


class NoticeForm(HowForm):
    """The giver was told, with these words of the unit."""

    message: "forms.ModelChoiceField[CoreMessage]" = forms.ModelChoiceField(
        None, label=_("Core messages"), required=False, empty_label=_("In other words")
    )
    field_order = ("on", "how", "message", "words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[CoreMessage]", self.fields["message"])
        field.queryset = CoreMessage.objects.agreed().filter(unit=self.plan.unit_id).order_by("-version")
        field.label_from_instance = lambda each: _("Version %(n)s") % {"n": each.version}  # type: ignore[method-assign,assignment]
        self.initial.setdefault("message", field.queryset.first())


class PostedForm(forms.Form):
    """When printed letters were posted."""

    on = DayField(label=_("Posted on"), widget=DateInput)


class SilenceForm(ActForm):
    """No reply came."""


class LeaveForm(ActForm):
    """We do not ask, and why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label, self.fields["words"].required = _("Why"), True


class StopForm(HowForm):
    """The last day of the commitment."""

    last_day = DayField(label=_("Last day of the commitment"), widget=DateInput)
    field_order = ("on", "how", "last_day", "words")


class MoveForm(ActForm):
    """From when, and how much."""

    effective_on = DayField(label=_("To the unit from"), widget=DateInput)
    amount = forms.CharField(label=_("Amount"), max_length=30)
    frequency = forms.ChoiceField(label=_("How often"), choices=Commitment.Frequency.choices)
    field_order = ("on", "effective_on", "amount", "frequency", "words")

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any) -> None:
        super().__init__(*args, commitment=commitment, **kwargs)
        self.currency = commitment.currency
        self.fields["on"].label = _("The mandate was changed on")
        self.fields["amount"].widget = AmountInput(currency=commitment.currency)
        self.initial.setdefault("amount", Money(commitment.amount, commitment.currency).decimal_string())
        self.initial.setdefault("frequency", commitment.frequency)
        due, today = standing_of(self.plan.agency, commitment).next_due, self.plan.agency.today()
        self.initial.setdefault("effective_on", max(due or today, today))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["money"] = read_amount(self, "amount", self.currency)
        return given

    def arguments(self) -> dict[str, Any]:
        """What `move` takes."""
        given = dict(self.cleaned_data)
        given["amount"] = given.pop("money")
        return given


class RollBackForm(ActForm):
    """From when the commitment is to the worker's account again, and why."""

    effective_on = DayField(label=_("Back to the worker's account from"), widget=DateInput)
    field_order = ("on", "effective_on", "words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label, self.fields["words"].required = _("Why"), True
        self.initial.setdefault("effective_on", self.plan.agency.today())


class SlipForm(forms.Form):
    """Why something was a slip."""

    reason = forms.CharField(label=_("Why it was a slip"), max_length=250, required=False)


class TalkForm(forms.Form):
    """When somebody talked to a giver about a gift on the old account."""

    on = DayField(label=_("Talked to them on"), widget=DateInput)
    words = forms.CharField(
        label=_("What was said"), max_length=400, required=False, widget=forms.Textarea({"rows": 2})
    )
