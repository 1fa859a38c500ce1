"""The API of relationships with partners: the same operations, rights and masking as the pages."""

from typing import Any
from urllib.parse import urlencode

from django.urls import path
from rest_framework import serializers
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.bulk_reading import note_reading
from agencies.endpoints import ReasonSerializer, by, chosen, given, lists_by_cursor, once_by, seat_at, writes
from agencies.seats import Seat
from partners import operations
from partners.forms.care import FollowUpFilter
from partners.models import Channel, Contact, FollowUp, Holder, Partner, Stage
from partners.pages.care import contacts_of
from partners.pages.timeline import page_of
from partners.queries.care import carers, follow_ups_wanted, is_office, services_to_choose, units_in_care
from partners.queries.timeline import mark_of
from partners.reached import cared_partner, ending_holder, own_contact, seen_follow_up

NO_UNIT = "There is no such unit for this partner."


class PartnerEventSerializer(serializers.Serializer[Any]):
    """Something that happened, in the words of the page."""

    day = serializers.DateField()
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


class NewestFirst(CursorPagination):
    """Pages by the number of the row, the newest first."""

    ordering = "-pk"
    page_size = 50


class ContactSerializer(serializers.Serializer[Any]):
    """A logged contact. `note` is empty where the caller may not read it, and `note_is_kept` says so."""

    id = serializers.IntegerField(source="pk")
    partner = serializers.IntegerField(source="partner_id")
    unit = serializers.IntegerField(source="unit_id", allow_null=True)
    unit_name = serializers.CharField(allow_null=True)
    channel = serializers.ChoiceField(choices=Channel.choices)
    outcome = serializers.ChoiceField(choices=Contact.Outcome.choices)
    happened_on = serializers.DateField()
    note = serializers.CharField(source="shown_note")
    note_is_kept = serializers.BooleanField(source="is_kept")
    note_for = serializers.ChoiceField(choices=Contact.NoteFor.choices)


class LogContact(serializers.Serializer[Any]):
    """A contact to log. `unit` is left out in the name of the office; `settles` is a follow-up that is done with it."""

    unit = serializers.IntegerField(required=False, allow_null=True, default=None)
    channel = serializers.ChoiceField(choices=Channel.choices)
    outcome = serializers.ChoiceField(choices=Contact.Outcome.choices)
    happened_on = serializers.DateField()
    note = serializers.CharField(required=False, allow_blank=True, max_length=4000, default="")
    note_for = serializers.ChoiceField(choices=Contact.NoteFor.choices, default=Contact.NoteFor.CARERS)
    settles = serializers.IntegerField(required=False, allow_null=True, default=None)


class TakeProposal(serializers.Serializer[Any]):
    """Which part of what a contact proposes is taken."""

    part = serializers.ChoiceField(choices=["stage", "follow-up"])


class FollowUpSerializer(serializers.Serializer[Any]):
    """Something to do, or done. `text` is empty where the caller may not read it."""

    id = serializers.IntegerField(source="pk")
    partner = serializers.IntegerField(source="partner_id")
    unit = serializers.IntegerField(source="unit_id", allow_null=True)
    unit_name = serializers.CharField(allow_null=True)
    channel = serializers.ChoiceField(choices=Channel.choices)
    text = serializers.CharField(source="shown_text")
    due_on = serializers.DateField()
    is_mine = serializers.SerializerMethodField()
    ended_at = serializers.DateTimeField(allow_null=True)
    end = serializers.CharField()
    ended_reason = serializers.CharField()

    def get_is_mine(self, each: Any) -> bool:
        """Whether the caller is to do it."""
        mine: bool = each.assignee_id == self.context["user"]
        return mine


