"""The shared measures: a few, with one definition each."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliances import operations
from alliances.access import AllianceRequest, alliance_member
from alliances.arithmetic import Kind
from alliances.forms.measures import DefinitionForm, IndicatorForm, PeriodForm
from alliances.models import (
    KIND_LABELS,
    AgendaItem,
    AgendaState,
    Alliance,
    Indicator,
    IndicatorVersion,
    Period,
    PeriodState,
    VersionState,
)
from alliances.queries import waiting
from alliances.queries.published import Reading, readings, so_far
from alliances.seats import AllianceSeat
from alliances.views.answers import acting, go, page
from alliances.views.home import answer_words, glance
from alliances.wording import day_words, due_words, reported_words, written
from core.line_charts import LineChart, line_chart
from core.line_charts import Reading as Dot
from core.refusals import shown_on
from core.toasts import toast

FORM = ["GET", "HEAD", "POST"]
PERIOD_TONES = {
    PeriodState.OPEN: "none",
    PeriodState.DUE: "warn",
    PeriodState.LOCKED: "prog",
    PeriodState.PUBLISHED: "done",
}


@alliance_member(can="measures.view")
@require_safe
def measures(request: AllianceRequest) -> HttpResponse:
    """Every measure with its last published number."""
    seat = request.alliance_seat
    reviews = waiting.to_review().count() if seat.can("reports.review") else 0
    return page(request, "alliances/measures.html", measures=glance(seat), reviews=reviews, member=seat.member)


@alliance_member(can="measures.view")
@require_safe
def measure(request: AllianceRequest, pk: int) -> HttpResponse:
    """One measure: what it means, its published numbers with their completeness, its periods."""
    return show(request, get_object_or_404(Indicator.objects.select_related("serves"), pk=pk))


def show(request: AllianceRequest, indicator: Indicator, form: PeriodForm | None = None) -> HttpResponse:
    """The page of one measure."""
    seat = request.alliance_seat
    versions = list(indicator.versions.order_by("-number"))
    adopted = next((version for version in versions if version.state == VersionState.ADOPTED), None)
    draft = next((version for version in versions if version.state == VersionState.DRAFT), None)
    series = readings(seat.member, [indicator.pk]).get(indicator.pk, [])
    return page(
        request,
        "alliances/measure.html",
        form or (PeriodForm() if adopted and seat.can("measures.edit") else None),
        indicator=indicator,
        version=adopted,
        facts=facts(adopted) if adopted else [],
        draft=draft if seat.can("measures.edit") else None,
        former=[version for version in versions if version.state == VersionState.SUPERSEDED],
        published=[row(seat.alliance, reading) for reading in series],
        chart=chart(indicator, series),
        total=written(so_far(adopted.kind, series)) if adopted and len(series) > 1 else "",
        total_words=total_words(adopted) if adopted else "",
        periods=periods(seat, indicator),
        member=seat.member,
    )


def facts(version: IndicatorVersion) -> list[dict[str, Any]]:
    """A definition in short lines."""
    return [
        {"label": _("Kind"), "value": KIND_LABELS[Kind(version.kind)]},
        {"label": _("Counted in"), "value": version.unit},
        {"label": _("Direction"), "value": version.get_direction_display()},
        {"label": _("Reported"), "value": version.get_frequency_display()},
        {"label": _("Days to report"), "value": version.due_days},
        {"label": _("Counted by two members"), "value": version.get_overlap_policy_display()},
    ]


def total_words(version: IndicatorVersion) -> str:
    """What the number over all periods is, by the kind's arithmetic."""
    return _("All published periods together") if version.kind == Kind.FLOW else _("The latest published number")


def row(alliance: Alliance, reading: Reading) -> dict[str, Any]:
    """One published period in a table."""
    return {
        "label": reading.label,
        "pk": reading.publication.pk,
        "net": written(reading.net),
        "complete": reported_words(*reading.reported),
        "revision": reading.publication.revision,
        "day": day_words(alliance.day_of(reading.publication.published_at)),
    }


