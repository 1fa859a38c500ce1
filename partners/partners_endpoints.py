"""Partners for programs: the lists, rights, masking and operations of the pages."""

from typing import Any

from django.http import Http404
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.bulk_reading import note_reading
from agencies.endpoints import ByNumber, asked_ids, lists_by_cursor, reads, seat_at
from agencies.seats import Seat
from partners.answers import wrong
from partners.forms.lists import PartnerFilter
from partners.models import Partner
from partners.partner_shapes import PartnerSerializer
from partners.queries.figures import figures_of
from partners.queries.partner_facts import standing_ids, with_facts
from partners.queries.partners import partners_wanted


def partners_told(seat: Seat, partners: list[Any]) -> Any:
    """Partners as the seat may know them. Not more queries for more partners."""
    figures = figures_of(seat, [each.pk for each in partners])
    context = {"figures": figures, "amounts": seat.can("partners.amounts")}
    return PartnerSerializer(with_facts(seat, partners), many=True, context=context).data


def partner_at(seat: Seat, pk: int) -> Partner:
    """A partner whom the seat may see; who was merged into another is found there. 404 for all others."""
    seen = Partner.objects.seen_by(seat)
    found: Partner | None = seen.filter(pk=pk).first() or seen.filter(merged=pk).first()
    if found is None:
        raise Http404
    return found


def partner_answer(request: Request, pk: int, status: int = 200) -> Response:
    """One partner as it stands now."""
    return Response(partners_told(seat_at(request), [partner_at(seat_at(request), pk)])[0], status=status)


class PartnersView(APIView):
    """The partners that the caller may see, by the filters of the page; or those of some numbers (`id`, which may be
    repeated): who was merged into another is found there.
    """

    right = "partners.view"

    @lists_by_cursor("partners", PartnerSerializer, *PartnerFilter.base_fields, "id")
    def get(self, request: Request, agency: str) -> Response:
        seat = seat_at(request)
        form, ids = PartnerFilter(request.query_params, seat=seat), asked_ids(request)
        if not form.is_valid():
            raise wrong(form)
        pages = ByNumber()
        found = partners_wanted(seat, form.wanted())
        if ids:
            found = found.filter(pk__in=standing_ids(ids))
        note_reading(seat, "partners", request.query_params, found)
        page = pages.paginate_queryset(found, request, self) or []
        return pages.get_paginated_response(partners_told(seat, page))


class PartnerView(APIView):
    """One partner: names, ways to reach, numbers of other systems, tags, who holds, what was given. Who was merged into
    another is answered with that one.
    """

    right = "partners.view"

    @reads("partner", PartnerSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        return partner_answer(request, pk)


urlpatterns = [
    path("partners/", PartnersView.as_view(), name="api_partners"),
    path("partners/<int:pk>/", PartnerView.as_view(), name="api_partner"),
]
