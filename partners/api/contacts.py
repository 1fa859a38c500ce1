"""The API of the contact log and the timeline of a partner: the operations, rights and masking of the pages."""

from typing import Any
from urllib.parse import urlencode

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import ReasonSerializer, by, chosen, given, lists_by_cursor, once_by, seat_at, writes
from agencies.seats import Seat
from core.api import DayField
from partners import operations
from partners.answers import one, pages_of, unit_for
from partners.models import Channel, Contact, FollowUp, Partner
from partners.operations.contacts import WithdrawnBefore
from partners.pages.care import contacts_of
from partners.pages.timeline import page_of
from partners.queries.timeline import mark_of
from partners.reached import cared_partner, own_contact


class PartnerEventSerializer(serializers.Serializer[Any]):
    """Something that happened, in the words of the page."""

    day = DayField()
    sentence = serializers.CharField()
    who = serializers.CharField()
    more = serializers.CharField()


class Timeline(APIView):
    """What happened with a partner, the newest first, 25 at a time; `cursor` as `next` gives it."""

    right = "partners.care"

    @lists_by_cursor("partner_timeline", PartnerEventSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        partner = cared_partner(seat_at(request), pk)
        page = page_of(seat_at(request), partner, mark_of(request.query_params.get("cursor", "")))
        told = [{"day": day.on, **vars(entry)} for day in page.days for entry in day.entries]
        behind = request.build_absolute_uri(f"{request.path}?{urlencode({'cursor': page.next})}") if page.next else None
        rows = PartnerEventSerializer(told, many=True).data
        return Response({"next": behind, "previous": None, "results": rows})


class ContactSerializer(serializers.Serializer[Any]):
    """A logged contact. `note` is empty where the caller may not read it, and `note_is_kept` says so."""

    id = serializers.IntegerField(source="pk")
    partner = serializers.IntegerField(source="partner_id")
    unit = serializers.IntegerField(source="unit_id", allow_null=True)
    unit_name = serializers.CharField(allow_null=True)
    channel = serializers.ChoiceField(choices=Channel.choices)
    outcome = serializers.ChoiceField(choices=Contact.Outcome.choices)
    happened_on = DayField()
    note = serializers.CharField(source="shown_note")
    note_is_kept = serializers.BooleanField(source="is_kept")
    note_for = serializers.ChoiceField(choices=Contact.NoteFor.choices)


class LogContact(serializers.Serializer[Any]):
    """A contact to log. `unit` is left out in the name of the office; `settles` is a follow-up that is done with it."""

    unit = serializers.IntegerField(required=False, allow_null=True, default=None)
    channel = serializers.ChoiceField(choices=Channel.choices)
    outcome = serializers.ChoiceField(choices=Contact.Outcome.choices)
    happened_on = DayField()
    note = serializers.CharField(required=False, allow_blank=True, max_length=4000, default="")
    note_for = serializers.ChoiceField(choices=Contact.NoteFor.choices, default=Contact.NoteFor.CARERS)
    settles = serializers.IntegerField(required=False, allow_null=True, default=None)


class TakeProposal(serializers.Serializer[Any]):
    """Which part of what a contact proposes is taken."""

    part = serializers.ChoiceField(choices=["stage", "follow-up", "prayer"])


def logged(seat: Seat, partner: Partner, made: int | None) -> Any:
    """A contact that a request logged, now or when it was sent before. Raises WithdrawnBefore where it was taken out
    of the log since; 404 where the seat may not read it any more.
    """
    if Contact.objects.seen_by(seat).filter(pk=made, partner=partner).exclude(withdrawn_at=None).exists():
        raise WithdrawnBefore
    return get_object_or_404(contacts_of(seat, partner), pk=made)


class Contacts(APIView):
    """The log of a partner; and logging a contact: 409 `contact_withdrawn` for the key of one that was taken back."""

    right = "partners.care"

    @lists_by_cursor("partner_contacts", ContactSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        partner = cared_partner(seat_at(request), pk)
        return pages_of(self, request, contacts_of(seat_at(request), partner), ContactSerializer)

    @writes("log_contact", takes=LogContact, answers=ContactSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        partner, said = cared_partner(seat, pk), given(LogContact, request)
        planned = FollowUp.objects.seen_by(seat).filter(partner=partner)
        said["settles"] = chosen(planned, said["settles"], "settles", "There is no such follow-up.")
        said["unit"] = unit_for(request, partner, said)
        made = once_by(request, lambda: operations.log_contact(**by(request), partner=partner, **said))
        return one(request, logged(seat, partner, made), ContactSerializer, 201)


class WithdrawContact(APIView):
    """Take a contact out of the log: 409 `contact_withdrawn`."""

    right = "partners.care"

    @writes("withdraw_contact", takes=ReasonSerializer, answers=ContactSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        found, said = own_contact(seat, pk), given(ReasonSerializer, request)
        once_by(request, lambda: operations.withdraw_contact(**by(request), contact=found, **said))
        return one(request, Contact.objects.seen_by(seat).noted_for(seat).get(pk=pk), ContactSerializer)


TAKE: dict[str, Any] = {
    "stage": operations.take_stage,
    "follow-up": operations.take_follow_up,
    "prayer": operations.take_prayer,
}


class Take(APIView):
    """Take what a contact proposes: 409 `nothing_proposed`. The answer names what was made."""

    right = "partners.care"

    @writes("take_proposal", takes=TakeProposal, answers=TakeProposal, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        found, said = own_contact(seat_at(request), pk), given(TakeProposal, request)
        once_by(request, lambda: TAKE[said["part"]](**by(request), contact=found))
        return Response(said, status=201)


urlpatterns = [
    path("partners/<int:pk>/contacts/", Contacts.as_view(), name="api_contacts"),
    path("partners/contacts/<int:pk>/withdraw/", WithdrawContact.as_view(), name="api_contact_withdraw"),
    path("partners/contacts/<int:pk>/take/", Take.as_view(), name="api_contact_take"),
    path("partners/<int:pk>/timeline/", Timeline.as_view(), name="api_timeline"),
]
