"""`docs/WORKED-EXAMPLE.md` says what the app shows: its tables are read, and each figure is held against it."""

from collections.abc import Callable, Iterator
from pathlib import Path

from django.db.models import F
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from handover.models import Case, Check, PassingAct
from tests.cast import Visitor
from tests.factories.worked_example import FIRST, LAST, Example, build
from transition.proofs import prove_transition
from transition.queries.months import Sum, ledger

DOCUMENT = Path(__file__).parents[2] / "docs" / "WORKED-EXAMPLE.md"
PARTS = ("before", "moved", "stayed", "lost", "pending")


def tables(text: str = DOCUMENT.read_text(encoding="utf-8")) -> Iterator[tuple[str, list[list[str]]]]:
    """Each table of the document below its heading, without the names of its columns."""
    for section in text.split("\n## ")[1:]:
        lines = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| ")]
        if lines:
            yield section.splitlines()[0], [line for line in lines[1:] if not line[0].startswith("---")]


def figures(row: Sum, currency: str) -> list[str]:
    """A month as the document writes it."""
    return [Money(getattr(row, name), currency).decimal_string() for name in PARTS]


def by_month(made: Example) -> dict[str, list[list[str]]]:
    """The eighteen months of all units together, by currency."""
    found: dict[str, list[list[str]]] = {}
    for month, sums in ledger(made.agency, made.plans.values()).items():
        for currency, row in sums.items():
            if FIRST <= month <= LAST:
                assert (row.adds_up, row.new) == (True, 0)
                found.setdefault(currency, []).append([f"{month:%Y-%m}", *figures(row, currency)])
    return found


def by_unit(made: Example) -> list[list[str]]:
    """June 2025, unit by unit."""
    return [
        [made.units[number].name, *figures(ledger(made.agency, [plan])[LAST]["USD"], "USD")]
        for number, plan in made.plans.items()
    ]


def passed_on(case: Case) -> list[list[str]]:
    """Whom the worker held, who holds them now, and what the checks found."""
    acts = PassingAct.objects.filter(passing__case=case, kind=PassingAct.Kind.NAMED).order_by("passing")
    found = []
    for act in acts.annotate(partner=F("passing__holder__partner__last_name"), worker=F("new_holder__worker__name")):
        checks = Check.objects.filter(passing=act.passing_id).order_by("after").values_list("outcome", flat=True)
        found.append([act.partner, act.worker, *checks])
    return found


def test_every_figure_of_the_document_is_what_the_app_shows(
    inside: Agency, alice: User, visit: Callable[[User], Visitor]
) -> None:
    made, case = build(inside, alice)
    assert (len(made.people), len(made.units), len(made.promises)) == (24, 8, 97)
    told, months = dict(tables()), by_month(made)
    assert told["The month ledger of the agency, in dollars"] == months["USD"]
    assert len(months["USD"]) == 18
    euros = told["The same in euros"]
    assert [row for row in months["EUR"] if row[0] in {each[0] for each in euros}] == euros
    assert told["Each unit in June 2025, in dollars"] == by_unit(made)
    assert told["The hand-over"] == passed_on(case)
    assert prove_transition(inside).differences == []
    page = visit(alice).get(reverse("transition_month", args=["harbor", made.plans[8].pk, 2025, 6]))
    shown = [cell.amount.strip("$").replace(",", "") or "0.00" for cell in page.context["totals"]][:5]
    assert ["Unit 8", *shown] == told["Each unit in June 2025, in dollars"][-1]


def test_a_wrong_figure_would_be_found() -> None:
    """The control: the tables are read whole, and one cent makes them others."""
    told = {heading: len(rows) for heading, rows in tables()}
    assert told == {
        "The month ledger of the agency, in dollars": 18,
        "The same in euros": 6,
        "Each unit in June 2025, in dollars": 8,
        "The hand-over": 4,
    }
    wrong = DOCUMENT.read_text(encoding="utf-8").replace("| 8699.93 |", "| 8699.94 |", 1)
    assert [one for one, other in zip(tables(), tables(wrong), strict=True) if one != other] == [
        ("The month ledger of the agency, in dollars", dict(tables())["The month ledger of the agency, in dollars"])
    ]
