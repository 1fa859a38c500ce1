"""Designations for programs: the lists, rights and operations of the pages."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import ByNumber, asked_ids, by, given, lists_by_cursor, once_by, reads, seat_at, writes, wrong
from agencies.seats import Seat
from core.api import DayField
from funds.api.parts import IdField
from funds.forms.designations import DesignationFilter, DesignationForm, EditForm
from funds.models import Designation
from funds.operations import close_designation, edit_designation, open_designation
from funds.operations.designations import FIXED_BY_MONEY
from funds.queries import balances, is_withheld


class DesignationSerializer(serializers.Serializer[Any]):
    """A designation, called as the caller may call it, with what it holds per currency. `worker` is null too where that
    person is closed to the caller.
    """

    id = serializers.IntegerField(source="pk")
    code = serializers.CharField()
    name = serializers.CharField(source="shown_name")
    kind = serializers.CharField()
    unit = serializers.IntegerField(source="unit_id", allow_null=True)
    worker = serializers.SerializerMethodField()
    opened_on = DayField()
    closed_on = DayField(allow_null=True)
    holds = serializers.SerializerMethodField()

    def get_worker(self, designation: Any) -> int | None:
        """Whose account it is."""
        return None if designation.withheld else designation.worker_id

    def get_holds(self, designation: Any) -> list[dict[str, str]]:
        """Exact amounts, each currency by itself."""
        held = self.context["balances"].get(designation.pk, [])
        return [{"amount": amount.decimal_string(), "currency": amount.currency} for amount in held]


class ChangeDesignation(serializers.Serializer[Any]):
    """What is changed of a designation: only what is named. Once money was posted to it, kind, unit and worker stay."""

    kind = serializers.ChoiceField(choices=Designation.Kind.choices)
    public_name = serializers.CharField(max_length=160)
    unit = IdField(required=False, allow_null=True, default=None)
    worker = IdField(required=False, allow_null=True, default=None)
    opened_on = DayField()


class NewDesignation(ChangeDesignation):
    """A designation to open; leading zeros of its code count."""

    code = serializers.CharField(max_length=40)


class CloseDesignation(serializers.Serializer[Any]):
    """The day from which it is offered no more; null opens it again."""

    on = DayField(allow_null=True)


def seen(seat: Seat) -> Any:
    """The designations that the seat may see."""
    return Designation.objects.seen_by(seat).annotate(withheld=is_withheld(seat))


def told(found: list[Any]) -> Any:
    """Designations with what they hold."""
    context = {"balances": balances([each.pk for each in found])}
    return DesignationSerializer(found, many=True, context=context).data


def answer(request: Request, pk: int | None, status: int = 200) -> Response:
    """One designation as it stands."""
    return Response(told([get_object_or_404(seen(seat_at(request)), pk=pk)])[0], status=status)


def matching(request: Request) -> Any:
    """Designations by words, kind and `state` (closed; empty for the open ones; without it all), or of some numbers."""
    form, ids = DesignationFilter(request.query_params), asked_ids(request)
    if not form.is_valid():
        raise wrong(form)
    wanted, found, today = form.cleaned_data, seen(seat_at(request)), seat_at(request).agency.today()
    if wanted["q"]:
        found = found.naming(wanted["q"])
    if wanted["kind"]:
        found = found.filter(kind=wanted["kind"])
    if ids:
        found = found.filter(pk__in=ids)
    if request.query_params.get("state") == "":
        return found.open_on(today)
    return found.filter(closed_on__lte=today) if wanted["state"] == "closed" else found


class DesignationsView(APIView):
    """The designations that the caller may see, by the filters of the page; without a `state` open and closed ones. And
    opening one: 409 `designation_code_taken`, `designation_unit_missing`.
    """

    right = {"GET": "gifts.view", "POST": "designations.edit"}

    @lists_by_cursor("designations", DesignationSerializer, *DesignationFilter.base_fields, "id")
    def get(self, request: Request, agency: str) -> Response:
        pages = ByNumber()
        page: list[Any] = pages.paginate_queryset(matching(request), request, self) or []
        return pages.get_paginated_response(told(page))

    @writes("designation_add", takes=NewDesignation, answers=DesignationSerializer, status=201)
    def post(self, request: Request, agency: str) -> Response:
        form = DesignationForm(given(NewDesignation, request), seat=seat_at(request))
        if not form.is_valid():
            raise wrong(form)
        return answer(request, once_by(request, lambda: open_designation(**by(request), **form.cleaned_data)), 201)


class DesignationView(APIView):
    """One designation; and changing it: 409 `designation_posted_already`, `designation_dates`. What could tell who is
    closed to the caller is not changed: 403.
    """

    right = {"GET": "gifts.view", "PATCH": "designations.edit"}

    @reads("designation", DesignationSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        return answer(request, pk)

    @writes("designation_change", takes=ChangeDesignation, answers=DesignationSerializer)
    def patch(self, request: Request, agency: str, pk: int) -> Response:
        found = get_object_or_404(seen(seat_at(request)), pk=pk)
        said = given(ChangeDesignation, request, partial=True)
        if found.withheld and {"public_name", *FIXED_BY_MONEY} & said.keys():
            raise PermissionDenied("designations.edit")
        fields = changed(seat_at(request), found, said)
        once_by(request, lambda: edit_designation(**by(request), designation=found, **fields))
        return answer(request, pk)


def changed(seat: Seat, found: Any, said: dict[str, Any]) -> dict[str, Any]:
    """What was said, judged by the form of the page beside what stands; what money fixes is judged by the operation."""
    stands = {"kind": found.kind, "public_name": found.public_name, "opened_on": found.opened_on}
    form = EditForm(
        {**stands, "unit": found.unit_id, "worker": found.worker_id, **said},
        seat=seat,
        initial={name: getattr(found, name) for name in FIXED_BY_MONEY},
        fixed=False,
        withheld=found.withheld,
    )
    if not form.is_valid():
        raise wrong(form)
    return {name: form.cleaned_data[name] for name in said}


class CloseView(APIView):
    """From a day on it is offered no more: 409 `designation_dates`. What still arrives on it is kept as given. Without
    a day (null) it is open again.
    """

    right = "designations.edit"

    @writes("designation_close", takes=CloseDesignation, answers=DesignationSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        found = get_object_or_404(seen(seat_at(request)), pk=pk)
        said = given(CloseDesignation, request)
        once_by(request, lambda: close_designation(**by(request), designation=found, **said))
        return answer(request, pk)


urlpatterns = [
    path("designations/", DesignationsView.as_view(), name="api_designations"),
    path("designations/<int:pk>/", DesignationView.as_view(), name="api_designation"),
    path("designations/<int:pk>/close/", CloseView.as_view(), name="api_designation_close"),
]
