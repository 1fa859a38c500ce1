"""The address that a file brings to somebody who was here stands as of the day of the file."""

import datetime as dt

import pytest

from agencies.models import Agency
from imports.models import ImportRun
from partners.imports.applying.matches import file_day
from partners.models import ImportMatch

CAME = dt.datetime(2026, 5, 6, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("told", "outcome", "day"),
    [
        ({"changed": "2026-01-02"}, {"dates": ["2025-12-01", "2026-03-04"]}, dt.date(2026, 1, 2)),
        ({}, {"dates": ["2025-12-01", "2026-03-04"]}, dt.date(2026, 3, 4)),
        ({}, {"dates": []}, CAME.date()),
        ({}, {}, CAME.date()),
        ({"changed": "2999-01-01"}, {}, None),
    ],
)
def test_the_day_of_which_a_file_speaks(
    told: dict[str, str], outcome: dict[str, list[str]], day: dt.date | None
) -> None:
    agency = Agency(time_zone="UTC")
    match = ImportMatch(told=told, import_run=ImportRun(outcome=outcome, uploaded_at=CAME))
    assert file_day(agency, match) == (day or agency.today())
