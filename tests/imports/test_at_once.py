"""Two imports of one file at once bring it once, two undos take it back once; and what comes of it without the lock."""

import threading
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from agencies.models.owned import OwnedQuerySet
from core.errors import Refused
from funds.operations import open_designation
from funds.proofs import prove_ledger
from imports.models import ImportRun
from imports.operations import apply_import, check_import, receive_file, undo, undo_import
from partners.models import Gift
from tests.at_once import at_once, together

pytestmark = pytest.mark.django_db(transaction=True)
EITHER = (Refused, IntegrityError)
FILE = b"gift_id,gift_date,donor_id,donor_name,designation,amount,currency\n" + b"".join(
    b"80%02d,2026-03-02,77%02d,Name,0900101,10.00,USD\n" % (n, n) for n in range(20)
)


@pytest.fixture
def kept(transactional_db: None, agency: Agency, alice: User) -> SimpleNamespace:
    """Two checked imports of one file."""
    act: dict[str, Any] = {"agency": agency, "actor": alice}
    with transaction.atomic(), scope.of_agency(agency.pk):
        open_designation(**act, code="0900101", public_name="General", kind="general")
        received = [receive_file(**act, name=f"{n}.csv", content=FILE, check=False) for n in range(2)]
        runs = [check_import(agency=agency, run=run) for run in received]
    return SimpleNamespace(act=act, agency=agency, runs=runs)


def counted(agency: Agency) -> tuple[int, list[int], list[str]]:
    """The standing gifts, what each import says that it made, and what the proof finds."""
    with transaction.atomic(), scope.of_agency(agency.pk):
        made = [run.applied.get("gifts", -1) for run in ImportRun.objects.order_by("pk")]
        return Gift.objects.standing().count(), sorted(made), prove_ledger(agency).differences


def test_two_imports_of_one_file_bring_it_once(kept: SimpleNamespace) -> None:
    answered = at_once(kept.agency, lambda number: apply_import(**kept.act, run=kept.runs[number]), refusals=EITHER)
    assert (answered, counted(kept.agency)) == ({"done": 2}, (20, [0, 20], []))


def test_control_without_the_lock_both_want_to_bring_it(kept: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both judge the file before either writes; the key of a line lets one of them through, the other fails whole."""
    looked = threading.Barrier(2)
    monkeypatch.setattr("imports.operations.apply.one_at_a_time", lambda agency: None)

    def both_have_looked(batches: Iterator[Any], *rest: Any) -> Iterator[Any]:
        looked.wait(60)
        return batches

    monkeypatch.setattr("partners.imports.domain.counted", both_have_looked)
    answered = at_once(kept.agency, lambda number: apply_import(**kept.act, run=kept.runs[number]), refusals=EITHER)
    assert (answered, counted(kept.agency)[0]) == ({"done": 1, "IntegrityError": 1}, 20)


def test_two_undos_of_one_import_take_it_back_once(kept: SimpleNamespace) -> None:
    with transaction.atomic(), scope.of_agency(kept.agency.pk):
        run = apply_import(**kept.act, run=kept.runs[0])
    answered = at_once(kept.agency, lambda number: undo_import(**kept.act, run=run, reason="twice"), refusals=EITHER)
    assert (answered, counted(kept.agency)) == ({"done": 1, "NothingToUndo": 1}, (0, [-1, 20], []))


def test_control_without_the_lock_both_want_to_take_it_back(
    kept: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both see that it can be undone before either undoes it, and both say that they took it back."""
    with transaction.atomic(), scope.of_agency(kept.agency.pk):
        run = apply_import(**kept.act, run=kept.runs[0])
    monkeypatch.setattr(undo, "one_at_a_time", lambda agency: None)
    monkeypatch.setattr(OwnedQuerySet, "select_for_update", lambda rows, **_how: rows)
    monkeypatch.setattr(undo, "check_window", together(undo.check_window))
    answered = at_once(kept.agency, lambda number: undo_import(**kept.act, run=run, reason="twice"), refusals=EITHER)
    assert answered == {"done": 2}
