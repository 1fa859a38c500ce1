"""What a person decided of givers who may be partners: the partner takes the number and what was chosen, or nobody is
added.
"""

from datetime import date, datetime, time
from typing import Any

from django.db import connection
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from imports.models import ImportRun
from partners.imports.applying.refreshing import refreshed
from partners.models import Address, EmailAddress, ImportMatch, Partner, Phone

DECIDED = """
UPDATE judged_partner j SET verdict = m.choice FROM partners_importmatch m
WHERE m.agency_id = %(agency)s AND m.import_run_id = %(run)s AND m.choice IN ('update', 'skip')
  AND m.source = j.source AND m.number = j.number AND j.verdict = 'create' AND NOT EXISTS (
    SELECT FROM partners_externalid e WHERE e.agency_id = m.agency_id AND e.source = m.source AND e.norm = m.number
  )
"""
NUMBERS = """
INSERT INTO partners_externalid (agency_id, partner_id, source, value, norm)
SELECT DISTINCT ON (m.id) m.agency_id, m.partner_id, m.source, coalesce(nullif(j.number_as_given, ''), m.number),
  m.number
FROM partners_importmatch m JOIN judged_partner j ON j.source = m.source AND j.number = m.number
WHERE m.agency_id = %(agency)s AND m.import_run_id = %(run)s AND j.verdict = 'update'
ON CONFLICT DO NOTHING
"""
# A gift of somebody who was left out waits for a person.
UNKNOWN = """
UPDATE judged_line l SET review = l.review || '["unidentified_donor"]' FROM judged_partner j
WHERE j.verdict = 'skip' AND l.source = j.source AND l.donor = j.number AND NOT l.review ? 'unidentified_donor'
"""
# Whose number is known takes what is new, or stays as they are; their gifts come to them either way.
KNOWN = """
UPDATE judged_partner j SET verdict = 'update' FROM partners_importmatch m
WHERE m.agency_id = %(agency)s AND m.import_run_id = %(run)s AND m.reason = 'number' AND m.choice = 'update'
  AND m.source = j.source AND m.number = j.number AND j.verdict = 'create' AND EXISTS (
    SELECT FROM partners_externalid e WHERE e.agency_id = m.agency_id AND e.source = m.source AND e.norm = m.number
      AND e.partner_id = m.partner_id
  )
"""
TAKING = """
SELECT DISTINCT m.id FROM partners_importmatch m
JOIN judged_partner j ON j.source = m.source AND j.number = m.number
WHERE m.agency_id = %(agency)s AND m.import_run_id = %(run)s AND m.applied_at IS NULL
  AND (j.verdict IN ('update', 'skip') OR (m.reason = 'number' AND m.choice = 'skip'))
"""
SCALARS = ("church", "greeting", "note")


def settle_matches(*, agency: Agency, actor: User | None, run: ImportRun, values: dict[str, Any]) -> None:
    """Do what was decided, before partners are made of the rest."""
    with connection.cursor() as cursor:
        for statement in (DECIDED, KNOWN, NUMBERS, UNKNOWN):
            cursor.execute(statement, values)
        cursor.execute(TAKING, values)
        ids = [pk for (pk,) in cursor.fetchall()]
    for match in ImportMatch.objects.filter(pk__in=ids).select_related("partner", "import_run").order_by("pk"):
        match.before = taken(agency, actor, match) if match.choice == ImportMatch.Choice.UPDATE else {}
        match.applied_at = timezone.now()
        match.save(update_fields=["before", "applied_at"])


def taken(agency: Agency, actor: User | None, match: ImportMatch) -> dict[str, Any]:
    """Give the partner the fields that were chosen; return what stood there, so that it can be put back."""
    if match.reason == ImportMatch.Reason.NUMBER:
        return refreshed(agency, actor, match)
    before: dict[str, Any] = {}
    partner, told = match.partner, match.told
    scalars = [name for name in SCALARS if name in match.fields and told.get(name)]
    if scalars:
        before["fields"] = {name: [getattr(partner, name), told[name]] for name in scalars}
        Partner.objects.filter(pk=partner.pk).update(**{name: told[name] for name in scalars})
    if "email" in match.fields and told.get("email"):
        before["email"] = new_email(agency, partner, told["email"])
    if "phone" in match.fields and told.get("phone"):
        before["phone"] = new_phone(agency, partner, told["phone"])
    if "address" in match.fields and told.get("lines", told.get("city")):
        before |= new_address(agency, partner, told, file_day(agency, match))
    label = f"partner {partner.pk}"
    changes = {"import": match.import_run_id, "fields": list(match.fields)}
    audit.record(actor=actor, verb="update partner by import", of=partner, label=label, changes=changes)
    return before


def new_email(agency: Agency, partner: Partner, email: str) -> int | None:
    """Add an address that the partner has not got; its id."""
    if EmailAddress.objects.filter(partner=partner, whose="partner", norm=email.strip().lower()).exists():
        return None
    made: EmailAddress = EmailAddress.objects.create(
        agency=agency, partner=partner, email=email, added_at=timezone.now()
    )
    return made.pk


def new_phone(agency: Agency, partner: Partner, number: str) -> int | None:
    """Add a number that the partner has not got; its id."""
    digits = "".join(sign for sign in number if sign.isascii() and sign.isdigit())
    if Phone.objects.filter(partner=partner, digits=digits).exists():
        return None
    made: Phone = Phone.objects.create(agency=agency, partner=partner, number=number, added_at=timezone.now())
    return made.pk


def file_day(agency: Agency, match: ImportMatch) -> date:
    """The day of which a file speaks: what it tells of the address itself, else its newest gift, else when it came."""
    run, today = match.import_run, agency.today()
    days = [match.told.get("changed", ""), *run.outcome.get("dates", [])[-1:]]
    told = next((date.fromisoformat(day) for day in days if day), run.uploaded_at.astimezone(agency.zone).date())
    return min(told, today)


def new_address(agency: Agency, partner: Partner, told: dict[str, str], day: date) -> dict[str, Any]:
    """Add the address as of the day of its file, and end those that held until today. So a later file that knows a
    newer one is not held to be older than what was read today.
    """
    parts = {name: told.get(name, "") for name in ("lines", "city", "region", "postal_code", "country")}
    standing = Address.objects.filter(partner=partner, whose="partner", not_valid_since=None)
    if standing.filter(**parts).exists():
        return {}
    ended = list(standing.values_list("pk", flat=True))
    standing.update(not_valid_since=agency.today())
    added_at = datetime.combine(day, time(12), agency.zone)
    made = Address.objects.create(agency=agency, partner=partner, added_at=added_at, **parts)
    return {"address": made.pk, "ended": ended, "ended_on": agency.today().isoformat()}
