"""Files of partners and gifts: judged in a process of their own that can be killed, applied set by set (trust rule
T11).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from accounts.models import User
from agencies.models import Agency
from agencies.seats import Seat
from funds.models import Designation
from funds.queries import deposit_account, other_deposits
from imports.kinds import Checked, Corrections, Findings, Progress, Proposals, Undoing
from imports.mapping.rules import Rules
from imports.models import ImportRun
from imports.reading.child import run_in_child, stream_from_child
from imports.reading.findings import FileRefused, Found, KeptOut
from imports.reading.glance import ColumnSeen
from imports.reading.sniffing import is_packed
from partners.imports import outcome as outcomes
from partners.imports.applying import apply_judged
from partners.imports.checking import stream_found, stream_givers, stream_judged, stream_mentioned
from partners.imports.context import Context, GiftId
from partners.imports.earlier_gifts import earlier_lines
from partners.imports.erased import forget_brought
from partners.imports.formats import FORMATS
from partners.imports.formats.tnt_secrets import find_secrets, kept_bytes, may_hold_secrets
from partners.imports.known import context_of
from partners.imports.left_out import left_out_words
from partners.imports.mapped.facts import TARGETS
from partners.imports.mapped.ours import our_value, our_values
from partners.imports.mapped.proposing import kind_of, proposed
from partners.imports.matching.differing import differences_of
from partners.imports.matching.finding import matches_of
from partners.imports.matching.keeping import keep_matches
from partners.imports.movements import LineId
from partners.imports.opening import AUTO
from partners.imports.outcome import REJECT, Outcome
from partners.imports.row_notes import of_refusal
from partners.imports.sentences import ERASED
from partners.imports.statement_lines import known_payouts, lines_there
from partners.imports.undoing import look_at, take_back

TRUSTED = ("partners.imports.",)
RECENT = timedelta(days=62)
"""Files come by the month. One of history knows addresses of long ago."""


class Watched:
    """The findings, and whether any of them is of somebody who was erased."""

    def __init__(self, findings: Findings) -> None:
        self._findings, self.erased = findings, False
        self.hold, self.clear = findings.hold, findings.clear

    def add(self, found: list[Found]) -> None:
        """Take some more down."""
        self.erased = self.erased or any(each.reason == ERASED for each in found)
        self._findings.add(found)


class Giving:
    """How files of partners and gifts are checked and applied."""

    formats = tuple(FORMATS)
    targets = TARGETS

    def may_hold_secrets(self, head: bytes) -> bool:
        """Whether it may be an XML export of TntConnect, in the open or packed."""
        return is_packed(head) or may_hold_secrets(head)

    def without_secrets(self, data: bytes) -> bytes:
        """The export without sign-in names, passwords and keys."""
        return kept_bytes(data, partial(run_in_child, find_secrets))

    def proposals(self, columns: Sequence[ColumnSeen]) -> Proposals:
        """What a file with these columns probably is, and for each target which column holds which fact."""
        return Proposals(kind_of(columns), {target.name: proposed(target, columns) for target in TARGETS})

    def our_values(self, *, seat: Seat, kind: str, fact: str) -> list[tuple[str, str]]:
        """Designations by code; else the few words that we have. One query at most."""
        return our_values(seat, kind, fact)

    def our_value(self, *, kind: str, fact: str, text: str) -> str:
        """The code of a designation that is named by code or name; else a word of ours."""
        return our_value(kind, fact, text)

    def check(
        self,
        *,
        agency: Agency,
        path: Path,
        format_name: str,
        corrections: Corrections,
        findings: Findings,
        rules: Rules | None = None,
        toward: str = "",
    ) -> Checked:
        """Judge the file against what the agency knows; write nothing but findings."""
        answers = judged(stream_found, agency, path, format_name, corrections, rules, toward)
        outcome = next(answers)
        for answer in answers:
            if isinstance(answer, Outcome):  # refused on the way
                outcome = answer
                findings.clear()
            else:
                take_down(answer, findings)
        return checked(outcome)

    def apply(
        self,
        *,
        agency: Agency,
        actor: User | None,
        run: ImportRun,
        path: Path,
        format_name: str,
        corrections: Corrections,
        deposit: int | None,
        findings: Findings,
        progress: Progress,
        rules: Rules | None = None,
        toward: str = "",
    ) -> Checked:
        """Judge the file again and write its new partners, gifts and postings."""
        answers = judged(stream_judged, agency, path, format_name, corrections, rules, toward, lock=True)
        outcome = next(answers)
        if outcome.outcome == REJECT:
            return checked(outcome)
        watched = Watched(findings)
        batches = counted(rows_of(answers, watched), outcome, progress)
        made = apply_judged(agency=agency, actor=actor, run=run, batches=batches, deposit=deposit)
        forget_brought(agency=agency, run=run, named=watched.erased)
        return checked(outcome, made)

    def after_check(
        self, *, agency: Agency, run: ImportRun, path: Path, corrections: Corrections, rules: Rules | None
    ) -> None:
        """Find the givers of the file who may be partners that are there, and those who are reached otherwise now."""
        if run.outcome.get("donors") or run.outcome.get("donor_rows"):
            context = replace(context_of(agency), earlier={}, corrections=corrections, rules=rules)
            told = stream_from_child(stream_givers, path, context, run.wanted_format, trusted=TRUSTED)
            found = (match for batch in told for match in (*matches_of([batch]), *differences_of([batch])))
            left = keep_matches(agency=agency, run=run, found=found, propose=is_of_today(run.outcome, agency))
            if left:
                run.outcome = run.outcome | {"matches_left": left}
                run.save(update_fields=["outcome"])

    def deposits(self, *, agency: Agency) -> list[tuple[int, str]]:
        """The deposit accounts that take money today, the main one first."""
        main = deposit_account()
        return [(main.pk, main.name), *other_deposits(agency.today()).values_list("pk", "name")]

    def towards(self, *, seat: Seat) -> list[tuple[str, str]]:
        """The designations that are open today. One query."""
        found = Designation.objects.seen_by(seat).open_on(seat.agency.today()).values_list("code", "shown_name")
        return [(code, f"{code} {name}") for code, name in found]

    def toward(self, *, agency: Agency, text: str) -> str:
        """The code of an open designation that is named by code or name."""
        code = our_value("", "designation", text)
        return code if Designation.objects.open_on(agency.today()).filter(code=code).exists() else ""

    def left_out(self, outcome: Mapping[str, Any]) -> list[str]:
        """What the file holds and is not brought in, with counts."""
        return left_out_words(outcome)

    def look_at_undo(self, *, agency: Agency, run: ImportRun) -> Undoing:
        """What an undo would take back now, what would stay, and what holds it."""
        return look_at(agency=agency, run=run)

    def undo(
        self, *, agency: Agency, actor: User | None, run: ImportRun, check: Callable[[], None], progress: Progress
    ) -> dict[str, int]:
        """Reverse and withdraw its gifts, and remove what only this import made."""
        return take_back(agency=agency, actor=actor, run=run, check=check, progress=progress)


def is_of_today(outcome: Mapping[str, Any], agency: Agency) -> bool:
    """Whether what a file says of people is of these days: its last gift is no older than RECENT, or it has none."""
    days = outcome.get("dates")
    return not days or date.fromisoformat(days[-1]) >= agency.today() - RECENT


def judged(
    stream: Callable[..., Iterator[Any]],
    agency: Agency,
    path: Path,
    format_name: str,
    corrections: Corrections,
    rules: Rules | None = None,
    toward: str = "",
    *,
    lock: bool = False,
) -> Iterator[Any]:
    """Yield what the judge's stream does: the outcome, then findings, then perhaps rows, in lists. A file that turns
    out unreadable on the way has a second outcome. The file is read in a child process, which has no database.

    lock: keep the gifts that the file mentions as they are judged until the transaction ends.
    """
    try:
        context = replace(context_of(agency), earlier={}, corrections=corrections, rules=rules, toward=toward)
        if toward:
            of_unit = Designation.objects.filter(code=toward, unit__isnull=False)
            context = replace(context, toward_unit=of_unit.exists())
        gifts, lines = mentioned_in(path, context, format_name)
        there, payouts = lines_there(lines), known_payouts(lines)
        context = replace(context, earlier=earlier_lines(gifts, lock=lock), lines=there, payouts=payouts)
        yield from stream_from_child(stream, path, context, format_name, trusted=TRUSTED)
    except FileRefused as refusal:
        yield outcomes.refused("" if format_name == AUTO else format_name, refusal)
        yield list(of_refusal(refusal).found())


def rows_of(answers: Iterator[Any], findings: Findings) -> Iterator[Any]:
    """The lists of rows; findings are taken down as they go by. Raises FileRefused when the judge gives up."""
    for answer in answers:
        if isinstance(answer, Outcome):
            raise FileRefused(answer.reason, answer.message)
        if not take_down(answer, findings):
            yield answer


def take_down(told: list[Any], findings: Findings) -> bool:
    """Take down what is said of rows, and those that are kept out; say whether it was that."""
    if isinstance(told[0], Found):
        findings.add(told)
    elif isinstance(told[0], KeptOut):
        findings.hold(told)
    else:
        return False
    return True


def mentioned_in(path: Path, context: Context, format_name: str) -> tuple[set[GiftId], set[LineId]]:
    """The gifts and the statement lines that the file names, to look up which are there already."""
    batches = stream_from_child(stream_mentioned, path, context, format_name, trusted=TRUSTED)
    named = [each for batch in batches for each in batch]
    return {each for each in named if len(each) == 2}, {each for each in named if len(each) == 3}


def counted(batches: Iterator[Any], outcome: Outcome, progress: Progress) -> Iterator[Any]:
    """The batches, telling the progress as they go by."""
    done = 0
    for batch in batches:
        yield batch
        done += len(batch)
        progress(min(done, outcome.rows), outcome.rows)


def checked(outcome: Outcome, made: dict[str, int] | None = None) -> Checked:
    return Checked(outcome.format, outcome.outcome == REJECT, outcome.as_json(), made or {})
