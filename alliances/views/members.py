"""The backbone's desk: the alliance itself, its members, and who acts for them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import reauthenticated
from alliances import operations
from alliances.access import AllianceRequest, alliance_member
from alliances.forms.alliance import AllianceStateForm, MemberForm, MemberStateForm, PurposeForm
from alliances.models import AllianceChange, Backbone, Member, MemberState, Representative, SeatInvitation, Signature
from alliances.operations.alliance import STEPS as ALLIANCE_STEPS
from alliances.operations.people import STEPS as MEMBER_STEPS
from alliances.queries.readiness import checklist
from alliances.views.answers import acting, go, page
from core.refusals import shown_on
from core.toasts import toast

FORM = ["GET", "HEAD", "POST"]
TONES = {
    MemberState.INVITED: "none",
    MemberState.SIGNED: "prog",
    MemberState.ACTIVE: "done",
    MemberState.SUSPENDED: "warn",
    MemberState.LEFT: "none",
}


@alliance_member(can="members.view")
@require_safe
def members(request: AllianceRequest) -> HttpResponse:
    """Who is in, what each brings, where each stands, and the backbone itself."""
    return desk(request)


def desk(request: AllianceRequest, form: AllianceStateForm | None = None) -> HttpResponse:
    """The page of the backbone, with what was wrong if anything was."""
    alliance = request.alliance_seat.alliance
    steps = ALLIANCE_STEPS[alliance.state]
    staff = Representative.objects.filter(backbone__ended_at=None, member=None, ended_at=None)
    return page(
        request,
        "alliances/members.html",
        form or (AllianceStateForm(steps=steps) if steps else None),
        alliance=alliance,
        backbone=Backbone.objects.get(ended_at=None),
        staff=staff.select_related("user"),
        invitations=waiting(request, None),
        rows=[
            {"member": each, "state": each.get_state_display(), "tone": TONES[MemberState(each.state)]}
            for each in Member.objects.order_by("organization")
        ],
        checks=checklist(),
        changes=AllianceChange.objects.select_related("by").order_by("-pk"),
    )


def waiting(request: AllianceRequest, found: Member | None) -> list[SeatInvitation]:
    """Invitations that wait for their person; members do not see them."""
    if not request.alliance_seat.can("members.edit"):
        return []
    return [each for each in SeatInvitation.objects.filter(member=found).order_by("pk") if each.is_open]


@alliance_member(can="alliance.edit")
@require_http_methods(FORM)
def alliance_edit(request: AllianceRequest) -> HttpResponse:
    """Say anew how the alliance is called and why it stands together."""
    alliance = request.alliance_seat.alliance
    form = PurposeForm(request.POST or None, initial={"name": alliance.name, "purpose": alliance.purpose})
    if form.is_valid():
        operations.change_purpose(**acting(request), **form.cleaned_data)
        toast(request, _("Saved."))
        return go(request, "alliance_members")
    return page(request, "alliances/alliance_edit.html", form)


@alliance_member(can="alliance.edit")
@require_POST
def alliance_move(request: AllianceRequest) -> HttpResponse:
    """Bring the alliance into another state; activating says all that is missing."""
    alliance = request.alliance_seat.alliance
    form = AllianceStateForm(request.POST, steps=ALLIANCE_STEPS[alliance.state])
    if form.is_valid():
        with shown_on(form):
            moved = operations.move_alliance(**acting(request), **form.cleaned_data)
        if not form.errors:
            toast(request, _("The alliance is now: %(state)s.") % {"state": moved.get_state_display()})
            return go(request, "alliance_members")
    return desk(request, form)


@alliance_member(can="members.edit")
@require_http_methods(FORM)
def member_add(request: AllianceRequest) -> HttpResponse:
    """Invite an organization."""
    form = MemberForm(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            made = operations.invite_member(**acting(request), **form.cleaned_data)
        if not form.errors:
            toast(request, _("%(organization)s is invited.") % {"organization": made.organization})
            return go(request, "alliance_member", made.pk)
    return page(request, "alliances/member_add.html", form)


@alliance_member(can="members.view")
@require_safe
def member(request: AllianceRequest, pk: int) -> HttpResponse:
    """One member: state, signatures, people."""
    return shown(request, get_object_or_404(Member, pk=pk))


def shown(request: AllianceRequest, found: Member, form: MemberStateForm | None = None) -> HttpResponse:
    """The page of a member."""
    steps = MEMBER_STEPS[found.state] - {MemberState.SIGNED}
    editing = request.alliance_seat.can("members.edit") and steps
    return page(
        request,
        "alliances/member.html",
        form or (MemberStateForm(steps=steps) if editing else None),
        member=found,
        tone=TONES[MemberState(found.state)],
        people=Representative.objects.filter(member=found, ended_at=None).select_related("user").order_by("pk"),
        invitations=waiting(request, found),
        signatures=Signature.objects.filter(member=found).select_related("agreement").order_by("-signed_at"),
        changes=found.changes.select_related("by").order_by("-pk"),
    )


@alliance_member(can="members.edit")
@require_POST
def member_move(request: AllianceRequest, pk: int) -> HttpResponse:
    """Bring a member into another state."""
    found = get_object_or_404(Member, pk=pk)
    form = MemberStateForm(request.POST, steps=MEMBER_STEPS[found.state] - {MemberState.SIGNED})
    if form.is_valid():
        with shown_on(form):
            operations.move_member(**acting(request), member=found, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Saved."))
            return go(request, "alliance_member", pk)
    return shown(request, found, form)


@alliance_member(can="members.edit")
@require_POST
@reauthenticated
def representative_end(request: AllianceRequest, pk: int) -> HttpResponse:
    """End a person's place; access ends at once."""
    place = get_object_or_404(Representative.objects.filter(ended_at=None).select_related("user"), pk=pk)
    operations.end_representative(**acting(request), representative=place)
    toast(request, _("%(name)s no longer has access.") % {"name": place.user.name})
    if place.user_id == request.user.pk:
        return redirect("spaces")
    return go(request, "alliance_member", place.member_id) if place.member_id else go(request, "alliance_members")
