"""The page behind the link in every letter: what would you like to get? And the one on which a wish is confirmed."""

from typing import Any, Final

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agencies.masking import Mask, masked
from agencies.models import Agency
from agencies.scope import Scope, enter
from communications.consent_links import preferences_path, read, read_wish
from communications.forms import PreferencesForm
from communications.models import Purpose
from communications.operations import Outcome, check_wish, choose_purposes, confirm_wish
from communications.operations.preferences import WishIsVoid
from communications.queries.consent import address_on_record, gets
from core.access import token as by_token
from core.toasts import toast
from partners.models import Partner

SAVED: Final = gettext_lazy("Saved. It holds from now on.")
WAITS: Final[dict[str, Any]] = {
    Outcome.ASKED: gettext_lazy(
        "To get more letters, open the mail that we have sent to %(address)s and confirm it there within a week. "
        "What you took off holds already."
    ),
    Outcome.UNREACHABLE: gettext_lazy(
        "To get more letters, please write to us: we know no e-mail address to which we could send a mail to confirm. "
        "What you took off holds already."
    ),
}


@by_token
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """Reading changes nothing, as a mail scanner reads; saving writes the ledger. The page names nobody: a letter may
    have been passed on.
    """
    try:
        holder = read(token)
    except signing.BadSignature:
        raise Http404 from None
    agency, partner = found(holder.agency_id, holder.partner_id)
    form = PreferencesForm(request.POST if request.method == "POST" else None, initial={"purposes": gets(partner)})
    address = masked(address_on_record(partner), Mask.EMAIL)
    if form.is_valid():
        chosen = form.cleaned_data["purposes"]
        outcome = choose_purposes(agency=agency, partner=partner, chosen=chosen, is_fresh=holder.is_fresh)
        if outcome in WAITS:
            messages.warning(request, WAITS[outcome] % {"address": address})
        else:
            toast(request, str(SAVED))
        return redirect("preferences", token)
    context = {"form": form, "agency": agency.name, "address": address}
    return TemplateResponse(request, "communications/preferences.html", context, status=422 if form.is_bound else 200)


@by_token
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preferences_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm what was wished on the preferences page: by the button only, since a mail scanner opens links."""
    try:
        wish = read_wish(token)
    except signing.SignatureExpired:
        return void(request)
    except signing.BadSignature:
        raise Http404 from None
    agency, partner = found(wish.agency_id, wish.partner_id)
    try:
        if request.method == "POST":
            confirm_wish(agency=agency, partner=partner, wish=wish)
            toast(request, str(SAVED))
            return redirect(preferences_path(agency.pk, partner.pk))
        check_wish(agency, partner, wish)
    except WishIsVoid:
        return void(request)
    context = {"agency": agency.name, "wished": [Purpose(purpose).label for purpose in wish.purposes]}
    return TemplateResponse(request, "communications/preferences_confirm.html", context)


def void(request: HttpRequest) -> HttpResponse:
    """The answer to a link that no longer holds: what may have happened, and where to go instead."""
    context = {"reason": WishIsVoid.message}
    return TemplateResponse(request, "communications/preferences_void.html", context, status=WishIsVoid.status)


def found(agency_id: int, partner_id: int) -> tuple[Agency, Partner]:
    """Agency and partner of a link of ours, after entering the scope that it names. 404 when they are gone."""
    enter(Scope(agency_id=agency_id))
    agency = Agency.objects.filter(pk=agency_id).first()
    partner = Partner.objects.filter(pk=partner_id).first()
    if agency is None or partner is None:
        raise Http404
    return agency, partner
