"""Keeping the matches of a file. What a person decided of a giver stands while the partner is the same."""

from collections.abc import Iterable

from django.utils import timezone

from agencies.models import Agency
from imports.models import ImportRun
from partners.imports.judged import JudgedPartner
from partners.imports.matching.finding import Match, key_of
from partners.models import ImportMatch

MOST = 20_000
BATCH = 1_000
"""So many matches of one file are kept: where more are alike, the numbers of the givers are of another source."""


def keep_matches(*, agency: Agency, run: ImportRun, found: Iterable[Match], propose: bool = True) -> int:
    """Put the matches of this judging in the place of those before, without those that were applied. propose: whoever
    is known by number and name and reached otherwise now is to be updated, unless a person decides otherwise. Returns
    how many givers are beyond MOST, to be told: new ones of them are added, known ones stay as they are.
    """
    there = {(each.source, each.number): each for each in ImportMatch.objects.filter(import_run=run)}
    new: list[ImportMatch] = []
    left: set[tuple[str, str]] = set()
    seen = {key for key, each in there.items() if each.applied_at is not None}
    for match in found:
        key = key_of(match.giver)
        if key in seen:
            continue
        if len(seen) >= MOST:
            left.add(key)
            continue
        seen.add(key)
        kept = there.get(key)
        if kept is None or kept.partner_id != match.partner or match.told not in (None, kept.told):
            new.append(made_of(agency, run, match, key, propose=propose))
            seen.add(key)
        else:
            there.pop(key)
    gone = [each.pk for key, each in there.items() if each.applied_at is None]
    ImportMatch.objects.filter(pk__in=gone).delete()
    ImportMatch.objects.bulk_create(new, batch_size=BATCH)
    return len(left)


def made_of(agency: Agency, run: ImportRun, match: Match, key: tuple[str, str], *, propose: bool) -> ImportMatch:
    """A match as it is kept; what is proposed counts as chosen by nobody."""
    giver, proposed = match.giver, propose and match.is_sure
    return ImportMatch(
        agency=agency,
        import_run=run,
        row=giver.row,
        line=giver.line,
        source=key[0],
        number=key[1],
        partner_id=match.partner,
        reason=match.reason,
        told=told_of(giver) if match.told is None else match.told,
        fields=list(match.fields),
        choice=ImportMatch.Choice.UPDATE if proposed else "",
        chosen_at=timezone.now() if proposed else None,
    )


def told_of(giver: JudgedPartner) -> dict[str, str]:
    """What a file says of a giver, by field; without what it says nothing of."""
    address = ", ".join(filter(None, (*giver.street, giver.postal_code, giver.city, giver.state, giver.country)))
    told = {
        "name": giver.display_name[:200],
        "email": next(iter(giver.emails), "")[:254],
        "phone": next(iter(giver.phones), "")[:40],
        "address": address,
        "lines": "\n".join(giver.street),
        "city": giver.city[:100],
        "region": giver.state[:100],
        "postal_code": giver.postal_code[:20],
        "country": giver.country[:60],
        "church": giver.church[:200],
        "greeting": giver.greeting[:120],
        "note": giver.note,
        "changed": giver.address_changed.isoformat() if giver.address_changed else "",
    }
    return {name: text for name, text in told.items() if text}
