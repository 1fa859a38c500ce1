"""Prayer: strategy, rhythms, and what is prayed for. Nothing on these pages counts or compares answers."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliances import operations
from alliances.access import AllianceRequest, alliance_member
from alliances.forms.prayer import AnswerForm, AskForm, RhythmForm, StrategyForm
from alliances.models import Member, MemberState, PrayerRequest, PrayerStrategy, Rhythm
from alliances.views.answers import acting, go, page
from core.refusals import shown_on
from core.toasts import toast

ANSWERED = 20
"""How many answered requests are told on the page, the newest first."""
FORM = ["GET", "HEAD", "POST"]


@alliance_member(can="prayer.view")
@require_safe
def prayer(request: AllianceRequest) -> HttpResponse:
    """How we pray, when, for what, and what was answered."""
    seat = request.alliance_seat
    requests = PrayerRequest.objects.select_related("member", "asked_by")
    return page(
        request,
        "alliances/prayer.html",
        strategy=PrayerStrategy.objects.select_related("adopted_by").order_by("-number").first(),
        rhythms=Rhythm.objects.filter(ended_at=None).select_related("host").order_by("pk"),
        requests=requests.current(seat.alliance.today()),
        answered=requests.answered().order_by("-answered_at", "-pk")[:ANSWERED],
        mine=seat.member.pk if seat.member else None,
    )


@alliance_member(can="prayer.ask")
@require_http_methods(FORM)
def prayer_ask(request: AllianceRequest) -> HttpResponse:
    """Name something to pray for."""
    form = AskForm(request.POST or None)
    if form.is_valid():
        operations.ask_prayer(**acting(request), member=request.alliance_seat.member, **form.cleaned_data)
        toast(request, _("Request added."))
        return go(request, "prayer")
    return page(request, "alliances/prayer_ask.html", form)


@alliance_member(can="prayer.ask")
@require_http_methods(FORM)
def prayer_answer(request: AllianceRequest, pk: int) -> HttpResponse:
    """Tell how an own request was answered."""
    asked = own_request(request, pk)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            operations.answer_prayer(**acting(request), request=asked, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Thank you for telling."))
            return go(request, "prayer")
    return page(request, "alliances/prayer_answer.html", form, asked=asked)


@alliance_member(can="prayer.ask")
@require_POST
def prayer_close(request: AllianceRequest, pk: int) -> HttpResponse:
    """Take an own request off the list."""
    operations.close_prayer(**acting(request), request=own_request(request, pk))
    toast(request, _("Request closed."))
    return go(request, "prayer")


def own_request(request: AllianceRequest, pk: int) -> PrayerRequest:
    """A request of the reader's own organization, else 404."""
    found: PrayerRequest = get_object_or_404(PrayerRequest.objects.filter(member=request.alliance_seat.member), pk=pk)
    return found


@alliance_member(can="prayer.shape")
@require_http_methods(FORM)
def prayer_strategy(request: AllianceRequest) -> HttpResponse:
    """Set down how the alliance prays, as a further version."""
    last = PrayerStrategy.objects.order_by("-number").first()
    form = StrategyForm(request.POST or None, initial={"text": last.text if last else ""})
    if form.is_valid():
        operations.adopt_strategy(**acting(request), **form.cleaned_data)
        toast(request, _("Prayer strategy saved."))
        return go(request, "prayer")
    return page(request, "alliances/prayer_strategy.html", form)


@alliance_member(can="prayer.shape")
@require_http_methods(FORM)
def rhythm_add(request: AllianceRequest) -> HttpResponse:
    """Agree on a recurring time to pray."""
    hosts = Member.objects.filter(state=MemberState.ACTIVE).order_by("organization")
    form = RhythmForm(request.POST or None, members=hosts)
    if form.is_valid():
        operations.begin_rhythm(**acting(request), **form.cleaned_data)
        toast(request, _("Rhythm added."))
        return go(request, "prayer")
    return page(request, "alliances/rhythm_add.html", form)


@alliance_member(can="prayer.shape")
@require_POST
def rhythm_end(request: AllianceRequest, pk: int) -> HttpResponse:
    """Let a rhythm end."""
    rhythm = get_object_or_404(Rhythm.objects.filter(ended_at=None), pk=pk)
    operations.end_rhythm(**acting(request), rhythm=rhythm)
    toast(request, _("Rhythm ended."))
    return go(request, "prayer")
