"""The agreement: written by the backbone, signed by each member for itself."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliances import operations
from alliances.access import AllianceRequest, alliance_member
from alliances.forms.agenda import AgreementForm, SignForm
from alliances.models import Agreement, AgreementState, Member, MemberState, Signature
from alliances.operations.agreement import SIGNABLE
from alliances.views.answers import acting, go, page
from core.refusals import shown_on
from core.toasts import toast

FORM = ["GET", "HEAD", "POST"]


def visible(request: AllianceRequest, pk: int) -> Agreement:
    """An agreement; a draft is shown to those who write it, else 404."""
    found: Agreement = get_object_or_404(Agreement, pk=pk)
    if found.state == AgreementState.DRAFT and not request.alliance_seat.can("agreements.edit"):
        raise Http404
    return found


@alliance_member(can="agreements.view")
@require_safe
def agreement(request: AllianceRequest, pk: int) -> HttpResponse:
    """Read it, see who has signed, and sign for the own organization."""
    return shown(request, visible(request, pk))


def shown(request: AllianceRequest, found: Agreement, form: SignForm | None = None) -> HttpResponse:
    """The page of an agreement, with a signature form for who may still sign."""
    signatures = list(Signature.objects.filter(agreement=found).select_related("member").order_by("signed_at", "pk"))
    signed = {signature.member_id for signature in signatures}
    member = request.alliance_seat.member
    can_sign = (
        member is not None
        and member.pk not in signed
        and found.state in SIGNABLE
        and request.alliance_seat.can("agreements.sign")
    )
    missing = Member.objects.exclude(pk__in=signed).exclude(state=MemberState.LEFT).order_by("organization")
    return page(
        request,
        "alliances/agreement.html",
        form or (SignForm(initial={"signed_name": request.user.name}) if can_sign else None),
        agreement=found,
        signatures=signatures,
        missing=missing if found.state in SIGNABLE else [],
        tone={"draft": "none", "offered": "prog", "adopted": "done"}.get(found.state, "none"),
    )


@alliance_member(can="agreements.sign")
@require_POST
def agreement_sign(request: AllianceRequest, pk: int) -> HttpResponse:
    """Sign for the own organization."""
    found, member = visible(request, pk), request.alliance_seat.member
    form = SignForm(request.POST)
    if form.is_valid() and member is not None:
        with shown_on(form):
            operations.sign_agreement(**acting(request), member=member, agreement=found, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Signed for %(organization)s.") % {"organization": member.organization})
            return go(request, "agreement", pk)
    return shown(request, found, form)


@alliance_member(can="agreements.edit")
@require_http_methods(FORM)
def agreement_write(request: AllianceRequest) -> HttpResponse:
    """Begin the next version."""
    form = AgreementForm(request.POST or None)
    if form.is_valid():
        made = operations.write_agreement(**acting(request), **form.cleaned_data)
        toast(request, _("Draft saved."))
        return go(request, "agreement", made.pk)
    return page(request, "alliances/agreement_write.html", form)


@alliance_member(can="agreements.edit")
@require_http_methods(FORM)
def agreement_edit(request: AllianceRequest, pk: int) -> HttpResponse:
    """Change the words of a draft."""
    found = visible(request, pk)
    form = AgreementForm(request.POST or None, initial={"title": found.title, "text": found.text})
    if form.is_valid():
        with shown_on(form):
            operations.edit_agreement(**acting(request), agreement=found, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Draft saved."))
            return go(request, "agreement", pk)
    return page(request, "alliances/agreement_write.html", form, agreement=found)


@alliance_member(can="agreements.edit")
@require_POST
def agreement_step(request: AllianceRequest, pk: int, step: str) -> HttpResponse:
    """Open a draft for signature, or adopt what every member has signed."""
    found = visible(request, pk)
    if step == "offer":
        operations.offer_agreement(**acting(request), agreement=found)
        toast(request, _("The members can sign now."))
    elif step == "adopt":
        operations.adopt_agreement(**acting(request), agreement=found)
        toast(request, _("Agreement adopted."))
    else:
        raise Http404
    return go(request, "agreement", pk)
