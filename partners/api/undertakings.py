"""The API of who prays and who promotes: the operations, rights and masking of the pages."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import ReasonSerializer, by, given, lists_by_cursor, once_by, seat_at, writes
from core.api import DayField
from partners import operations
from partners.answers import one, pages_of, unit_for
from partners.forms.undertakings import BY_HAND
from partners.models import Undertaking
from partners.pages.undertakings import undertakings_of
from partners.reached import cared_partner, open_undertaking

BASES = [(each.value, each.label) for each in BY_HAND]


class UndertakingSerializer(serializers.Serializer[Any]):
    """A partner prays or promotes: for a unit, or without one for the agency as a whole. The one without `ends_on`
    and `withdrawn_at` stands; one with `withdrawn_at` never was so. `about` and `ended_reason` are empty while the
    unit is closed to the caller.
    """

    id = serializers.IntegerField(source="pk")
    partner = serializers.IntegerField(source="partner_id")
    unit = serializers.IntegerField(source="unit_id", allow_null=True)
    unit_name = serializers.CharField(allow_null=True)
    kind = serializers.ChoiceField(choices=Undertaking.Kind.choices)
    rhythm = serializers.ChoiceField(choices=Undertaking.Rhythm.choices, allow_blank=True)
    about = serializers.CharField(source="shown_about")
    basis = serializers.ChoiceField(choices=Undertaking.Basis.choices)
    contact = serializers.IntegerField(source="contact_id", allow_null=True)
    starts_on = DayField()
    ends_on = DayField(allow_null=True)
    ended_reason = serializers.CharField(source="shown_reason")
    withdrawn_at = serializers.DateTimeField(allow_null=True)


class UndertakingWords(serializers.Serializer[Any]):
    """What they pray for or how they promote, and how often."""

    rhythm = serializers.ChoiceField(
        choices=Undertaking.Rhythm.choices, required=False, allow_blank=True, default=Undertaking.Rhythm.NOT_SAID
    )
    about = serializers.CharField(required=False, allow_blank=True, max_length=200, default="")


class TakeUp(UndertakingWords):
    """What a partner undertakes. `unit` is left out for the agency as a whole, which the office alone may say."""

    unit = serializers.IntegerField(required=False, allow_null=True, default=None)
    kind = serializers.ChoiceField(choices=Undertaking.Kind.choices)
    starts_on = DayField()
    basis = serializers.ChoiceField(choices=BASES, default=Undertaking.Basis.CONTACT)


class EndUndertaking(ReasonSerializer):
    """Since when it is so no more."""

    on = DayField()


class Undertakings(APIView):
    """What a partner undertakes and undertook; and noting more: 409 `undertaking_stands`, `undertaking_ahead`,
    `partner_has_died`, `unit_archived`, `gives_anonymously`. Repeated with its key after it was taken back: 404.
    """

    right = "partners.care"

    @lists_by_cursor("partner_undertakings", UndertakingSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        partner = cared_partner(seat_at(request), pk)
        return pages_of(self, request, undertakings_of(seat_at(request), partner), UndertakingSerializer)

    @writes("take_up", takes=TakeUp, answers=UndertakingSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        partner, said = cared_partner(seat, pk), given(TakeUp, request)
        said["unit"] = unit_for(request, partner, said)
        made = once_by(request, lambda: operations.take_up(**by(request), partner=partner, **said))
        kept = get_object_or_404(Undertaking.objects.kept().named_for(seat), pk=made)
        return one(request, kept, UndertakingSerializer, 201)


class OneUndertaking(APIView):
    """What is done with one; subclasses say what."""

    right = "partners.care"

    def acted(self, request: Request, pk: int, act: Any, takes: type[serializers.Serializer[Any]] | None) -> Response:
        """Do it once, and tell what stands now."""
        found = open_undertaking(seat_at(request), pk)
        said = given(takes, request) if takes else {}
        once_by(request, lambda: act(**by(request), undertaking=found, **said))
        return one(request, Undertaking.objects.named_for(seat_at(request)).get(pk=pk), UndertakingSerializer)


class Change(OneUndertaking):
    """Other words or another rhythm: 409 `undertaking_over`, `unit_archived`."""

    @writes("change_undertaking", takes=UndertakingWords, answers=UndertakingSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return self.acted(request, pk, operations.change_undertaking, UndertakingWords)


class End(OneUndertaking):
    """It is so no more: 409 `undertaking_over`, `undertaking_end_ahead`, `undertaking_dates`."""

    @writes("end_undertaking", takes=EndUndertaking, answers=UndertakingSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return self.acted(request, pk, operations.end_undertaking, EndUndertaking)


class Continue(OneUndertaking):
    """It did not end after all: 409 `undertaking_runs`, `undertaking_stands`, `unit_archived`."""

    @writes("continue_undertaking", answers=UndertakingSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return self.acted(request, pk, operations.continue_undertaking, None)


class Withdraw(OneUndertaking):
    """It was never so: 409 `undertaking_over`."""

    @writes("withdraw_undertaking", takes=ReasonSerializer, answers=UndertakingSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return self.acted(request, pk, operations.withdraw_undertaking, ReasonSerializer)


urlpatterns = [
    path("partners/<int:pk>/undertakings/", Undertakings.as_view(), name="api_undertakings"),
    path("partners/undertakings/<int:pk>/change/", Change.as_view(), name="api_undertaking_change"),
    path("partners/undertakings/<int:pk>/end/", End.as_view(), name="api_undertaking_end"),
    path("partners/undertakings/<int:pk>/continue/", Continue.as_view(), name="api_undertaking_continue"),
    path("partners/undertakings/<int:pk>/withdraw/", Withdraw.as_view(), name="api_undertaking_withdraw"),
]
