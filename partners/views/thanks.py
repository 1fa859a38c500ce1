"""Thanks for a gift: logged from the list of those that wait, and taken back."""

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.access import AgencyRequest, member
from core.toasts import toast
from partners import operations
from partners.forms.giving_reports import names_of
from partners.forms.thanks import ThankForm
from partners.models import Contact
from partners.reached import own_contact, team_thanking, thanked_for


@member(can="partners.care")
@require_POST
def gift_thank(request: AgencyRequest, pk: int) -> HttpResponse:
    """Log that the giver of a gift was thanked today: by the office, or in the field by the team that it was for."""
    seat = request.seat
    gift, partner = thanked_for(seat, pk)
    form = ThankForm(request.POST)
    if not form.is_valid():
        raise Http404
    made = operations.log_contact(
        agency=seat.agency,
        actor=request.user,
        partner=partner,
        unit=team_thanking(seat, gift, partner),
        channel=form.cleaned_data["channel"],
        outcome=Contact.Outcome.THANKED,
        happened_on=seat.agency.today(),
    )
    undo = reverse("thanks_take_back", args=[seat.agency.slug, made.pk])
    toast(request, _("Thanks to %(name)s logged.") % {"name": partner.name}, undo_url=undo)
    return to_list(request, form.cleaned_data["back"])


def to_list(request: AgencyRequest, query: str) -> HttpResponse:
    """Back to the list, with its own filter and nothing else of what was sent."""
    sent, back = QueryDict(query), QueryDict(mutable=True)
    for name in (*names_of("thanks"), "page", "sort"):
        if sent.get(name):
            back[name] = sent[name]
    address = reverse("giving_thanks", args=[request.seat.agency.slug])
    return redirect(f"{address}?{back.urlencode()}" if back else address)


@member(can="partners.care")
@require_POST
def thanks_take_back(request: AgencyRequest, pk: int) -> HttpResponse:
    """Thanks that were logged by mistake: the gift waits again."""
    found = own_contact(request.seat, pk)
    if found.outcome != Contact.Outcome.THANKED:
        raise Http404
    said = {"reason": _("logged by mistake")}
    operations.withdraw_contact(agency=request.seat.agency, actor=request.user, contact=found, **said)
    toast(request, _("Taken back. The gift waits for thanks again."))
    return redirect("giving_thanks", request.seat.agency.slug)
