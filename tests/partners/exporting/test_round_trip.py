"""What leaves as a file comes back: in another agency with the same figures, in the same one without any effect."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from agencies.scope import Scope
from imports.models import ImportRun
from partners.documents import datasync, gifts, people, promises
from partners.imports.formats.commitments import COMMITMENTS
from partners.imports.formats.datasync import DATASYNC_DONORS, DATASYNC_GIFTS
from partners.imports.formats.generic import GENERIC_GIFTS, GENERIC_PARTNERS
from partners.keys import JOINT
from partners.models import Partner
from partners.operations.partners import update_partner
from partners.operations.tags import add_tag, give_tag
from tests.imports.conftest import SAMPLES, harbor
from tests.partners.exporting.trips import brought, numbers, open_designations, per_designation, seat_for, taken, told

__all__ = ["harbor"]
TRIPS = {
    "datasync": (["tnt/hlm_full.tntdatasync"], "tntdatasync", ["partners", "gifts"]),
    "canonical": (
        ["generic/partners.csv", "generic/gifts.csv", "generic/commitments.csv"],
        "canonical",
        ["partners", "gifts", "commitments", "commitments?late=ended"],
    ),
}
KINDS_OF_DATASYNC = {"church", "foundation", "business", "fund_sponsor"}


@pytest.mark.parametrize("trip", TRIPS)
def test_there_and_back(
    trip: str, harbor: Agency, alice: User, elsewhere: Agency, mallory: User, tmp_path: Path
) -> None:
    samples, kind, lists = TRIPS[trip]
    for sample in samples:
        brought(harbor, alice, shortened(SAMPLES / sample, tmp_path))
    if kind == "canonical":
        mark_some(harbor, alice)
    seat = seat_for(harbor, alice)
    files = [taken(seat, what, kind, tmp_path, query) for what, _, query in (each.partition("?") for each in lists)]
    here, known, sums = told(), numbers(), per_designation()
    assert len(here["gifts"]) > 500
    assert any(number.startswith("000") for number in known)

    for file in files:
        run = brought(harbor, alice, file)
        assert (run.applied.get("gift_lines", 0), run.applied.get("partners", 0)) == (0, 0)
        assert findings(run, "conflicts") == findings(run, "errors") == []
    assert (told(), numbers()) == (here, known)

    with scope.within(Scope(agency_id=elsewhere.pk)):
        open_designations(elsewhere, mallory)
        for file in files:
            assert findings(brought(elsewhere, mallory, file), "errors") == []
        assert per_designation() == sums
        assert Counter(number.rpartition(JOINT)[2] for number in numbers().elements()) == known
        assert told() == here


def mark_some(agency: Agency, actor: User) -> None:
    """Deaths, languages and tags, which only our own file tells."""
    first, second = Partner.objects.order_by("pk")[:2]
    update_partner(agency=agency, actor=actor, partner=first, deceased_on=date(2026, 3, 1), language="es")
    Partner.objects.filter(pk=second.pk).update(deceased_on=agency.today(), death_day_known=False)
    for name in ("prayer", 'The "first", and best'):
        tag = add_tag(agency=agency, actor=actor, name=name)
        give_tag(agency=agency, actor=actor, tag=tag, partners=Partner.objects.filter(pk=first.pk))


def shortened(sample: Path, folder: Path) -> Path:
    """A sample whose first rows tell enough."""
    if sample.suffix != ".csv":
        return sample
    short = folder / sample.name
    short.write_text("".join(sample.read_text().splitlines(keepends=True)[:901]))
    return short


def findings(run: ImportRun, kind: str) -> list[tuple[str, str, str]]:
    return list(run.findings.filter(kind=kind).values_list("key", "reason", "message"))


def test_every_column_is_one_that_the_import_reads() -> None:
    """What is written under a name that the import passes over would be lost without a word."""
    for columns, layout in (
        (people.FACTS, GENERIC_PARTNERS),
        (gifts.FACTS, GENERIC_GIFTS),
        (promises.FACTS, COMMITMENTS),
    ):
        assert set(columns) <= set(layout.columns)
    for section, layout in ((datasync.DONORS, DATASYNC_DONORS), (datasync.GIFTS | datasync.KEY_COLUMN, DATASYNC_GIFTS)):
        known = {column: fact for fact, column in layout.columns.items()}
        empty = {name: fact for name, fact in section.items() if name not in known}
        assert set(empty.values()) <= {"spouse_middle_name", "spouse_suffix"}
        assert {name: known[name] for name in section if name in known} == {
            name: fact for name, fact in section.items() if name in known
        }
