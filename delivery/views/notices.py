"""What a person was told in this workspace."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from agencies.access import AgencyRequest, member
from agencies.days import day_in_words, time_in_words
from delivery.me_tabs import me_tabs
from delivery.models import Notice
from delivery.naming import worded
from delivery.operations import mark_read
from delivery.queries import notices_of

PAGE = 50


@member(can="home.view")
@require_safe
def notices(request: AgencyRequest) -> HttpResponse:
    """The person's own notices, the newest first."""
    page = Paginator(notices_of(request.seat), PAGE).get_page(request.GET.get("page"))
    agency = request.seat.agency
    for notice, words in zip(page, worded(request.seat, page), strict=True):
        notice.words, notice.leads = words.text, words.leads
        notice.when = f"{day_in_words(agency, notice.created_at)}, {time_in_words(agency, notice.created_at)}"
    has_new = any(notice.read_at is None for notice in page)
    context = {"page": page, "has_new": has_new, "tabs": me_tabs(request.seat, "notices")}
    return TemplateResponse(request, "delivery/notices.html", context)


@member(can="home.view")
@require_POST
def notices_read(request: AgencyRequest) -> HttpResponse:
    """Mark all of the person's notices as read."""
    mark_read(agency=request.seat.agency, actor=request.user)
    return redirect("notices", request.seat.agency.slug)


@member(can="home.view")
@require_POST
def notice_open(request: AgencyRequest, pk: int) -> HttpResponse:
    """Mark a notice as read and go where it leads."""
    notice: Notice = get_object_or_404(notices_of(request.seat), pk=pk)
    mark_read(agency=request.seat.agency, actor=request.user, notice=notice)
    (words,) = worded(request.seat, [notice])
    if notice.url and words.leads and url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None):
        return redirect(notice.url)
    return redirect("notices", request.seat.agency.slug)
