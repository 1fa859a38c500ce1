"""Words of states and rules."""

from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.days import day_in_words
from agencies.models import Agency
from handover.models import Case, PassingAct
from handover.states import OPEN

LABELS: Final = {OPEN: _("Waits for a new holder"), **dict(PassingAct.Kind.choices)}
TONES: Final = {OPEN: "warn", "named": "prog", "introduced": "done", "skipped": "none"}
RISK_RULE: Final = _(
    "Support is what each partner gave to this unit in the last 365 days, or what their open promises come to in a "
    "year, whichever is more; gifts without a name and goods are left out. At risk is the support of partners whom one "
    "person alone holds. The bus factor is the smallest number of holders whose leaving would leave half of all "
    "support or more with nobody. Each currency stands by itself."
)
ORDER_RULE: Final = _(
    "The place by giving and the place by depth are added; the smaller sum comes first. Giving: the largest share of "
    "what the partners of this page gave or promised in one currency in a year. Depth: contacts logged by the unit in "
    "three years (20 at most), years held, and 3 for who prays."
)
CHECK_RULE: Final = _(
    "What came since the exit is compared with what was due: payments of promises that held on the day before, due "
    "until ten days before the check; without a promise what was given in the same days of the year before. All of it "
    "came: kept giving. Nothing came: stopped. Each currency by itself; gifts without a name are left out."
)
CURVE_RULE: Final = _(
    "Partners of all hand-overs that you may know: what they gave to the unit in each whole month after the exit, as a "
    "share of what they gave a month in the twelve months before it. Only exits of which the month is over count in "
    "it; a partner of several exits counts once, from the first. Not told of fewer than three workers: one would be "
    "that person's own support."
)


def leaves_in_words(agency: Agency, case: Case) -> str:
    """ "Leaves on 23 Dec 2026", after that day "Left on 23 Dec 2026", "Was to leave on …" once it was called off."""
    words = gettext("Left on %(day)s") if case.leaves_on < agency.today() else gettext("Leaves on %(day)s")
    if case.called_off_at:
        words = gettext("Was to leave on %(day)s")
    return words % {"day": day_in_words(agency, case.leaves_on)}


def state_in_words(case: Case) -> str:
    """How far a case is."""
    if case.called_off_at:
        return gettext("Called off")
    return gettext("Closed") if case.closed_at else gettext("Open")
