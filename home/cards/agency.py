"""For the administrator: is the workspace complete and safe, and who waits for me?"""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from agencies.queries.invitations import held_invitations, waiting_invitations
from agencies.queries.people import people_without_second_factor
from agencies.seats import Seat
from delivery.queries import undecided
from home.cards.parts import Card, Row, Tile, url
from home.cards.units import confirmations
from imports.models import ImportRun
from imports.pages.runs import title_of
from jobs.models import Job
from jobs.queries import jobs_seen_by, titles_of
from ssu.models import ImpactGoal, Strategy, TeamMember, Unit


def setup_and_health(seat: Seat) -> list[Card]:
    """People, claims to confirm, units without leader or goal, and what failed."""
    return [safety(seat), confirmations(seat), units(seat), failures(seat)]


def safety(seat: Seat) -> Card:
    """Invitations that wait for their person, or for somebody here to send them, and people whose role needs a second
    factor that they have not.
    """
    held, pending = held_invitations().count(), waiting_invitations().count()
    unprotected = people_without_second_factor().count()
    tiles = [
        Tile(_("Invitations held"), str(held), _("not sent yet"), url(seat, "invitations_held")),
        Tile(_("Invitations pending"), str(pending), _("sent, not accepted yet"), url(seat, "people")),
        Tile(_("Without a second factor"), str(unprotected), _("administrators and finance"), url(seat, "people")),
    ]
    return Card(id="safety", title=_("People"), tiles=tiles)


def units(seat: Seat) -> Card:
    """Active units that nobody leads or that have no goal; before the first unit, what to do first."""
    if not Unit.objects.seen_by(seat).exists():
        return first_steps(seat)
    leaders = TeamMember.objects.filter(unit=OuterRef("pk"), role="leader", left_on=None)
    goals = ImpactGoal.objects.filter(unit=OuterRef("pk"), returned_at=None, dropped_at=None)
    found = Unit.objects.seen_by(seat).active().annotate(led=Exists(leaders), aims=Exists(goals))
    rows = []
    for unit in found:
        lacks = [word for word, there in ((_("no leader"), unit.led), (_("no impact goal"), unit.aims)) if not there]
        if lacks:
            why = _("has %(what)s") % {"what": _(" and ").join(lacks)}
            rows.append(Row(unit.shown_name, why, url(seat, "unit", unit.pk)))
    return Card(
        id="units",
        title=seat.agency.unit_words,
        rows=rows,
        quiet=_("Every unit has a leader and a goal."),
        action_label=_("Step matrix"),
        action_url=url(seat, "matrix"),
    )


def first_steps(seat: Seat) -> Card:
    """The way to the first unit: a strategy, then a unit in it. The link is for those who may go there."""
    unit = seat.agency.unit_word
    if Strategy.objects.exists():
        say, label, page = _("There is no %(unit)s yet. Add the first one."), _("Add %(unit)s"), "unit_add"
    else:
        say = _("There is no %(unit)s yet. Make a strategy first, then add the first one to it.")
        label, page = _("Add strategy"), "strategy_add"
    may = seat.can("units.edit")
    return Card(
        id="units",
        title=seat.agency.unit_words,
        quiet=say % {"unit": unit},
        action_label=label % {"unit": unit} if may else "",
        action_url=url(seat, page) if may else "",
    )


def failures(seat: Seat) -> Card:
    """What did not work and waits for somebody."""
    failed = list(jobs_seen_by(seat).filter(state=Job.State.FAILED)[:5])
    titles = titles_of(seat, failed)
    rows = [Row(titles[job.pk], job.error, url(seat, "job", job.pk), status=_("Failed"), tone="bad") for job in failed]
    refused = ImportRun.objects.filter(state=ImportRun.State.REFUSED).order_by("-uploaded_at")[:5]
    rows += [
        Row(title_of(run), run.outcome.get("message", ""), url(seat, "import", run.pk), status=_("Refused"), tone="bad")
        for run in refused
    ]
    unknown = undecided().count()
    if unknown:
        why = _("nobody knows whether they arrived")
        title = _("%(count)s messages") % {"count": unknown}
        rows.append(Row(title, why, url(seat, "outbox"), status=_("Decide"), tone="warn"))
    return Card(id="failures", title=_("Failed or stuck"), rows=rows, quiet=_("Nothing failed."))
