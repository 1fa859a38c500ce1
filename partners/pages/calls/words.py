"""Safe words to say at the telephone. Every sentence is made of what stands in the books, with names that anybody may
hear: never a place, never what a closed unit is really called, never what a gift means for taxes.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.models import Agency
from core.money import Money
from funds.models import Designation
from partners.lateness import Bucket
from partners.models import Gift, Partner
from partners.pages.calls.found import paid_by
from partners.queries.calls.gifts import Given
from partners.queries.fulfilment import Standing


def spoken_parts(agency: Agency, currency: str, parts: list[Any]) -> str:
    """Where money went, as anybody may hear it: "Riverbend", or each part with its amount."""
    names = [spoken_place(part) for part in parts]
    if len(names) == 1:
        return names[0]
    amounts = [Money(part.amount, currency).format(agency.locale) for part in parts]
    return ", ".join(f"{name} ({amount})" for name, amount in zip(names, amounts, strict=True))


def spoken_place(part: Any) -> str:
    """A designation as it is said aloud. One that names a worker is a preference of the giver, and never a payee."""
    if part.designation_id is None:
        return _("a purpose that we still look for")
    if part.designation.kind == Designation.Kind.WORKER:
        return _("the work of %(name)s") % {"name": part.public_name}
    return str(part.public_name)


def of_gift(agency: Agency, given: Given) -> str:
    """What may be said of one gift."""
    gift = given.gift
    facts = {
        "amount": Money(abs(given.amount), gift.currency).format(agency.locale),
        "day": day_in_words(agency, gift.date),
        "for": spoken_parts(agency, gift.currency, given.lines),
        "by": paid_by(gift.method, gift.reference),
        "back": day_in_words(agency, given.refunds[-1].date) if given.refunds else "",
    }
    return what_happened(given, by=bool(facts["by"])) % facts


def what_happened(given: Given, *, by: bool) -> str:
    """The sentence for the state of a gift; `by` says that it tells how the gift came."""
    gift = given.gift
    if gift.withdrawn_at is not None:
        return taken_back(given)
    if gift.kind == Gift.Kind.CHARGEBACK:
        return _("On %(day)s the bank took %(amount)s back. Do you know why? I will gladly look into it with you.")
    if gift.amount < 0:
        return _("On %(day)s we sent %(amount)s back to you.")
    if given.refunds and sum(each.amount for each in given.refunds) + gift.amount == 0:
        return _("Your gift of %(amount)s of %(day)s went back on %(back)s.")
    if any(line.designation_id is None for line in given.lines):
        return _(
            "Your gift of %(amount)s of %(day)s is safe with us. We do not know yet what it is for: for which work did "
            "you give it?"
        )
    if gift.kind == Gift.Kind.IN_KIND:
        return _("Thank you for what you gave on %(day)s. It is recorded for %(for)s.")
    if by:
        return _("Thank you. Your gift of %(amount)s (%(by)s) arrived. It is dated %(day)s and goes to %(for)s.")
    return _("Thank you. Your gift of %(amount)s arrived. It is dated %(day)s and goes to %(for)s.")


def taken_back(given: Given) -> str:
    """The sentence for a gift that counts no more. Why it does not is free text, and not read out."""
    if given.correction is not None and given.correction.replacement_id:
        return _("We put your gift of %(amount)s of %(day)s right in our books. I will read you how it stands now.")
    return _("The entry of %(amount)s of %(day)s does not count: we took it back. I will find out for you why.")


def of_row(agency: Agency, row: Any, parts: list[Any]) -> str:
    """What may be said of a gift that is keyed and not posted: that it is here, and no day on which it will be done."""
    facts = {
        "amount": Money(row.amount, row.batch.currency).format(agency.locale),
        "by": paid_by(row.method, row.reference),
        "for": spoken_parts(agency, row.batch.currency, parts),
    }
    return (
        _("Your gift of %(amount)s (%(by)s) is here and being counted. It goes to %(for)s and is not booked yet.")
        % facts
    )


def of_promise(agency: Agency, promise: Any, now: Standing) -> str:
    """What may be said of a promise. A late one is told without reproach."""
    facts = {
        "amount": Money(promise.amount, promise.currency).format(agency.locale),
        "often": promise.get_frequency_display(),
        "for": spoken_place(promise),
        "last": day_in_words(agency, now.last_gift) if now.last_gift else "",
        "next": day_in_words(agency, now.next_due) if now.next_due else "",
    }
    if now.bucket == Bucket.ON_TIME and facts["last"]:
        return _("You promised %(amount)s %(often)s for %(for)s, and all of it has come. Thank you.") % facts
    if now.bucket in (Bucket.ON_TIME, Bucket.TO_COME):
        return _("You promised %(amount)s %(often)s for %(for)s. The first gift is expected by %(next)s.") % facts
    if facts["last"]:
        return (
            _(
                "Of your %(amount)s %(often)s for %(for)s the last one that we have is of %(last)s. Shall I look "
                "whether one went astray?"
            )
            % facts
        )
    return (
        _("Of your %(amount)s %(often)s for %(for)s nothing has reached us. Shall I look whether it went astray?")
        % facts
    )


def of_shift(agency: Agency, unit: str, day: date | None) -> str:
    """What may be said of the shift of a unit; nothing while no day is set."""
    if day is None:
        return ""
    facts = {"unit": unit, "day": day_in_words(agency, day)}
    if day > agency.today():
        said = _("From %(day)s on we will ask you to give to %(unit)s as a whole. Until then nothing changes.")
    else:
        said = _("Since %(day)s we ask partners to give to %(unit)s as a whole. The same people go on with their work.")
    return said % facts


def in_general(partner: Partner, holder: str) -> Iterator[str]:
    """What begins and ends a call."""
    if partner.deceased_on is None:
        yield _("Hello %(name)s, thank you for calling.") % {"name": partner.salutation()}
    else:
        yield _("I am sorry for your loss. With whom am I speaking?")
    if holder and partner.deceased_on is None:
        yield _("I will tell %(name)s that you called.") % {"name": holder}
    yield _("I write down what you asked, and somebody will come back to you.")
    yield _("For taxes: your statement of the year lists your gifts. What that means for you, an adviser can tell.")
