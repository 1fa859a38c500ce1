"""Thanks for a gift: logged from the list of those that wait, and taken back."""

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.access import AgencyRequest, member
from agencies.seats import Seat
from core.toasts import toast
from partners import operations
from partners.forms.giving_reports import names_of
from partners.forms.thanks import ThankForm
from partners.models import Contact, Gift, Partner
from partners.models.discretion import in_field
from partners.queries.care import is_office, units_in_care
from partners.queries.giving_reports.lines import seen
from partners.reached import cared_partner, own_contact
from ssu.models import Unit


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


def thanked_for(seat: Seat, pk: int) -> tuple[Gift, Partner]:
    """A gift whose giver the seat may know and care for; 404 for all others, whether they exist or not."""
    gifts = Gift.objects.standing().filter(pk__in=seen(seat).values("gift"), amount__gt=0)
    if in_field(seat):
        gifts = gifts.filter(anonymous=False)
    gift = get_object_or_404(gifts.exclude(giving_unit__partner=None).select_related("giving_unit"), pk=pk)
    return gift, cared_partner(seat, gift.giving_unit.partner_id)


def team_thanking(seat: Seat, gift: Gift, partner: Partner) -> Unit | None:
    """In whose name thanks are said: the office's, or that of the first team of the gift in which the seat cares for
    the partner. 404 where there is none.
    """
    if is_office(seat):
        return None
    units = units_in_care(seat, partner).filter(pk__in=gift.lines.values("designation__unit")).order_by("pk")
    found: Unit | None = units.first()
    if found is None:
        raise Http404
    return found


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
