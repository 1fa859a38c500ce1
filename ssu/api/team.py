"""The API of people who serve, and of their service in units: the same operations, rights and masking as the pages."""

from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import by, chosen, given, lists, once_by, paged, reads, seat_at, writes
from agencies.models import Membership
from agencies.models.people import UNIT_ROLES
from core.api import DayField
from core.opened import values_of
from ssu import operations
from ssu.models import Discretion, TeamMember, Unit, Worker
from ssu.queries.people import memberships_without_service, team_of
from ssu.reached import open_unit, unit_seen

ROLES = [(role.value, role.label) for role in UNIT_ROLES]
ONE_OF_THEM = "Choose a person or a member, or type a new name, one of the three."
NOBODY = "There is no such person here."


class ServiceSerializer(serializers.Serializer[Any]):
    """Somebody's service in a unit, called as the caller may know the person; `signs_in`: has a sign-in."""

    id = serializers.IntegerField(source="pk")
    person = serializers.IntegerField(source="worker_id")
    name = serializers.CharField(source="person_name")
    role = serializers.ChoiceField(choices=ROLES)
    joined_on = DayField()
    left_on = DayField(allow_null=True)
    signs_in = serializers.SerializerMethodField()

    def get_signs_in(self, service: Any) -> bool:
        return service.worker.membership_id is not None


