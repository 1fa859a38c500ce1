"""What contacts of other systems promised and where they stood comes in toward the designation that a person names."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from funds.models import Designation
from imports.models import ImportRun
from imports.operations import apply_import, check_import, receive_file, undo_import
from partners.imports.asked import frequency_of
from partners.models import Commitment, Partner, Stage
from partners.operations.commitment_changes import change_commitment
from partners.operations.commitments import add_commitment, end_commitment
from tests.imports.conftest import SAMPLES, harbor
from tests.partners.imports.formats.judging import judge, said

__all__ = ["harbor"]
Bring = Callable[..., ImportRun]
HEAD = "ContactID,File As,Full Name,Last/Family Name,Pledge Amount,Pledge Frequency,Pledge Start Date,MPD Phase\n"
RUTH = "1,Moab,Ruth Moab,Moab,50.00,1,7/1/2026,60\n"
EZRA = "2,Scribe,Ezra Scribe,Scribe,.00,0,,30\n"


@pytest.fixture
def toward(harbor: Agency, places: SimpleNamespace) -> str:
    """A designation of a unit."""
    code: str = places.mine.code
    return code


@pytest.fixture
def bring(harbor: Agency, alice: User) -> Bring:
    """Check and apply the text of a file, toward a designation."""

    def run(text: str, code: str = "", name: str = "contacts.csv") -> ImportRun:
        received = receive_file(agency=harbor, actor=alice, name=name, content=text.encode(), check=False)
        received.toward = code
        received.save()
        return apply_import(agency=harbor, actor=alice, run=check_import(agency=harbor, run=received))

    return run


def promises() -> list[tuple[int, str, dt.date, dt.date | None]]:
    """Every promise in the order in which it came."""
    return list(Commitment.objects.order_by("pk").values_list("amount", "frequency", "starts_on", "ends_on"))


def stages() -> list[tuple[str, str, str]]:
    return sorted(Stage.objects.standing().values_list("partner__name", "kind", "reason"))


def test_without_a_designation_they_wait(bring: Bring) -> None:
    run = bring(HEAD + RUTH + EZRA)
    assert run.outcome["toward_wanted"] == {"promises": 1, "stages": 2}
    assert (promises(), stages(), Partner.objects.filter(import_run=run).count()) == ([], [], 2)


def test_toward_a_designation_they_come_once_and_go_with_the_undo(
    bring: Bring, harbor: Agency, alice: User, toward: str
) -> None:
    run = bring(HEAD + RUTH + EZRA, toward)
    first = [(5000, "monthly", dt.date(2026, 7, 1), None)]
    assert promises() == first
    assert stages() == [("Ezra Scribe", "initiation", "30"), ("Ruth Moab", "partner_care", "60")]
    assert (run.applied["commitments"], run.applied["stages"]) == (1, 2)
    again = bring(HEAD + RUTH + EZRA + "\n", toward)
    assert (promises(), again.applied["commitments"]) == (first, 0)
    undone = undo_import(agency=harbor, actor=alice, run=run, reason="wrong file").undone
    assert undone["taken"] == {"partners": 2, "commitments": 1, "stages": 2}
    assert (promises(), stages(), Partner.objects.filter(import_run=run).count()) == ([], [], 0)


def test_what_the_file_tells_otherwise_follows_and_its_undo_brings_the_first_back(
    bring: Bring, harbor: Agency, alice: User, toward: str
) -> None:
    bring(HEAD + RUTH, toward)
    later = bring(HEAD + RUTH.replace("50.00", "75.00").replace("7/1/2026", "9/1/2026"), toward)
    assert promises() == [
        (5000, "monthly", dt.date(2026, 7, 1), dt.date(2026, 8, 31)),
        (7500, "monthly", dt.date(2026, 9, 1), None),
    ]
    undo_import(agency=harbor, actor=alice, run=later, reason="wrong file")
    assert promises() == [(5000, "monthly", dt.date(2026, 7, 1), None)]


def test_another_amount_without_another_day_holds_from_today(bring: Bring, harbor: Agency, toward: str) -> None:
    bring(HEAD + RUTH, toward)
    bring(HEAD + RUTH.replace("50.00", "75.00"), toward)
    today = harbor.today()
    assert promises() == [
        (5000, "monthly", dt.date(2026, 7, 1), today - dt.timedelta(days=1)),
        (7500, "monthly", today, None),
    ]


def test_what_a_person_did_here_counts_more(bring: Bring, harbor: Agency, alice: User, toward: str) -> None:
    bring(HEAD + RUTH + EZRA, toward)
    promise = Commitment.objects.get()
    end_commitment(agency=harbor, actor=alice, commitment=promise, on=dt.date(2026, 10, 1), reason="moved away")
    bring(HEAD + RUTH.replace("50.00", "80.00").replace(",60", ",90") + EZRA, toward)
    assert promises() == [(5000, "monthly", dt.date(2026, 7, 1), dt.date(2026, 10, 1))]
    assert stages()[1] == ("Ruth Moab", "partner_care", "60")


def test_a_promise_that_was_changed_here_or_made_by_hand_is_not_made_again(
    bring: Bring, harbor: Agency, alice: User, toward: str
) -> None:
    bring(HEAD + RUTH + EZRA, toward)
    change_commitment(
        agency=harbor,
        actor=alice,
        commitment=Commitment.objects.get(),
        amount=Money(6000, "USD"),
        frequency="monthly",
        starts_on=dt.date(2026, 8, 1),
    )
    ezra = Partner.objects.get(name="Ezra Scribe").giving_units.get()
    add_commitment(
        agency=harbor,
        actor=alice,
        giving_unit=ezra,
        designation=Designation.objects.get(code=toward),
        amount=Money(2000, "USD"),
        frequency="quarterly",
        starts_on=dt.date(2026, 8, 1),
    )
    before = promises()
    bring(HEAD + RUTH.replace("50.00", "75.00") + EZRA.replace(".00,0", "10.00,1"), toward)
    assert promises() == before


def test_a_promise_without_a_day_begins_today_once(bring: Bring, harbor: Agency, toward: str) -> None:
    text = (
        "first_name,last_name,email_1,email_2,status,commitment_amount,commitment_currency,commitment_frequency\n"
        "Ruth,Moab,r@x.org,,Partner - Financial,41.67,EUR,Quarterly\n"
    )
    bring(text, toward)
    bring(text + "\n", toward)
    assert promises() == [(4167, "quarterly", harbor.today(), None)]
    assert stages() == [("Ruth Moab", "partner_care", "Partner - Financial")]


@pytest.mark.parametrize(
    ("path", "commitments", "stages"),
    [("tnt/contacts_export.csv", 25, 89), ("tnt/database_export.xml", 8, 26), ("mpdx/contacts_export.csv", 23, 90)],
)
def test_the_samples(
    bring: Bring, harbor: Agency, alice: User, toward: str, path: str, commitments: int, stages: int
) -> None:
    received = receive_file(agency=harbor, actor=alice, name="x", content=SAMPLES / path, check=False)
    received.toward = toward
    received.save()
    checked = check_import(agency=harbor, run=received)
    assert (checked.outcome["commitments"], checked.outcome["stages"]) == (commitments, stages)
    assert not {"pledges", "phases"} & set(checked.outcome["left_out"])
    applied = apply_import(agency=harbor, actor=alice, run=checked)
    assert (applied.applied["commitments"], Commitment.objects.count()) == (commitments, commitments)
    undo_import(agency=harbor, actor=alice, run=applied, reason="wrong")
    assert (Commitment.objects.count(), Stage.objects.count(), Partner.objects.filter(import_run=applied).count()) == (
        0,
        0,
        0,
    )


def test_toward_a_designation_without_a_unit_no_stage_is_promised(bring: Bring) -> None:
    run = bring(HEAD + RUTH + EZRA, "0900101")
    assert (run.outcome["commitments"], run.outcome["toward_wanted"]) == (1, {"stages": 2})
    assert (len(promises()), stages(), run.outcome["left_out"]["phases"]) == (1, [], 2)


ROW = {
    "ContactID": "1",
    "File As": "Moab",
    "Full Name": "Ruth Moab",
    "Pledge Amount": "50.00",
    "Pledge Frequency": "1",
    "Pledge Start Date": "7/1/2026",
    "MPD Phase": "",
}


@pytest.mark.parametrize(
    ("changes", "warned"),
    [
        ({"Pledge Frequency": "5"}, [(1, "frequency")]),
        ({"Pledge Amount": "-50.00"}, [(1, "sign")]),
        ({"Pledge Amount": "fifty"}, [(1, "amount")]),
        ({"Pledge Amount": "10.005"}, [(1, "decimals")]),
    ],
)
def test_what_cannot_be_read_is_said_and_the_contact_comes_in(
    changes: dict[str, str], warned: list[tuple[int, str]]
) -> None:
    file = judge([ROW | changes], knows={"toward": "0100"})
    assert file.partners
    assert (said(file, "warnings"), said(file, "errors"), file.partners.asked.promises) == (warned, [], [])


@pytest.mark.parametrize("told", ["0.5", "0.50", "-1", "-0.25"])
def test_what_no_commitment_can_say_is_an_error_of_the_row_where_promises_come_in(told: str) -> None:
    row = ROW | {"Pledge Frequency": told}
    wrong, aside = judge([row], knows={"toward": "0100"}), judge([row])
    assert wrong.partners
    assert aside.partners
    assert (said(wrong, "errors"), wrong.partners.asked.promises, len(wrong.partners.imported)) == (
        [(1, "frequency")],
        [],
        0,
    )
    assert (said(aside, "errors"), len(aside.partners.imported)) == ([], 1)


def test_a_first_day_is_read_on_a_leap_day() -> None:
    file = judge([ROW], knows={"toward": "0100", "today": dt.date(2028, 2, 29)})
    assert file.partners
    assert file.partners.asked.promises[0].starts_on == dt.date(2026, 7, 1)


def test_a_day_that_is_none_leaves_the_day_open() -> None:
    file = judge([ROW | {"Pledge Start Date": "13/45/2026"}], knows={"toward": "0100"})
    assert file.partners
    assert (said(file, "warnings"), file.partners.asked.promises[0].starts_on) == ([(1, "date")], None)


@given(st.decimals(min_value=0, max_value=40, places=5))
def test_a_frequency_is_one_of_ours_or_none(months: Decimal) -> None:
    found = frequency_of(str(months))
    assert found in {"", *Commitment.Frequency.values}
    if found in {"monthly", "quarterly", "yearly"}:
        assert months == {"monthly": 1, "quarterly": 3, "yearly": 12}[found] or int(months * 100) % 100 == 0


@given(st.integers(min_value=1, max_value=10**11))
def test_the_amount_is_exact(minor: int) -> None:
    file = judge([ROW | {"Pledge Amount": f"{minor // 100:,}.{minor % 100:02}"}], knows={"toward": "0100"})
    assert file.partners
    assert [each.amount for each in file.partners.asked.promises] == [Money(minor, "USD")]
