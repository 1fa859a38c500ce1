"""The consent sheet of a member: for each measure and audience, how far its numbers may be used."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alliances import operations
from alliances.access import AllianceRequest, alliance_member
from alliances.forms.measures import ConsentForm
from alliances.models import Audience, Consent, Indicator, Member
from alliances.views.answers import acting, go, page
from core.toasts import toast


@alliance_member(can="consents.view")
@require_safe
def consents(request: AllianceRequest) -> HttpResponse:
    """Every measure by every audience; what is not said is no."""
    member, alliance = own_member(request), request.alliance_seat.alliance
    found = Consent.objects.in_force(alliance.today()).filter(member=member)
    in_force = {(each.indicator_id, each.audience): each.form for each in found}
    rows = [
        {
            "indicator": indicator,
            "id": f"measure-{indicator.pk}",
            "cells": [cell(indicator, audience, in_force) for audience in Audience],
        }
        for indicator in Indicator.objects.filter(retired_at=None)
    ]
    return page(request, "alliances/consents.html", rows=rows, choices=ConsentForm.base_fields["form"].choices)  # type: ignore[attr-defined]


def cell(indicator: Indicator, audience: Audience, in_force: dict[tuple[int, str], str]) -> dict[str, Any]:
    """One measure for one audience."""
    form = in_force.get((indicator.pk, audience), ConsentForm.NO)
    words = dict(ConsentForm.base_fields["form"].choices)  # type: ignore[attr-defined]
    return {"audience": audience, "label": audience.label, "form": form, "words": words[form]}


@alliance_member(can="consents.edit")
@require_POST
def consent_edit(request: AllianceRequest, pk: int) -> HttpResponse:
    """Give, change or revoke a consent. It holds from this moment."""
    member = own_member(request)
    indicator = get_object_or_404(Indicator, pk=pk)
    form = ConsentForm(request.POST)
    if not form.is_valid():
        raise Http404
    audience, wish = form.cleaned_data["audience"], form.cleaned_data["form"]
    if wish == ConsentForm.NO:
        operations.revoke_consent(**acting(request), member=member, indicator=indicator, audience=audience)
        toast(request, _("Consent taken back. Your number is in no new total; your own number is no longer shown."))
    else:
        operations.give_consent(**acting(request), member=member, indicator=indicator, audience=audience, form=wish)
        toast(request, _("Consent noted."))
    return go(request, "measure_consents")


def own_member(request: AllianceRequest) -> Member:
    """The reader's own organization; the backbone has no numbers to consent for."""
    member = request.alliance_seat.member
    if member is None:
        raise Http404
    return member