class AddFollowUp(serializers.Serializer[Any]):
    """Something to do. `carer` is the membership of who does it, left out for oneself."""

    unit = serializers.IntegerField(required=False, allow_null=True, default=None)
    channel = serializers.ChoiceField(choices=Channel.choices)
    text = serializers.CharField(required=False, allow_blank=True, max_length=200, default="")
    due_on = serializers.DateField()
    carer = serializers.IntegerField(required=False, allow_null=True, default=None)


class MoveFollowUp(serializers.Serializer[Any]):
    """Another day, or another person."""

    due_on = serializers.DateField()
    carer = serializers.IntegerField(required=False, allow_null=True, default=None)


class StageSerializer(serializers.Serializer[Any]):
    """A stage of the relationship with a unit; the one without `left_at` stands."""

    id = serializers.IntegerField(source="pk")
    unit = serializers.IntegerField(source="unit_id")
    unit_name = serializers.CharField()
    kind = serializers.ChoiceField(choices=Stage.Kind.choices)
    set_at = serializers.DateTimeField()
    left_at = serializers.DateTimeField(allow_null=True)


class SetStage(serializers.Serializer[Any]):
    """Where the relationship with a unit stands from now."""

    unit = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=Stage.Kind.choices)
    reason = serializers.CharField(required=False, allow_blank=True, max_length=200, default="")


class HolderSerializer(serializers.Serializer[Any]):
    """Who holds or held the relationship in a unit, called as the caller may know the person."""

    id = serializers.IntegerField(source="pk")
    unit = serializers.IntegerField(source="unit_id")
    unit_name = serializers.CharField()
    name = serializers.CharField(source="person_name")
    is_primary = serializers.BooleanField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)


class NameHolder(serializers.Serializer[Any]):
    """Who is to hold: the id of a service in a unit."""

    service = serializers.IntegerField()
    is_primary = serializers.BooleanField(default=True)


def pages_of(view: APIView, request: Request, found: Any, kind: type[serializers.Serializer[Any]]) -> Response:
    """A page of rows, the newest first."""
    pages = NewestFirst()
    page: list[Any] = pages.paginate_queryset(found, request, view) or []
    context = {"user": seat_at(request).user_id}
    return pages.get_paginated_response(kind(page, many=True, context=context).data)


def one(request: Request, found: Any, kind: type[serializers.Serializer[Any]], status: int = 200) -> Response:
    """One row as the API says it."""
    return Response(kind(found, context={"user": seat_at(request).user_id}).data, status=status)


def unit_for(request: Request, partner: Partner, said: dict[str, Any]) -> Any:
    """The unit that was named; in the field one must be."""
    pk = said.pop("unit")
    if pk is None and not is_office(seat_at(request)):
        raise serializers.ValidationError({"unit": ["Say for which unit."]})
    return chosen(units_in_care(seat_at(request), partner), pk, "unit", NO_UNIT)


def assignee_of(request: Request, partner: Partner, said: dict[str, Any]) -> Any:
    """Who is to do it: the member that was named, else oneself."""
    seat = seat_at(request)
    pk = said.pop("carer") or seat.membership.pk
    return chosen(carers(seat, partner), pk, "carer", "This person cannot be given it.").user


