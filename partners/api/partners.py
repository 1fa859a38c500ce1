"""Partners for programs: the lists, rights, masking and operations of the pages."""

from dataclasses import replace
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.bulk_reading import note_reading
from agencies.endpoints import ByNumber, asked_ids, by, given, lists_by_cursor, once_by, reads, seat_at, writes, wrong
from agencies.seats import Seat
from partners import operations
from partners.api.partner_shapes import ChangePartner, NewPartner, PartnerSerializer
from partners.forms.lists import PartnerFilter
from partners.models import Partner
from partners.queries.figures import figures_of
from partners.queries.partner_facts import standing_ids, with_facts
from partners.queries.partners import partners_wanted


def partners_told(seat: Seat, partners: list[Any]) -> Any:
    """Partners as the seat may know them. Not more queries for more partners."""
    figures = figures_of(seat, [each.pk for each in partners])
    context = {"figures": figures, "amounts": seat.can("partners.amounts")}
    return PartnerSerializer(with_facts(seat, partners), many=True, context=context).data


def partner_at(seat: Seat, pk: int | None) -> Partner:
    """A partner whom the seat may see; who was merged into another is found there. 404 for all others."""
    seen = Partner.objects.seen_by(seat)
    found: Partner | None = seen.filter(pk=pk).first() or seen.filter(merged=pk).first()
    if found is None:
        raise Http404
    return found


def partner_answer(request: Request, pk: int | None, status: int = 200) -> Response:
    """One partner as it stands now."""
    return Response(partners_told(seat_at(request), [partner_at(seat_at(request), pk)])[0], status=status)


class PartnersView(APIView):
    """The partners that the caller may see, by the filters of the page; or those of some numbers (`id`, which may be
    repeated): who was merged into another is found there. And adding one: 409 `partner_name_missing`,
    `external_id_taken`.
    """

    right = {"GET": "partners.view", "POST": "partners.edit"}

    @lists_by_cursor("partners", PartnerSerializer, *PartnerFilter.base_fields, "id")
    def get(self, request: Request, agency: str) -> Response:
        seat = seat_at(request)
        form, ids = PartnerFilter(request.query_params, seat=seat), asked_ids(request)
        if not form.is_valid():
            raise wrong(form)
        pages = ByNumber()
        found = partners_wanted(seat, replace(form.wanted(), with_erased=True))  # programs let them go too
        if ids:
            found = found.filter(pk__in=standing_ids(ids))
        note_reading(seat, "partners", request.query_params, found)
        page = pages.paginate_queryset(found, request, self) or []
        return pages.get_paginated_response(partners_told(seat, page))

    @writes("add_partner", takes=NewPartner, answers=PartnerSerializer, status=201)
    def post(self, request: Request, agency: str) -> Response:
        said = given(NewPartner, request)
        number = said.pop("number")
        said["number"] = (number["source"], number["value"]) if number else None
        made = once_by(request, lambda: operations.add_partner(**by(request), **said))
        return partner_answer(request, made, 201)


class PartnerView(APIView):
    """One partner: names, ways to reach, numbers of other systems, tags, who holds, what was given. Who was merged into
    another is answered with that one. And changing what the record says: 409 `partner_name_missing`.
    """

    right = {"GET": "partners.view", "PATCH": "partners.edit"}

    @reads("partner", PartnerSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        return partner_answer(request, pk)

    @writes("change_partner", takes=ChangePartner, answers=PartnerSerializer)
    def patch(self, request: Request, agency: str, pk: int) -> Response:
        found = get_object_or_404(Partner.objects.seen_by(seat_at(request)), pk=pk)
        said = given(ChangePartner, request, partial=True)
        once_by(request, lambda: operations.update_partner(**by(request), partner=found, **said))
        return partner_answer(request, pk)


urlpatterns = [
    path("partners/", PartnersView.as_view(), name="api_partners"),
    path("partners/<int:pk>/", PartnerView.as_view(), name="api_partner"),
]
