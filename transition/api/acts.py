"""The API of what happens to a commitment on its way."""

from collections.abc import Callable
from typing import Any

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import by, chosen, given, lists_by_cursor, once_by, seat_at, writes
from core.api import DayField
from core.money import parse_amount
from partners.models import Commitment
from ssu.queries import names_in
from transition import operations
from transition.api.doors import NO_MESSAGE, id_field, messages_of, page_of, shift_for, shift_known, words_withheld
from transition.models import Kind, Shift, ShiftAct
from transition.queries.chains import last_of
from transition.reached import act_seen

KINDS: dict[str, tuple[Callable[..., Any], tuple[str, ...], tuple[str, ...]]] = {
    "notice": (operations.give_notice, ("on", "how"), ("message", "words")),
    "agree": (operations.agree, ("on", "how"), ("words",)),
    "decline": (operations.decline, ("on", "how"), ("words",)),
    "silence": (operations.note_silence, ("on",), ("words",)),
    "leave": (operations.leave, ("on", "words"), ()),
    "stop": (operations.stop, ("on", "how", "last_day"), ("words",)),
    "move": (operations.move, ("on", "effective_on"), ("amount", "frequency", "words")),
    "back": (operations.roll_back, ("on", "effective_on", "words"), ()),
}
"""Each kind: what is done, what must be said, and what may be said."""


class ShiftActSerializer(serializers.Serializer[Any]):
    """What happened on a day. One with `taken_back_at` was a slip. `words` and `taken_back_reason` are empty while the
    unit is closed to the caller, or the giver is kept from them.
    """

    id = serializers.IntegerField(source="pk")
    shift = serializers.IntegerField(source="shift_id")
    kind = serializers.ChoiceField(choices=Kind.choices)
    on = DayField()
    effective_on = DayField(allow_null=True)
    how = serializers.ChoiceField(choices=ShiftAct.How.choices, allow_blank=True)
    message = serializers.IntegerField(source="message_id", allow_null=True)
    words = serializers.SerializerMethodField()
    by = serializers.SerializerMethodField()
    at = serializers.DateTimeField()
    taken_back_at = serializers.DateTimeField(allow_null=True)
    taken_back_reason = serializers.SerializerMethodField()

    def get_words(self, each: Any) -> str:
        """What was said."""
        return "" if self.context["withheld"] else str(each.words)

    def get_by(self, each: Any) -> str:
        """Who noted it, as the caller may call them; "" for the system."""
        return str(self.context["names"].get(each.by_id, ""))

    def get_taken_back_reason(self, each: Any) -> str:
        """Why it was a slip."""
        return "" if self.context["withheld"] else str(each.taken_back_reason)


class NewAct(serializers.Serializer[Any]):
    """What happened. `notice`, `agree`, `decline` need `how`; `stop` needs `how` and `last_day`; `leave` needs `words`;
    `move` needs `effective_on`, and takes `amount` (exact text, in the currency of the commitment) and `frequency`;
    `back` needs `effective_on` and `words`. `message` is of a notice. What is not of the kind is not looked at.
    """

    kind = serializers.ChoiceField(choices=list(KINDS))
    on = DayField()
    how = serializers.ChoiceField(choices=ShiftAct.How.choices, required=False)
    words = serializers.CharField(required=False, allow_blank=True, max_length=400)
    message = id_field(required=False, allow_null=True)
    effective_on = DayField(required=False)
    last_day = DayField(required=False)
    amount = serializers.CharField(required=False, max_length=30)
    frequency = serializers.ChoiceField(choices=Commitment.Frequency.choices, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        _act, needs, _takes = KINDS[attrs["kind"]]
        missing = [name for name in needs if not attrs.get(name)]
        if missing:
            raise serializers.ValidationError({name: ["This kind needs it."] for name in missing})
        return attrs


class SlipReason(serializers.Serializer[Any]):
    """Why it was a slip."""

    reason = serializers.CharField(required=False, allow_blank=True, max_length=250, default="")


def acts_told(request: Request, shift: Shift, acts: list[Any]) -> Any:
    """These acts as the API says them. Three queries."""
    seat, plan = seat_at(request), shift.wave.plan
    names = names_in(seat, plan.unit_id, [each.by_id for each in acts])
    context = {"withheld": words_withheld(seat, shift), "names": names}
    return ShiftActSerializer(acts, many=True, context=context).data


def act_told(request: Request, shift: Shift, pk: int | None, status: int = 200) -> Response:
    """One act as the API says it."""
    [told] = acts_told(request, shift, [ShiftAct.objects.get(pk=pk, shift=shift)])
    return Response(told, status=status)


class Acts(APIView):
    """All that happened to a commitment in a wave, the newest first. And what happened next: 409 `shift_not_now`,
    `shift_act_ahead`, `shift_act_order`, `shift_key_donor`, `shift_still_time`, `shift_commitment_ended`,
    `shift_before_notice`, `shift_before_move`, `shift_far_ahead`, `wave_not_open`, `transition_over`,
    `commitment_change_day`,
    `commitment_followed`, `commitment_not_positive`, `commitment_dates`, `designation_closed`. 400 names the field
    that its kind lacks.
    """

    right = {"GET": "transition.view", "POST": "transition.talk"}

    @lists_by_cursor("shift_acts", ShiftActSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        shift = shift_known(seat_at(request), pk)
        found = ShiftAct.objects.filter(shift=shift)
        return page_of(self, request, found, lambda page: acts_told(request, shift, page))

    @writes("note_act", takes=NewAct, answers=ShiftActSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        shift, said = shift_for(seat_at(request), pk), given(NewAct, request)
        act, needs, takes = KINDS[said["kind"]]
        told = {name: said[name] for name in (*needs, *takes) if name in said}
        if "message" in told:
            told["message"] = chosen(messages_of(shift.wave.plan), told["message"], "message", NO_MESSAGE)
        if "amount" in told:
            told["amount"] = parse_amount(told["amount"], last_of(shift.commitment).currency)
        made = once_by(request, lambda: act(**by(request), shift=shift, **told))
        return act_told(request, shift, made, 201)


class OneAct(APIView):
    """The last that stands was a slip: it is struck out, with the `reason` of the body, and stays readable: 409
    `shift_nothing_to_take_back`, `shift_changed_since`, `commitment_has_events`, `wave_not_open`, `transition_over`.
    """

    right = "transition.talk"

    @writes("take_back_act", answers=ShiftActSerializer, keyed=False)
    def delete(self, request: Request, agency: str, pk: int, act: int) -> Response:
        shift = shift_for(seat_at(request), pk)
        found, said = act_seen(shift, act), given(SlipReason, request)
        operations.take_back_act(**by(request), act=found, **said)
        return act_told(request, shift, act)


urlpatterns = [
    path("shifts/<int:pk>/acts/", Acts.as_view(), name="api_shift_acts"),
    path("shifts/<int:pk>/acts/<int:act>/", OneAct.as_view(), name="api_shift_act"),
]