class Contacts(APIView):
    """The log of a partner; and logging a contact."""

    right = "partners.care"

    @lists_by_cursor("partner_contacts", ContactSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        partner = cared_partner(seat_at(request), pk)
        return pages_of(self, request, contacts_of(seat_at(request), partner), ContactSerializer)

    @writes("log_contact", takes=LogContact, answers=ContactSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        partner, said = cared_partner(seat, pk), given(LogContact, request)
        todo = FollowUp.objects.seen_by(seat).filter(partner=partner)
        said["settles"] = chosen(todo, said["settles"], "settles", "There is no such follow-up.")
        said["unit"] = unit_for(request, partner, said)
        made = once_by(request, lambda: operations.log_contact(**by(request), partner=partner, **said))
        return one(request, contacts_of(seat, partner).get(pk=made), ContactSerializer, 201)


class WithdrawContact(APIView):
    """Take a contact out of the log: 409 `contact_withdrawn`."""

    right = "partners.care"

    @writes("withdraw_contact", takes=ReasonSerializer, answers=ContactSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        found, said = own_contact(seat, pk), given(ReasonSerializer, request)
        once_by(request, lambda: operations.withdraw_contact(**by(request), contact=found, **said))
        return one(request, Contact.objects.seen_by(seat).noted_for(seat).get(pk=pk), ContactSerializer)


class Take(APIView):
    """Take what a contact proposes: 409 `nothing_proposed`. The answer names what was made."""

    right = "partners.care"

    @writes("take_proposal", takes=TakeProposal, answers=TakeProposal, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        found, said = own_contact(seat_at(request), pk), given(TakeProposal, request)
        take = operations.take_stage if said["part"] == "stage" else operations.take_follow_up
        once_by(request, lambda: take(**by(request), contact=found))
        return Response(said, status=201)


class FollowUps(APIView):
    """What is to do for partners, as far as the caller may see, by the filters of the page."""

    right = "partners.care"

    @lists_by_cursor("follow_ups", FollowUpSerializer, "state", "whose", "until")
    def get(self, request: Request, agency: str) -> Response:
        seat = seat_at(request)
        form = FollowUpFilter(request.query_params)
        if not form.is_valid():
            raise serializers.ValidationError({name: list(map(str, said)) for name, said in form.errors.items()})
        found = follow_ups_wanted(seat, **form.cleaned_data)
        note_reading(seat, "follow-ups", request.query_params, found)
        return pages_of(self, request, found, FollowUpSerializer)


class PartnerFollowUps(APIView):
    """What is and was to do for a partner; and adding something."""

    right = "partners.care"

    @lists_by_cursor("partner_follow_ups", FollowUpSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        partner = cared_partner(seat_at(request), pk)
        found = FollowUp.objects.seen_by(seat_at(request)).filter(partner=partner)
        return pages_of(self, request, found, FollowUpSerializer)

    @writes("add_follow_up", takes=AddFollowUp, answers=FollowUpSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        partner, said = cared_partner(seat, pk), given(AddFollowUp, request)
        said["assignee"] = assignee_of(request, partner, said)
        said["unit"] = unit_for(request, partner, said)
        made = once_by(request, lambda: operations.add_follow_up(**by(request), partner=partner, **said))
        return one(request, FollowUp.objects.seen_by(seat).get(pk=made), FollowUpSerializer, 201)


class OneFollowUp(APIView):
    """What is done with one follow-up; subclasses say what."""

    right = "partners.care"

    def acted(self, request: Request, pk: int, act: Any, **said: Any) -> Response:
        """Do it once, and tell what stands now."""
        found = seen_follow_up(seat_at(request), pk)
        once_by(request, lambda: act(**by(request), follow_up=found, **said))
        return one(request, seen_follow_up(seat_at(request), pk), FollowUpSerializer)


class FinishFollowUp(OneFollowUp):
    """It is done: 409 `follow_up_ended`."""

    @writes("finish_follow_up", answers=FollowUpSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return self.acted(request, pk, operations.finish_follow_up)


class ReopenFollowUp(OneFollowUp):
    """It is to do after all: 409 `follow_up_open`, `follow_up_settled`, `partner_has_died`."""

    @writes("reopen_follow_up", answers=FollowUpSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return self.acted(request, pk, operations.reopen_follow_up)


class Move(OneFollowUp):
    """Another day, or another person: 409 `follow_up_ended`."""

    @writes("move_follow_up", takes=MoveFollowUp, answers=FollowUpSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        found, said = seen_follow_up(seat_at(request), pk), given(MoveFollowUp, request)
        partner = cared_partner(seat_at(request), found.partner_id)
        assignee = assignee_of(request, partner, said) if said["carer"] else found.assignee
        return self.acted(request, pk, operations.move_follow_up, due_on=said["due_on"], assignee=assignee)


def stages_seen(seat: Seat, partner: Partner) -> Any:
    """The stages of a partner: for the office with all units, in the field with those in which one serves."""
    found = Stage.objects.named_for(seat).filter(partner=partner)
    return found if is_office(seat) else found.filter(unit__in=seat.unit_roles)


class Stages(APIView):
    """Where the relationship stands and stood; and setting a stage: 409 `stage_stands`, `gives_anonymously`."""

    right = "partners.care"

    @lists_by_cursor("partner_stages", StageSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        partner = cared_partner(seat_at(request), pk)
        return pages_of(self, request, stages_seen(seat_at(request), partner), StageSerializer)

    @writes("set_stage", takes=SetStage, answers=StageSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        partner, said = cared_partner(seat_at(request), pk), given(SetStage, request)
        said["unit"] = unit_for(request, partner, said)
        made = once_by(request, lambda: operations.set_stage(**by(request), partner=partner, **said))
        return one(request, stages_seen(seat_at(request), partner).get(pk=made), StageSerializer, 201)


class Holders(APIView):
    """Who holds and held the relationship; and naming somebody: 409 `holds_already`, `not_on_the_team`."""

    right = {"GET": "partners.care", "POST": "partners.hold"}
    called = {"worker": "service"}

    @lists_by_cursor("partner_holders", HolderSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        partner = cared_partner(seat_at(request), pk)
        found = Holder.objects.named_for(seat_at(request)).filter(partner=partner)
        return pages_of(self, request, found, HolderSerializer)

    @writes("name_holder", takes=NameHolder, answers=HolderSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        partner, said = cared_partner(seat, pk), given(NameHolder, request)
        service = chosen(services_to_choose(seat), said["service"], "service", "This person cannot hold it.")
        who = {"unit": service.unit, "worker": service.worker, "is_primary": said["is_primary"]}
        made = once_by(request, lambda: operations.appoint_holder(**by(request), partner=partner, **who))
        return one(request, Holder.objects.named_for(seat).get(pk=made), HolderSerializer, 201)


class EndHolder(APIView):
    """From today somebody holds no more: 409 `holder_ended`."""

    right = "partners.hold"

    @writes("end_holder", takes=ReasonSerializer, answers=HolderSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        found, said = ending_holder(seat_at(request), pk), given(ReasonSerializer, request)
        once_by(request, lambda: operations.end_holder(**by(request), holder=found, **said))
        return one(request, ending_holder(seat_at(request), pk), HolderSerializer)


urlpatterns = [
    path("partners/<int:pk>/contacts/", Contacts.as_view(), name="api_contacts"),
    path("partners/contacts/<int:pk>/withdraw/", WithdrawContact.as_view(), name="api_contact_withdraw"),
    path("partners/contacts/<int:pk>/take/", Take.as_view(), name="api_contact_take"),
    path("partners/follow-ups/", FollowUps.as_view(), name="api_follow_ups"),
    path("partners/<int:pk>/follow-ups/", PartnerFollowUps.as_view(), name="api_partner_follow_ups"),
    path("partners/follow-ups/<int:pk>/done/", FinishFollowUp.as_view(), name="api_follow_up_done"),
    path("partners/follow-ups/<int:pk>/reopen/", ReopenFollowUp.as_view(), name="api_follow_up_reopen"),
    path("partners/follow-ups/<int:pk>/move/", Move.as_view(), name="api_follow_up_move"),
    path("partners/<int:pk>/timeline/", Timeline.as_view(), name="api_timeline"),
    path("partners/<int:pk>/stages/", Stages.as_view(), name="api_stages"),
    path("partners/<int:pk>/holders/", Holders.as_view(), name="api_holders"),
    path("partners/holders/<int:pk>/end/", EndHolder.as_view(), name="api_holder_end"),
]
