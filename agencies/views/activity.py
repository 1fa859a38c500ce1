"""Who did what, when and why."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from agencies.access import AgencyRequest, member
from agencies.forms.activity import ActivityFilter
from agencies.queries.activity import acts, people_who_acted, timeline
from agencies.settings_tabs import settings_tabs

PAGE = 50


@member(can="audit.view")
@require_safe
def activity(request: AgencyRequest) -> HttpResponse:
    """The audit trail by day, by person and days if asked; a wrong filter shows nothing but what is wrong with it."""
    form = ActivityFilter(request.GET or None, people=people_who_acted())
    wanted = form.cleaned_data if form.is_valid() else {}
    person = wanted.get("person")
    found = acts(request.seat, person=person and person.pk, first=wanted.get("first"), last=wanted.get("last"))
    page = Paginator(found.none() if form.errors else found, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "filtered": any(wanted.values()),
        "page": page,
        "days": timeline(request.seat, page),
        "tabs": settings_tabs(request.seat, "activity"),
    }
    return TemplateResponse(request, "agencies/activity.html", context, status=422 if form.errors else 200)