def chart(indicator: Indicator, series: list[Reading]) -> LineChart | None:
    """The published numbers as a line, from two of them on. A period without a number stays a gap."""
    dots = [Dot(reading.label, float(reading.net) if reading.net is not None else None) for reading in reversed(series)]
    if sum(dot.value is not None for dot in dots) < 2:
        return None
    last = series[0]
    finding = _("%(name)s: %(net)s in %(period)s, %(complete)s.") % {
        "name": indicator.name,
        "net": written(last.net),
        "period": last.label,
        "complete": reported_words(*last.reported),
    }
    return line_chart("measure", finding=finding, readings=dots)


def periods(seat: AllianceSeat, indicator: Indicator) -> list[dict[str, Any]]:
    """The periods of a measure, the newest first; for a member with its own answer."""
    today = seat.alliance.today()
    own = waiting.own_values(seat.member) if seat.member and seat.can("reports.view") else None
    return [
        {
            "pk": period.pk,
            "label": period.label,
            "state": period.state(today).label,
            "tone": PERIOD_TONES[period.state(today)],
            "due": due_words(period.due_on, today) if period.published_at is None else day_words(period.due_on),
            "own": answer_words(own.get(period.pk)) if own is not None else "",
        }
        for period in Period.objects.filter(indicator=indicator)
    ]


@alliance_member(can="measures.edit")
@require_http_methods(FORM)
def measure_add(request: AllianceRequest) -> HttpResponse:
    """Define a measure; its definition is a draft until it is adopted."""
    items = AgendaItem.objects.filter(version__state=AgendaState.ADOPTED).order_by("position")
    form = IndicatorForm(request.POST or None, items=items)
    if form.is_valid():
        with shown_on(form):
            made = operations.define_indicator(**acting(request), **form.cleaned_data)
        if not form.errors:
            toast(request, _("Draft saved. Adopt it when everybody agrees on it."))
            return go(request, "measure", made.pk)
    return page(request, "alliances/measure_add.html", form)


@alliance_member(can="measures.edit")
@require_http_methods(FORM)
def definition(request: AllianceRequest, pk: int) -> HttpResponse:
    """Write the next version of a definition, or go on with its draft."""
    indicator = get_object_or_404(Indicator, pk=pk)
    last = indicator.versions.select_related("indicator").order_by("-number").first()
    now = {name: getattr(last, name) for name in DefinitionForm.base_fields} if last else {}
    form = DefinitionForm(request.POST or None, initial=now)
    if form.is_valid():
        with shown_on(form):
            if last and last.state == VersionState.DRAFT:
                operations.edit_definition(**acting(request), version=last, **form.cleaned_data)
            else:
                operations.write_definition(**acting(request), indicator=indicator, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Draft saved."))
            return go(request, "measure", pk)
    return page(request, "alliances/definition.html", form, indicator=indicator)


@alliance_member(can="measures.edit")
@require_POST
def definition_adopt(request: AllianceRequest, pk: int) -> HttpResponse:
    """Adopt the draft of a definition."""
    drafts = IndicatorVersion.objects.filter(indicator=pk, state=VersionState.DRAFT).select_related("indicator")
    operations.adopt_definition(**acting(request), version=get_object_or_404(drafts))
    toast(request, _("Definition adopted. It stays as it is; a change makes a new version."))
    return go(request, "measure", pk)


@alliance_member(can="measures.edit")
@require_POST
def period_open(request: AllianceRequest, pk: int) -> HttpResponse:
    """Ask the members for their reports on a period."""
    indicator = get_object_or_404(Indicator.objects.select_related("serves"), pk=pk)
    form = PeriodForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            made = operations.open_period(**acting(request), indicator=indicator, **form.cleaned_data)
        if not form.errors:
            toast(request, _("The members are asked for %(period)s.") % {"period": made.label})
            return go(request, "measure_period", made.pk)
    return show(request, indicator, form)
