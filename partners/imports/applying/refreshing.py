"""Partners whose number a file knows and who are reached otherwise now: what is new is added, what it stands in for
ends, and both are remembered, so that the undo of the import can put them back.
"""

from datetime import date
from typing import Any

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from partners.models import Address, EmailAddress, ImportMatch, Phone

PARTS = ("lines", "city", "region", "postal_code", "country")


def refreshed(agency: Agency, actor: User | None, match: ImportMatch) -> dict[str, Any]:
    """Give the partner the new ways that were chosen; return which came and which ended, and when."""
    before: dict[str, Any] = {"ended_on": last_day(agency, match).isoformat()}
    if "email" in match.fields:
        before |= {"emails": new_emails(agency, match), "emails_ended": ended_emails(agency, match)}
    if "phone" in match.fields:
        before |= {"phones": new_phones(agency, match), "phones_ended": ended_phones(agency, match)}
    if "address" in match.fields and match.told.get("lines"):
        before |= {"addresses_ended": ended_addresses(agency, match), "addresses": [new_address(agency, match)]}
    changes = {"import": match.import_run_id, "fields": list(match.fields)}
    label = f"partner {match.partner_id}"
    audit.record(actor=actor, verb="update partner by import", of=match.partner, label=label, changes=changes)
    return before


def last_day(agency: Agency, match: ImportMatch) -> date:
    """Since when the old ways do not hold: the day that the file tells of the address, else today."""
    today, told = agency.today(), match.told.get("changed", "")
    return min(date.fromisoformat(told), today) if told and "address" in match.fields else today


def told_lines(match: ImportMatch, name: str) -> list[str]:
    return [line for line in match.told.get(name, "").split("\n") if line]


def new_emails(agency: Agency, match: ImportMatch) -> list[int]:
    """Add those that the partner has not got meanwhile; their ids."""
    have = set(EmailAddress.objects.filter(partner=match.partner_id, whose="partner").values_list("norm", flat=True))
    new = [each for each in told_lines(match, "email") if each.strip().lower() not in have]
    made = [EmailAddress(agency=agency, partner_id=match.partner_id, email=each[:254]) for each in new]
    return [each.pk for each in EmailAddress.objects.bulk_create(made)]


def new_phones(agency: Agency, match: ImportMatch) -> list[int]:
    """The same of telephones."""
    have = set(Phone.objects.filter(partner=match.partner_id).values_list("number", flat=True))
    new = [each[:40] for each in told_lines(match, "phone") if each[:40] not in have]
    made = [Phone(agency=agency, partner_id=match.partner_id, number=each) for each in new]
    return [each.pk for each in Phone.objects.bulk_create(made)]


def new_address(agency: Agency, match: ImportMatch) -> int:
    """Add the address; its id. The day that the file tells of it stays with the match."""
    parts = {name: match.told.get(name, "") for name in PARTS}
    made: Address = Address.objects.create(agency=agency, partner_id=match.partner_id, **parts)
    return made.pk


def ended_emails(agency: Agency, match: ImportMatch) -> list[int]:
    """End those that the new ones stand in for; their ids."""
    standing = EmailAddress.objects.filter(partner=match.partner_id, whose="partner", not_valid_since=None)
    return ended(standing.filter(email__in=told_lines(match, "email_ends")), last_day(agency, match))


def ended_phones(agency: Agency, match: ImportMatch) -> list[int]:
    """The same of telephones."""
    standing = Phone.objects.filter(partner=match.partner_id, whose="partner", not_valid_since=None)
    return ended(standing.filter(number__in=told_lines(match, "phone_ends")), last_day(agency, match))


def ended_addresses(agency: Agency, match: ImportMatch) -> list[int]:
    """End those that held until now."""
    standing = Address.objects.filter(partner=match.partner_id, whose="partner", not_valid_since=None)
    return ended(standing, last_day(agency, match))


def ended(ways: Any, day: date) -> list[int]:
    """End these ways; their ids, in the order in which new ones stand in for them."""
    ids = list(ways.order_by("pk").values_list("pk", flat=True))
    ways.filter(pk__in=ids).update(not_valid_since=day)
    return ids