class JoinWritten(serializers.Serializer[Any]):
    """Somebody who joins: the id of one who serves (`person`), or of a membership (`member`), or a new `name`, one of
    the three. With an `email`, who has no sign-in is invited: `shares_address` and `held` as in `invite_worker`.
    """

    person = serializers.IntegerField(required=False, allow_null=True, default=None)
    member = serializers.IntegerField(required=False, allow_null=True, default=None)
    name = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")
    role = serializers.ChoiceField(choices=ROLES)
    joined_on = DayField()
    email = serializers.EmailField(required=False, allow_blank=True, default="")
    shares_address = serializers.BooleanField(required=False, default=False)
    held = serializers.BooleanField(required=False, default=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if sum(bool(attrs.get(name)) for name in ("person", "member", "name")) != 1:
            raise serializers.ValidationError({"person": [ONE_OF_THEM]})
        return attrs


class JoiningSerializer(serializers.Serializer[Any]):
    """Somebody who may join: one of the two ids, and the name as the caller may know it."""

    person = serializers.IntegerField(allow_null=True)
    member = serializers.IntegerField(allow_null=True)
    name = serializers.CharField()


class LeaveWritten(serializers.Serializer[Any]):
    """The end of a service."""

    left_on = DayField()
    reason = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class CorrectionWritten(serializers.Serializer[Any]):
    """What was written down wrongly about a service, as it should be."""

    role = serializers.ChoiceField(choices=ROLES)
    joined_on = DayField()
    reason = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class SpousesWritten(serializers.Serializer[Any]):
    """Two people who are married to each other."""

    one = serializers.IntegerField()
    other = serializers.IntegerField()


class PersonSerializer(serializers.Serializer[Any]):
    """Somebody who serves, called as the caller may know the person."""

    id = serializers.IntegerField(source="pk")
    name = serializers.CharField(source="shown_name")


class PersonWritten(serializers.Serializer[Any]):
    """How a person is called, and how guarded."""

    name = serializers.CharField(max_length=120)
    last_name = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")
    alias = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")
    discretion = serializers.ChoiceField(choices=Discretion.choices)


class UnitTeam(APIView):
    """Everybody who serves or served in a unit, those who serve first; and letting somebody serve, which gives a person
    with a sign-in the rights of the role there: 409 `already_serving`. With an e-mail address they are invited, which
    needs the right to edit people: 403 without it, and 409 as `invite_worker` says.
    """

    right = {"GET": "rollout.view", "POST": "units.edit"}
    password_first = ("POST",)

    @lists("unit_team", ServiceSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        unit = unit_seen(seat, pk, "rollout.view")
        return paged(self, request, team_of(seat, unit), lambda page: ServiceSerializer(page, many=True).data)

    @writes("add_team_member", takes=JoinWritten, answers=ServiceSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        unit = unit_seen(seat_at(request), pk, "units.edit")
        said = given(JoinWritten, request)
        if said["email"] and not seat_at(request).can("people.edit"):
            raise PermissionDenied("people.edit")
        made = once_by(request, lambda: joined(request, unit, said))
        return answer(request, unit, made or 0, status=201)


@transaction.atomic
def joined(request: Request, unit: Unit, said: dict[str, Any]) -> TeamMember:
    """The service of the person who was chosen, or of a new one of this name, and the invitation if an address says
    so; both or neither.
    """
    worker = chosen(Worker.objects.all(), said["person"], "person", NOBODY)
    member = chosen(Membership.objects.filter(left_at=None), said["member"], "member", NOBODY)
    if member is not None:
        worker = operations.worker_of(member)
    if worker is None:
        worker = operations.add_worker(**by(request), name=said["name"])
    when = {"role": said["role"], "joined_on": said["joined_on"]}
    made: TeamMember = operations.add_team_member(**by(request), unit=unit, worker=worker, **when)
    if said["email"]:
        asked = {name: said[name] for name in ("email", "shares_address", "held")}
        operations.invite_worker(**by(request), worker=worker, **asked)
    return made


class EndService(APIView):
    """End a service: 409 `service_ended`, `service_not_shortened`, `leaves_before_joining`."""

    right = "units.edit"

    @writes("end_service", takes=LeaveWritten, answers=ServiceSerializer)
    def post(self, request: Request, agency: str, pk: int, service: int) -> Response:
        unit = unit_seen(seat_at(request), pk, self.right)
        found = get_object_or_404(TeamMember, pk=service, unit=unit.pk)
        said = given(LeaveWritten, request)
        once_by(request, lambda: operations.end_service(**by(request), member=found, **said))
        return answer(request, unit, found.pk)


class CorrectService(APIView):
    """Put right a role or a day of joining that was written down wrongly; rights follow the role. 409
    `already_serving`, `leaves_before_joining`.
    """

    right = "units.edit"
    password_first = ("POST",)

    @writes("correct_service", takes=CorrectionWritten, answers=ServiceSerializer)
    def post(self, request: Request, agency: str, pk: int, service: int) -> Response:
        unit = open_unit(seat_at(request), pk, self.right)
        found = get_object_or_404(TeamMember, pk=service, unit=unit.pk)
        said = given(CorrectionWritten, request)
        once_by(request, lambda: operations.correct_service(**by(request), member=found, **said))
        return answer(request, unit, found.pk)


def answer(request: Request, unit: Unit, pk: int, status: int = 200) -> Response:
    """A service as it stands."""
    return Response(ServiceSerializer(team_of(seat_at(request), unit).get(pk=pk)).data, status=status)


class People(APIView):
    """Everybody who serves or served, by shown name."""

    right = "units.edit"

    @lists("workers_list", PersonSerializer)
    def get(self, request: Request, agency: str) -> Response:
        found = Worker.objects.seen_by(seat_at(request))
        return paged(self, request, found, lambda page: PersonSerializer(page, many=True).data)


class Joining(APIView):
    """Who may join a team, by name: everybody who serves, with the id as `person`, and people with a sign-in who do not
    serve yet, with the id as `member`.
    """

    right = "units.edit"

    @lists("people_to_join", JoiningSerializer)
    def get(self, request: Request, agency: str) -> Response:
        people = Worker.objects.seen_by(seat_at(request)).values_list("pk", "shown_name")
        serving = [{"person": pk, "member": None, "name": name} for pk, name in people]
        waiting = [{"person": None, "member": row.pk, "name": row.user.name} for row in memberships_without_service()]
        found = [*serving, *waiting]
        return paged(self, request, found, lambda page: JoiningSerializer(page, many=True).data)


class OnePerson(APIView):
    """How a person is called and how guarded, and changing what is named of it. A stricter level works at once; 409
    `not_lowered`, `alias_tells`.
    """

    right = "units.edit"

    @reads("worker", PersonWritten)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        return Response(PersonWritten(get_object_or_404(Worker, pk=pk)).data)

    @writes("edit_worker", takes=PersonWritten, answers=PersonWritten)
    def patch(self, request: Request, agency: str, pk: int) -> Response:
        worker = get_object_or_404(Worker, pk=pk)
        stands = values_of(worker, ("name", "last_name", "alias", "discretion"), held=True)
        said = {**stands, **given(PersonWritten, request, partial=True)}
        once_by(request, lambda: operations.edit_worker(**by(request), worker=worker, **said))
        return Response(PersonWritten(get_object_or_404(Worker, pk=pk)).data)


class Spouses(APIView):
    """Say that two people are spouses: neither confirms what the other claims. 409 `own_spouse`."""

    right = "units.edit"

    @writes("join_spouses", takes=SpousesWritten, status=204)
    def post(self, request: Request, agency: str) -> Response:
        return self.of_pair(request, operations.marry)

    def of_pair(self, request: Request, operation: Any) -> Response:
        """Do something to the two people who were named."""
        said = given(SpousesWritten, request)
        pair = {name: chosen(Worker.objects.all(), pk, name, NOBODY) for name, pk in said.items()}
        once_by(request, lambda: operation(**by(request), **pair))
        return Response(status=204)


class SeparateSpouses(Spouses):
    """Take back that two people are spouses: 409 `not_married`, `own_couple`."""

    @writes("separate_spouses", takes=SpousesWritten, status=204)
    def post(self, request: Request, agency: str) -> Response:
        return self.of_pair(request, operations.separate)


urlpatterns = [
    path("units/<int:pk>/team/", UnitTeam.as_view(), name="api_team"),
    path("units/<int:pk>/team/<int:service>/end/", EndService.as_view(), name="api_team_end"),
    path("units/<int:pk>/team/<int:service>/correct/", CorrectService.as_view(), name="api_team_correct"),
    path("workers/", People.as_view(), name="api_workers"),
    path("workers/joining/", Joining.as_view(), name="api_joining"),
    path("workers/spouses/", Spouses.as_view(), name="api_spouses"),
    path("workers/spouses/separate/", SeparateSpouses.as_view(), name="api_spouses_separate"),
    path("workers/<int:pk>/", OnePerson.as_view(), name="api_worker"),
]
