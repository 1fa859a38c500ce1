"""Replies from a file: all that is wrong at once, all or nothing, the same file twice notes nothing twice."""

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from imports.reading.lists import Problem
from imports.reading.sheets import SheetRead, SheetRow
from partners.models import Commitment
from tests.cast import Visitor
from transition import operations
from transition.imports.replies import KnownShift, judge_replies
from transition.models import Kind, Shift, ShiftAct, Wave
from transition.proofs import prove_transition
from transition.reply_rows import COLUMNS, RepliesWrong, ReplyRow
from transition.states import acts_in_order

DAY = timedelta(days=1)
TODAY = date(2026, 3, 20)
KNOWN = {7: KnownShift("Ruth Moab", "USD"), 8: KnownShift("=Odd Name", "JPY")}
GOOD = {"number": "7", "giver": "Ruth Moab", "reply": "agreed", "replied_on": "2026-03-14", "how": "spoken"}
Visit = Callable[[User], Visitor]


def sheet(*rows: dict[str, str]) -> SheetRead:
    lines = (SheetRow(number, tuple(row.get(name, "") for name in COLUMNS)) for number, row in enumerate(rows, start=2))
    return SheetRead(COLUMNS, tuple(lines))


def judged(*rows: dict[str, str]) -> tuple[list[ReplyRow], list[Problem]]:
    return judge_replies(sheet(*rows), KNOWN, TODAY)


def test_what_a_row_says() -> None:
    rows, problems = judged(
        {"number": "9", "giver": "Nobody asked", "promised": "$5.00 monthly"},
        {**GOOD, "giver": "  ruth  MOAB", "moves_on": "46113", "amount": "60", "words": "Gladly"},
        {"number": "8", "giver": "'=Odd Name", "reply": "Left", "replied_on": "2026-03-14", "words": "Very ill"},
    )
    assert problems == []
    assert rows == [
        ReplyRow(3, 7, "agreed", date(2026, 3, 14), "spoken", None, date(2026, 4, 1), Money(6000, "USD"), "Gladly"),
        ReplyRow(4, 8, "left", date(2026, 3, 14), words="Very ill"),
    ]


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"number": "9"}, "number", "“9” is no commitment of this wave"),
        ({"number": "²"}, "number", "is no commitment of this wave"),
        ({"giver": "Anna"}, "giver", "7 is of “Ruth Moab”, not of “Anna”"),
        ({"reply": "yes"}, "reply", "Write one of agreed, declined, stopped, left"),
        ({"reply": ""}, "reply", "Write one of"),
        ({"replied_on": ""}, "replied_on", "The day is empty"),
        ({"replied_on": "3/4/2026"}, "replied_on", "month first or day first"),
        ({"replied_on": "2026-02-30"}, "replied_on", "There is no such day"),
        ({"how": "dove"}, "how", "one of spoken, letter, email"),
        ({"reply": "stopped"}, "last_day", "The day is empty"),
        ({"last_day": "2026-04-01"}, "last_day", "belongs to “stopped” alone"),
        ({"reply": "declined", "moves_on": "2026-04-01"}, "moves_on", "Only who agreed moves"),
        ({"amount": "60"}, "moves_on", "An amount belongs to a move"),
        ({"moves_on": "2026-04-01", "amount": "6o"}, "amount", "is not an amount"),
        ({"moves_on": "2026-04-01", "amount": "0"}, "amount", "above zero"),
        ({"words": "w" * 401}, "words", "longer than 400"),
        ({"reply": "left", "how": ""}, "words", "Say why"),
    ],
)
def test_what_is_wrong_with_a_row(cells: dict[str, str], column: str, words: str) -> None:
    rows, problems = judged({**GOOD, **cells})
    assert rows == []
    assert [(each.row, each.column) for each in problems] == [(2, column)]
    assert words in problems[0].message


def test_what_is_wrong_with_a_file() -> None:
    assert judged(GOOD, GOOD)[1] == [Problem(3, "number", "7 stands on row 2 too. Keep one of them.")]
    assert judged({"number": "7"})[1][0].message.startswith("No row has a reply.")
    assert judged(*[GOOD] * 501)[1][0].message == "The file has more than 500 replies. Split it."
    odd = SheetRead(("number", "answer"), (SheetRow(2, ("7", "yes")),))
    assert [each.column for each in judge_replies(odd, KNOWN, TODAY)[1]] == ["answer", "reply", "replied_on"]


@given(st.lists(st.fixed_dictionaries({name: st.text(max_size=12) for name in ("number", *COLUMNS[7:])}), max_size=4))
def test_any_cells_are_a_reply_or_a_problem(rows: list[dict[str, str]]) -> None:
    made, problems = judged(*rows)
    assert {each.shift for each in made} <= set(KNOWN)
    assert made or problems or not rows


@pytest.fixture
def three(opened: Callable[..., list[Shift]], promise: Callable[..., Commitment], inside: Agency) -> list[Shift]:
    """Moab, Boaz and Naomi promise $100 a month each, in a wave that was opened a hundred days ago; all were told."""
    on = inside.today() - 100 * DAY
    shifts = opened(*(promise(name, 10000) for name in ("Moab", "Boaz", "Naomi")), on=on)
    for each in shifts:
        operations.give_notice(agency=inside, actor=None, shift=each, on=on, how="letter")
    return shifts


@pytest.fixture
def replies(three: list[Shift], inside: Agency) -> list[ReplyRow]:
    on = inside.today() - 10 * DAY
    return [
        ReplyRow(2, three[0].pk, "agreed", on, "letter", moves_on=on + DAY, amount=Money(6000, "USD"), words="Gladly"),
        ReplyRow(3, three[1].pk, "declined", on, "email"),
        ReplyRow(4, three[2].pk, "stopped", on, "spoken", last_day=on),
    ]


