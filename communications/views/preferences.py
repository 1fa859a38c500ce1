"""The page behind the link in every letter: what would you like to get?"""

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agencies.masking import Mask, masked
from agencies.models import Agency
from agencies.scope import Scope, enter
from communications.consent_links import read
from communications.forms import PreferencesForm
from communications.models import Basis, Channel
from communications.models.consent import LETTERS
from communications.operations import choose_purposes
from communications.queries.consent import policy_in_force, standing_of
from core.access import token as by_token
from core.toasts import toast
from partners.models import EmailAddress, Partner


@by_token
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """Reading changes nothing, as a mail scanner reads; saving writes the ledger. The page names nobody: a letter may
    have been passed on.
    """
    agency, partner = by_link(token)
    form = PreferencesForm(request.POST if request.method == "POST" else None, initial={"purposes": wanted(partner)})
    if form.is_valid():
        choose_purposes(agency=agency, partner=partner, chosen=form.cleaned_data["purposes"])
        toast(request, _("Saved. It holds from now on."))
        return redirect("preferences", token)
    known = EmailAddress.objects.filter(partner=partner, not_valid_since=None).order_by("whose", "pk").first()
    context = {"form": form, "agency": agency.name, "address": masked(known.email, Mask.EMAIL) if known else ""}
    return TemplateResponse(request, "communications/preferences.html", context, status=422 if form.is_bound else 200)


def by_link(token: str) -> tuple[Agency, Partner]:
    """Agency and partner of a link, after entering the scope that it names. 404 for an address not made here."""
    try:
        holder = read(token)
    except signing.BadSignature:
        raise Http404 from None
    enter(Scope(agency_id=holder.agency_id))
    agency = Agency.objects.filter(pk=holder.agency_id).first()
    partner = Partner.objects.filter(pk=holder.partner_id).first()
    if agency is None or partner is None:
        raise Http404
    return agency, partner


def wanted(partner: Partner) -> list[str]:
    """What the partner gets as things stand."""
    entries, policy = standing_of(partner), policy_in_force()
    chosen = []
    for purpose in LETTERS:
        entry = entries.get((Channel.EMAIL, purpose))
        by_rule = entry is None and policy is not None and policy.covers(purpose)
        if by_rule or (entry is not None and entry.basis != Basis.OBJECTION):
            chosen.append(purpose.value)
    return chosen
