"""How partners belong together: the other one is found first."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from core.toasts import toast
from partners import operations
from partners.forms.relations import FindPartnerForm, RelationForm
from partners.models import Partner, Relation
from partners.pages.relations import found_others
from partners.views.partners import partner_or_404


@member(can="partners.edit")
@require_http_methods(["GET", "POST"])
def relation_add(request: AgencyRequest, pk: int) -> HttpResponse:
    """Say how a partner belongs to another: first `?q=` finds the other, `?other=` names it, then the form asks how."""
    seat, partner = request.seat, partner_or_404(request, pk)
    other = chosen(request, partner)
    if other is None:
        return find_other(request, partner)
    form = RelationForm(request.POST or None, partner=partner, other=other, initial={"other": other.pk})
    if form.is_valid():
        with shown_on(form):
            operations.relate(agency=seat.agency, actor=request.user, **form.arguments())
        if not form.errors:
            toast(request, _("Relation noted."))
            return redirect("partner", seat.agency.slug, pk)
    context = {"form": form, "partner": partner, "other": other}
    return TemplateResponse(request, "partners/relation_add.html", context, status=422 if form.errors else 200)


def chosen(request: AgencyRequest, partner: Partner) -> Partner | None:
    """The other partner of the address or of the form; one that is not here is nobody."""
    text = request.POST.get("other", request.GET.get("other", ""))
    if not (text.isascii() and text.isdigit()):
        return None
    found: Partner | None = Partner.objects.seen_by(request.seat).exclude(pk=partner.pk).filter(pk=text[:18]).first()
    return found


def find_other(request: AgencyRequest, partner: Partner) -> HttpResponse:
    """The page on which the other partner is found."""
    q = request.GET.get("q", "").strip()[:100]
    form = FindPartnerForm(request.GET or None)
    rows, more = found_others(request.seat, partner, q) if q else ([], False)
    context: dict[str, Any] = {"form": form, "partner": partner, "q": q, "rows": rows, "more": more}
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "partners/find_other.html", context, status=status)


@member(can="partners.edit")
@require_POST
def relation_end(request: AgencyRequest, pk: int) -> HttpResponse:
    """Two partners belong together in this way no more; `?of=` is the one whose page leads back."""
    seat, known = request.seat, Partner.objects.seen_by(request.seat)
    found: Relation = get_object_or_404(Relation.objects.filter(partner__in=known, other__in=known), pk=pk)
    operations.end_relation(agency=seat.agency, actor=request.user, relation=found)
    toast(request, _("Relation ended."))
    back = found.other_id if request.GET.get("of") == str(found.other_id) else found.partner_id
    return redirect("partner", seat.agency.slug, back)
