"""The agency's share: rules, the figures of a month, and posting them."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import AgencyRequest, member
from core.money_forms import KeyedForm
from core.periods import month_start
from core.refusals import shown_on
from core.toasts import toast
from funds.forms.movements import RuleEndForm, RuleForm
from funds.models import AssessmentRule
from funds.operations import add_rule, assess_month, end_rule
from funds.pages.assessments import due_table, months_table, rule_table, run_table
from funds.pages.designations import month_in_words
from funds.pages.frame import Heading, link
from funds.queries.assessments import dues
from funds.views.frames import form_page, list_page, shown_page, status_of

YEARS = range(1950, 2200)


@member(can="ledger.view")
@require_safe
def assessments(request: AgencyRequest) -> HttpResponse:
    """The rules, and the last months with what was posted of them."""
    seat = request.seat
    rules = list(AssessmentRule.objects.order_by("ends_on", "-pk"))
    primary = link(seat, "ledger.setup", _("Add rule"), "rule_add")
    lead = _("The agency's share of what is given, by rules with dates. A month is posted once it is over.")
    context: dict[str, Any] = {
        "table": rule_table(seat, rules),
        "none_yet": _("No rules yet"),
        "none_lead": _("Without a rule nothing is assessed."),
        "further": [months_table(seat)],
    }
    return list_page(request, "assessments", Heading(_("Assessments"), primary=primary, lead=lead), **context)


@member(can="ledger.view")
@require_http_methods(["GET", "POST"])
def assessment(request: AgencyRequest, year: int, month: int) -> HttpResponse:
    """What the rules ask of a month, before anything is posted; and posting it."""
    seat, agency = request.seat, request.seat.agency
    if year not in YEARS or not 1 <= month <= 12:
        raise Http404
    first = date(year, month, 1)
    form = KeyedForm(request.POST or None)
    if request.method == "POST":
        return post_month(request, first, form)
    return figures(request, first, form if first < month_start(agency.today()) and seat.can("ledger.post") else None)


def post_month(request: AgencyRequest, first: date, form: KeyedForm) -> HttpResponse:
    """Post what is missing of a month, for who may."""
    agency = request.seat.agency
    if not request.seat.can("ledger.post"):
        raise PermissionDenied("ledger.post")
    if form.is_valid():
        with shown_on(form):
            run = assess_month(agency=agency, actor=request.user, month=first, key=form.cleaned_data["key"])
        if not form.errors:
            toast(request, _("Assessed."))
            return redirect("posting", agency.slug, run.posting_id)
    return figures(request, first, form)


def figures(request: AgencyRequest, first: date, form: KeyedForm | None) -> HttpResponse:
    """The page of a month."""
    seat = request.seat
    found = dues(first)
    is_missing = any(each.amount.minor for each in found)
    lead = _(
        "The share is taken of what each designation received in the whole month, in each currency, and rounded once, "
        "half a unit away from zero. A second run posts only what has come since."
    )
    heading = Heading(month_in_words(seat.agency, first), eyebrow=_("Assessment"), lead=lead)
    runs = run_table(seat, first)
    context: dict[str, Any] = {
        "tables": [table for table in (due_table(seat, found) if found else None, runs) if table and table.rows],
        "none_yet": _("Nothing to assess: no rule is in force, or nothing was given"),
        "form": form if form is not None and (is_missing or form.is_bound) else None,
        "button": _("Post these figures"),
        "cancel_url": reverse("assessments", args=[seat.agency.slug]),
    }
    return shown_page(request, "assessments", heading, status=status_of(form) if form is not None else 200, **context)


@member(can="ledger.setup")
@require_http_methods(["GET", "POST"])
def rule_add(request: AgencyRequest) -> HttpResponse:
    """Begin a rule."""
    seat, agency = request.seat, request.seat.agency
    form = RuleForm(request.POST or None, seat=seat, initial={"starts_on": month_start(agency.today())})
    if form.is_valid():
        with shown_on(form):
            add_rule(agency=agency, actor=request.user, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Rule added."))
            return redirect("assessments", agency.slug)
    heading = Heading(_("Add rule"), lead=_("The narrower rule wins: one designation before a kind before all."))
    return form_page(request, "assessments", heading, form, _("Add rule"), "assessments")


@member(can="ledger.setup")
@require_http_methods(["GET", "POST"])
def rule_end(request: AgencyRequest, pk: int) -> HttpResponse:
    """End a rule; the next one may begin on the day after."""
    agency = request.seat.agency
    rule = get_object_or_404(AssessmentRule.objects.all(), pk=pk)
    form = RuleEndForm(request.POST or None, initial={"ends_on": rule.ends_on or agency.today()})
    if form.is_valid():
        with shown_on(form):
            end_rule(agency=agency, actor=request.user, rule=rule, on=form.cleaned_data["ends_on"])
        if not form.errors:
            toast(request, _("The rule ends on that day."))
            return redirect("assessments", agency.slug)
    heading = Heading(_("End rule"), eyebrow=rule.name, lead=_("Months that were posted stay as they are."))
    return form_page(request, "assessments", heading, form, _("End rule"), "assessments")