def kinds(shift: Shift) -> list[str]:
    return [each.kind for each in acts_in_order(ShiftAct.objects.filter(shift=shift))]


def test_replies_are_noted_once(
    act: dict[str, Any], wave: Wave, three: list[Shift], replies: list[ReplyRow], inside: Agency
) -> None:
    assert operations.bring_replies(**act, wave=wave, rows=replies) == {"noted": 3, "there": 0}
    assert [kinds(each)[1:] for each in three] == [[Kind.AGREED, Kind.MOVED], [Kind.DECLINED], [Kind.STOPPED]]
    moved = Commitment.objects.get(follows=three[0].commitment)
    assert (moved.amount, moved.starts_on) == (6000, replies[0].moves_on)
    assert operations.bring_replies(**act, wave=wave, rows=replies) == {"noted": 0, "there": 3}
    assert prove_transition(inside).differences == []


def test_what_the_rules_of_the_acts_refuse_is_told_at_once_and_nothing_is_noted(
    act: dict[str, Any], wave: Wave, three: list[Shift], replies: list[ReplyRow], inside: Agency
) -> None:
    ahead = inside.today() + DAY
    wrong = [
        replies[0],
        ReplyRow(3, three[1].pk, "declined", ahead, "email"),
        ReplyRow(4, three[2].pk, "agreed", replies[0].on, "email", moves_on=replies[0].on - 200 * DAY),
        ReplyRow(5, 2**40, "declined", replies[0].on, "email"),
        ReplyRow(6, three[0].pk, "agreed", replies[0].on - 200 * DAY, "email"),
    ]
    operations.decline(**act, shift=three[0], on=replies[0].on, how="spoken")
    operations.agree(**act, shift=three[0], on=replies[0].on, how="spoken")
    with pytest.raises(RepliesWrong) as refused:
        operations.bring_replies(**act, wave=wave, rows=wrong, problems=[Problem(2, "how", "Write how it came")])
    assert [(each.row, each.column) for each in refused.value.problems] == [
        (2, "how"),
        (3, "replied_on"),
        (4, "moves_on"),
        (5, "number"),
        (6, "replied_on"),
        (6, "reply"),
    ]
    ShiftAct.objects.filter(kind__in=[Kind.DECLINED, Kind.AGREED]).update(taken_back_at=timezone.now())
    assert [kinds(each) for each in three] == [[Kind.NOTICED]] * 3
    assert Commitment.objects.filter(follows=three[0].commitment).count() == 0


def at(name: str, *args: Any) -> str:
    return reverse(name, args=["harbor", *args])


def upload(text: str) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("replies.csv", text.encode())}


def filled_in(listed: str, **cells: str) -> str:
    """The list of the wave, with these replies in each row."""
    rows = list(csv.DictReader(io.StringIO(listed.removeprefix("\ufeff"))))
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows({**row, **cells} for row in rows)
    return out.getvalue()


def test_the_list_goes_out_and_comes_back_with_replies(
    alice: User, confirmed: Visit, wave: Wave, three: list[Shift], inside: Agency
) -> None:
    browser, on = confirmed(alice), str(inside.today() - 10 * DAY)
    listed = browser.get(at("wave", wave.pk) + "?export=csv").content.decode()
    assert f"{three[0].pk},Ruth Moab,$100.00 monthly" in listed
    wrong = browser.post(at("wave_replies", wave.pk), upload(filled_in(listed, reply="maybe", replied_on=on)))
    assert (wrong.status_code, wrong.context["total"]) == (422, 3)
    untouched = browser.post(at("wave_replies", wave.pk), upload(listed))
    assert untouched.status_code == 422
    assert ShiftAct.objects.exclude(kind=Kind.NOTICED).count() == 0
    good = filled_in(listed, reply="declined", replied_on=on, how="email", words="Not now")
    assert browser.post(at("wave_replies", wave.pk), upload(good)).url == at("wave", wave.pk)
    assert [kinds(each) for each in three] == [[Kind.NOTICED, Kind.DECLINED]] * 3
    browser.post(at("wave_replies", wave.pk), upload(good))
    assert ShiftAct.objects.filter(kind=Kind.DECLINED).count() == 3


def test_by_program(alice: User, visit: Visit, wave: Wave, three: list[Shift], inside: Agency) -> None:
    browser, on = visit(alice), inside.today() - 10 * DAY
    text = f"number,reply,replied_on,how\n{three[0].pk},declined,{on},email\n"
    path = at("api_wave_replies", wave.pk)
    first, again = (browser.post(path, upload(text), headers={"Idempotency-Key": "k1"}) for _ in range(2))
    assert (first.status_code, first.json(), again.json()) == (200, {"noted": 1}, {"noted": 1})
    wrong = browser.post(path, upload(text.replace("declined", "perhaps")))
    assert (wrong.status_code, wrong.json()["code"], wrong.json()["problems"][0]["column"]) == (
        422,
        "replies_wrong",
        "reply",
    )


def test_who_only_reads_brings_nothing(
    mallory: User,
    bob: User,
    visit: Visit,
    wave: Wave,
    three: list[Shift],
    joins: Callable[..., Any],
) -> None:
    joins(bob, "board")
    assert visit(bob).get(at("wave_replies", wave.pk)).status_code == 403
    assert visit(mallory).get(at("wave_replies", wave.pk)).status_code == 404
