"""Whatever two files bring, and in whatever order they are applied and undone: the ledger holds what stands, to the
cent.
"""

from collections import Counter

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from agencies.models import Agency
from funds.models import Entry
from imports.models import ImportRun
from imports.operations import apply_import, check_import, receive_file, undo_import
from partners.models import GiftLine
from tests.imports.conftest import harbor
from tests.partners.imports.test_undo import HEAD, proven

__all__ = ["harbor"]
ROW = st.tuples(
    st.integers(1, 6),
    st.sampled_from(["0900101", "0900102", "nowhere"]),
    st.integers(-5000, 9000).filter(bool),
    st.sampled_from(["USD", "EUR"]),
)
FILES = st.lists(st.lists(ROW, min_size=1, max_size=6), min_size=2, max_size=2)
ACTS = st.lists(st.tuples(st.sampled_from(["apply", "undo"]), st.integers(0, 1)), min_size=2, max_size=6)


def text_of(rows: list[tuple[int, str, int, str]]) -> bytes:
    """A file with these rows; numbers come again, within a file and between the two."""
    lines = (
        f"5{key},2026-03-0{key},77{key},Name,{place},{'-' if minor < 0 else ''}{abs(minor) // 100}."
        f"{abs(minor) % 100:02},{currency}\n"
        for key, place, minor, currency in rows
    )
    return (HEAD + "".join(lines)).encode()


def held() -> Counter[str]:
    """What the designations and suspense hold by the ledger."""
    rows = Entry.objects.filter(account__kind__in=["designation", "suspense"]).values_list("currency")
    return Counter({code: -int(total) for code, total in rows.annotate(total=Sum("amount")) if total})


def stands() -> Counter[str]:
    """What the standing lines sum to."""
    rows = GiftLine.objects.standing().values_list("gift__currency").annotate(total=Sum("amount"))
    return Counter({code: int(total) for code, total in rows if total})


def act_on(agency: Agency, actor: User, run: ImportRun, act: str) -> None:
    """Apply or undo an import, where that can be done."""
    now = ImportRun.objects.get(pk=run.pk)
    if act == "undo" and now.stands:
        undo_import(agency=agency, actor=actor, run=now, reason="try")
    elif act == "apply" and not now.stands and check_import(agency=agency, run=now).state == "checked":
        apply_import(agency=agency, actor=actor, run=now)


@pytest.mark.slow
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=FILES, acts=ACTS)
def test_money_is_conserved(
    files: list[list[tuple[int, str, int, str]]], acts: list[tuple[str, int]], harbor: Agency, alice: User
) -> None:
    with transaction.atomic():
        runs = [
            receive_file(agency=harbor, actor=alice, name="g.csv", content=text_of(rows), check=False) for rows in files
        ]
        for act, number in acts:
            act_on(harbor, alice, runs[number], act)
            assert (held(), proven(harbor)) == (stands(), [])
        for run in runs:
            act_on(harbor, alice, run, "undo")
        assert (held(), stands(), proven(harbor)) == (Counter(), Counter(), [])
        transaction.set_rollback(True)
