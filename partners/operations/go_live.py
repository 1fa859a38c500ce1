"""Going live: old totals are taken in, differences explained, two people sign, and then the date takes force."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from agencies.operations import set_live_on
from core.errors import Refused
from funds.evidence import KIND
from funds.models import Designation
from partners.models import DifferenceNote, GoLiveSignature, OldTotals
from partners.queries.go_live import COUNTED, Comparison, Key, Resting, compared, resting_on, signatures
from ssu.operations import reopen_resting_on
from ssu.operations.second_person import need_another_person

PEOPLE: Final = 2
"""So many sign."""
FARTHEST: Final = timedelta(days=366)


class FiguresChanged(Refused):
    """One signs, or explains, what one has seen."""

    code = "figures_changed"
    message = "The figures have changed since you opened the page. Look at them again."


class Unexplained(Refused):
    """Every difference has its note before anybody signs."""

    code = "differences_unexplained"
    message = "Some differences have no note yet. Say of each why old and new differ, then sign."


class NothingToCompare(Refused):
    """History is signed against what the old system says."""

    code = "no_old_totals"
    message = "Gifts from before this day stand here. Upload the totals of your old system first."


class SignedBefore(Refused):
    """Two different people sign."""

    code = "signed_before"
    message = "You have signed these figures. Somebody else has to sign too."


class LiveTooFar(Refused):
    """From the go-live date on everything is news: a slip in the year would tell of old gifts as if they came today."""

    code = "live_too_far"
    status = 422
    field = "live_on"
    message = "The go-live date lies within a year of today. Look at the year."


class LiveBefore(Refused):
    """A date in force is taken back before another one is signed."""

    code = "live_before"
    message = "A go-live date is in force. Take it back with a reason before another one is signed."


class NotLive(Refused):
    """Only what is in force is taken back."""

    code = "not_live"
    message = "No go-live date is in force."


class ReasonMissing(Refused):
    """Who takes back says why."""

    code = "reason_missing"
    status = 422
    field = "reason"
    message = "Say why."


class LiveIsUsed(Refused):
    """What people were told cannot be untold; an import of what was told as news can be undone."""

    code = "live_is_used"
    message = "People were told of what happened since you are live."

    def __init__(self, rests: Resting) -> None:
        super().__init__(why_it_stays(rests))


class WithdrawnBefore(Refused):
    """A signature is withdrawn once."""

    code = "signature_withdrawn"
    message = "This signature was withdrawn already."


def held(agency: Agency) -> Agency:
    """The agency, locked: who signs at the same moment waits."""
    found: Agency = Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    return found


@transaction.atomic
def keep_old_totals(*, agency: Agency, actor: User, name: str, sha256: str, rows: Sequence[list[Any]]) -> OldTotals:
    """Keep what the old system says, in the place of what it said before. Raises LiveBefore."""
    if held(agency).live_on is not None:
        raise LiveBefore
    made: OldTotals = OldTotals.objects.create(
        agency=agency, file_name=name[:200], sha256=sha256, rows=list(rows), by=actor
    )
    audit.record(actor=actor, verb="bring in old totals", of=made, label=f"{len(rows)} totals")
    return made


@transaction.atomic
def explain_difference(
    *, agency: Agency, actor: User, live_on: date, key: Key, difference: int, note: str
) -> DifferenceNote:
    """Say why a line differs, by what it differs now. Raises FiguresChanged, ReasonMissing."""
    if not note.strip():
        raise ReasonMissing
    line = next((each for each in compared(live_on).lines if each.key == key), None)
    if line is None or not line.differs or line.difference != difference:
        raise FiguresChanged
    kind, code, month, currency = key
    made: DifferenceNote = DifferenceNote.objects.create(
        agency=agency,
        kind=kind,
        code=code,
        month=month,
        currency=currency,
        difference=difference,
        gifts=line.gifts,
        note=note.strip()[:500],
        by=actor,
    )
    audit.record(actor=actor, verb="explain difference", of=made, label=f"{code} {month} {currency}".strip())
    return made


@transaction.atomic
def sign_go_live(*, agency: Agency, actor: User, live_on: date, digest: str) -> GoLiveSignature:
    """Sign the figures with this digest. With the second person's signature under the same figures the date takes
    force; a signature counts while its signer may sign. Raises LiveBefore, LiveTooFar, FiguresChanged, Unexplained,
    NothingToCompare, SignedBefore, SpouseActed.
    """
    if held(agency).live_on is not None:
        raise LiveBefore
    if abs(live_on - agency.today()) > FARTHEST:
        raise LiveTooFar
    now = compared(live_on)
    check(now, digest)
    there = [each for each in signatures() if each.counts and (each.live_on, each.digest) == (live_on, digest)]
    need_another_person(actor, *(each.by_id for each in there), own=SignedBefore)
    made: GoLiveSignature = GoLiveSignature.objects.create(
        agency=agency, live_on=live_on, digest=digest, figures=now.figures(), by=actor, name=actor.name
    )
    audit.record(actor=actor, verb="sign go-live", of=made, label=f"{live_on} {digest[:12]}")
    if len({actor.pk, *(each.by_id for each in there)}) >= PEOPLE:
        set_live_on(agency=agency, actor=actor, live_on=live_on)
    return made


def check(now: Comparison, digest: str) -> None:
    """Refuse to sign what was not seen, what is not explained, and history without anything to hold it against."""
    if now.digest() != digest:
        raise FiguresChanged
    if now.has_history and not now.has_table:
        raise NothingToCompare
    if now.unexplained:
        raise Unexplained


@transaction.atomic
def withdraw_signature(*, agency: Agency, actor: User, signature: GoLiveSignature, reason: str) -> GoLiveSignature:
    """Take a signature back before the date is in force. Raises ReasonMissing, LiveBefore, WithdrawnBefore."""
    if not reason.strip():
        raise ReasonMissing
    if held(agency).live_on is not None:
        raise LiveBefore
    found: GoLiveSignature = GoLiveSignature.objects.select_for_update(of=("self",)).get(pk=signature.pk)
    if found.withdrawn_at is not None:
        raise WithdrawnBefore
    withdraw(found, actor, reason)
    audit.record(actor=actor, verb="withdraw signature", of=found, label=str(found), reason=reason.strip())
    return found


def withdraw(signature: GoLiveSignature, actor: User, reason: str) -> None:
    """Write down that it counts no more."""
    signature.withdrawn_at, signature.withdrawn_by = timezone.now(), actor
    signature.withdrawn_reason = reason.strip()[:250]
    signature.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])


@transaction.atomic
def take_back_go_live(*, agency: Agency, actor: User, reason: str) -> Agency:
    """Take the date out of force, and its signatures with it, while nothing rests on it. Raises ReasonMissing, NotLive,
    LiveIsUsed.
    """
    if not reason.strip():
        raise ReasonMissing
    stands = held(agency)
    if stands.live_on is None:
        raise NotLive
    if rests := resting_on(stands.live_on):
        raise LiveIsUsed(rests)
    for each in signatures():
        withdraw(each, actor, reason)
    gone = set_live_on(agency=agency, actor=actor, live_on=None, reason=reason.strip())
    ids = list(Designation.objects.filter(kind=Designation.Kind.UNIT).values_list("pk", flat=True))
    why = "The agency no longer works with this system."
    reopen_resting_on(agency=agency, actor=actor, kind=KIND, object_ids=ids, reason=why)
    return gone


def why_it_stays(rests: Resting) -> str:
    """What holds the date, and what can be done, in a sentence each."""
    if rests.told:
        return _(
            "The date stays: people were told what happened with commitments since you are live. Where old and new "
            "differ, correct the gift or the opening balance itself; each keeps its reason."
        )
    if rests.gifts == COUNTED:
        counted = _("More than 1,000 gifts were recorded since you are live, and were told as news.")
    else:
        counted = gifts_since(rests.gifts)
    remedy = _(
        "If an import brought them, undo it, then take the date back. Else keep the date and correct the gifts and "
        "opening balances where old and new differ; each keeps its reason."
    )
    return f"{counted} {remedy}"


def gifts_since(count: int) -> str:
    """How many gifts were told as news."""
    said = ngettext(
        "%(count)s gift was recorded since you are live, and was told as news.",
        "%(count)s gifts were recorded since you are live, and were told as news.",
        count,
    )
    return said % {"count": count}
