"""Who serves in a unit, since when and as what."""

from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import reauthenticated
from agencies.access import AgencyRequest, member
from agencies.models import Membership
from core.refusals import shown_on
from core.toasts import toast
from ssu import operations
from ssu.forms.team import CorrectionForm, LeaveForm, MemberForm, SignInForm, SpouseForm
from ssu.models import TeamMember, Worker
from ssu.pages.team import couples, team_rows
from ssu.queries.people import memberships_without_service
from ssu.unit_tabs import tabs
from ssu.views.reached import open_unit_at, unit_at


@member(can="rollout.view")
@require_safe
def team(request: AgencyRequest, pk: int) -> HttpResponse:
    """Everybody who serves or served here; administrators add people and end their service."""
    return team_page(request, unit_at(request, pk, "rollout.view"))


def team_page(request: AgencyRequest, unit: Any, **sent: Form) -> HttpResponse:
    """The page, with the form that was sent and did not go through, by its name."""
    seat = request.seat
    may_edit = seat.can("units.edit", unit.pk)
    may_add = may_edit and unit.is_at_work
    context = {
        "unit": unit,
        "tabs": tabs(seat, unit.pk, "team"),
        "rows": team_rows(seat, unit),
        "may_edit": may_edit,
        "may_add": may_add,
        "form": next(iter(sent.values()), None),
        **({**fresh_forms(request, unit), **sent, "couples": couples(seat, unit)} if may_add else {}),
    }
    return TemplateResponse(request, "ssu/team.html", context, status=422 if sent else 200)


def member_form(request: AgencyRequest, data: Any = None) -> MemberForm:
    """Those who may join: everybody who serves anywhere, and people with a sign-in who do not serve yet."""
    return MemberForm(
        data,
        auto_id="join_%s",
        initial={"joined_on": request.seat.agency.today(), "role": "member"},
        workers=Worker.objects.seen_by(request.seat),
        members=memberships_without_service(),
        may_invite=request.seat.can("people.edit"),
    )


def spouse_form(request: AgencyRequest, unit: Any, data: Any = None) -> SpouseForm:
    """One of the team, and anybody who serves: couples work in different units too."""
    people = Worker.objects.seen_by(request.seat)
    here = people.filter(pk__in=TeamMember.objects.filter(unit=unit.pk).values("worker"))
    return SpouseForm(data, auto_id="spouse_%s", team=here, people=people)


def fresh_forms(request: AgencyRequest, unit: Any) -> dict[str, Form]:
    return {"member_form": member_form(request), "spouse_form": spouse_form(request, unit)}


@member(can="units.edit")
@require_POST
@reauthenticated
def team_add(request: AgencyRequest, pk: int) -> HttpResponse:
    """Let somebody serve in the unit, which gives a person with a sign-in the rights of the role there, and invite
    who has none where an address was given.
    """
    unit = open_unit_at(request, pk, "units.edit")
    form = member_form(request, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        with shown_on(form):
            join(request, unit, given)
    if form.errors:
        return team_page(request, unit, member_form=form)
    toast(request, joined_words(given.get("email", ""), held=given.get("held", False)))
    return redirect("team", request.seat.agency.slug, pk)


def join(request: AgencyRequest, unit: Any, given: dict[str, Any]) -> None:
    """The service, and the invitation where an address was given."""
    by: dict[str, Any] = {"agency": request.seat.agency, "actor": request.user}
    worker = chosen(request, given["person"], given["name"])
    when = {"role": given["role"], "joined_on": given["joined_on"]}
    operations.add_team_member(**by, unit=unit, worker=worker, **when)
    if given.get("email"):
        asked = {name: given[name] for name in SignInForm.base_fields}
        operations.invite_worker(**by, worker=worker, **asked)


def joined_words(email: str, *, held: bool) -> str:
    """What happened, and whether a mail went out."""
    if not email:
        return _("Added to the team.")
    if held:
        return _("Added to the team. The invitation is held: nothing was sent yet.")
    return _("Added to the team. An invitation went to %(email)s.") % {"email": email}


def chosen(request: AgencyRequest, person: str, name: str) -> Worker:
    """The person chosen in the form, or a new one of this name."""
    kind, _colon, number = person.partition(":")
    if kind == "worker":
        return get_object_or_404(Worker, pk=int(number))
    if kind == "member":
        return operations.worker_of(get_object_or_404(Membership, pk=int(number), left_at=None))
    return operations.add_worker(agency=request.seat.agency, actor=request.user, name=name)


@member(can="units.edit")
def team_end(request: AgencyRequest, pk: int, service: int) -> HttpResponse:
    """End somebody's service."""
    unit = open_unit_at(request, pk, "units.edit")
    found = get_object_or_404(TeamMember, pk=service, unit=unit.pk)
    form = LeaveForm(request.POST or None, initial={"left_on": request.seat.agency.today()})
    if form.is_valid():
        with shown_on(form):
            operations.end_service(agency=request.seat.agency, actor=request.user, member=found, **form.cleaned_data)
        if not form.errors:
            toast(request, _("The service is ended."))
            return redirect("team", request.seat.agency.slug, pk)
    row = next(row for row in team_rows(request.seat, unit) if row.pk == found.pk)
    context = {"unit": unit, "row": row, "form": form}
    return TemplateResponse(request, "ssu/team_end.html", context, status=422 if form.errors else 200)


@member(can="units.edit")
@reauthenticated
def team_correct(request: AgencyRequest, pk: int, service: int) -> HttpResponse:
    """Put right a role or a day of joining that was written down wrongly."""
    unit = open_unit_at(request, pk, "units.edit")
    found = get_object_or_404(TeamMember, pk=service, unit=unit.pk)
    form = CorrectionForm(request.POST or None, initial={"role": found.role, "joined_on": found.joined_on})
    if form.is_valid():
        with shown_on(form):
            operations.correct_service(
                agency=request.seat.agency, actor=request.user, member=found, **form.cleaned_data
            )
        if not form.errors:
            toast(request, _("Corrected."))
            return redirect("team", request.seat.agency.slug, pk)
    row = next(row for row in team_rows(request.seat, unit) if row.pk == found.pk)
    context = {"unit": unit, "row": row, "form": form}
    return TemplateResponse(request, "ssu/team_correct.html", context, status=422 if form.errors else 200)


@member(can="units.edit")
@require_POST
def team_spouses(request: AgencyRequest, pk: int) -> HttpResponse:
    """Say that two people are spouses: neither confirms what the other claims."""
    unit = open_unit_at(request, pk, "units.edit")
    form = spouse_form(request, unit, request.POST)
    if form.is_valid():
        with shown_on(form):
            operations.marry(agency=request.seat.agency, actor=request.user, **form.cleaned_data)
    if form.errors:
        return team_page(request, unit, spouse_form=form)
    one, other = form.cleaned_data["one"], form.cleaned_data["other"]
    said = _("%(one)s and %(other)s are spouses.") % {"one": one.shown_name, "other": other.shown_name}
    toast(request, said, undo_url=reverse("spouse_separate", args=[request.seat.agency.slug, one.pk, other.pk]))
    return redirect("team", request.seat.agency.slug, pk)
