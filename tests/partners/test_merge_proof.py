"""The proof of merges names what somebody changed past every guard, and finds nothing where nothing is."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from core.money import Money
from funds.operations import open_designation
from partners import operations
from partners.models import GivingUnit, Merge
from partners.proofs import prove_merges
from tests.factories.rows import provisioner

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kept(transactional_db: None, agency: Agency, alice: User) -> SimpleNamespace:
    """Two of three records of one partner merged; the loser had given 12.34."""
    act: dict[str, Any] = {"agency": agency, "actor": alice}
    with transaction.atomic(), scope.of_agency(agency.pk):
        river = open_designation(**act, code="1", public_name="River", kind="project")
        made = [operations.add_partner(**act, kind="person", first_name=name, last_name="Moab") for name in "ABC"]
        unit = GivingUnit.objects.get(partner=made[1])
        parts = [operations.Part(river, Money(1234, "USD"))]
        operations.record_gift(**act, giving_unit=unit, on=agency.today(), parts=parts, key="g")
        merge = operations.merge_partners(**act, survivor=made[0], losers=[made[1]])[0]
    ids = [partner.pk for partner in made]
    return SimpleNamespace(agency=agency, ids=ids, unit=unit.pk, merge=merge.pk, act=act)


def proved(kept: SimpleNamespace) -> list[str]:
    with transaction.atomic(), scope.of_agency(kept.agency.pk):
        return list(prove_merges(kept.agency).differences)


def tamper(*statements: tuple[str, list[Any]]) -> None:
    """Change rows as somebody whom no trigger stops."""
    with provisioner() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for statement, values in statements:
            cursor.execute(statement, values)


POINT = "UPDATE partners_partner SET merged_into_id = %s WHERE id = %s"


def test_untouched_it_holds_before_and_after_the_undo(kept: SimpleNamespace) -> None:
    assert proved(kept) == []
    with transaction.atomic(), scope.of_agency(kept.agency.pk):
        operations.undo_merge(**kept.act, merge=Merge.objects.get(pk=kept.merge))
    assert proved(kept) == []


def test_a_cent_that_was_left_behind(kept: SimpleNamespace) -> None:
    one, two, three = kept.ids
    for lost in (two, three):
        tamper(("UPDATE partners_givingunit SET partner_id = %s WHERE id = %s", [lost, kept.unit]))
        assert proved(kept) == [
            f"Giving unit {kept.unit} stands with partner {lost} and did not go over: 12.34 USD.",
        ]
    tamper(("UPDATE partners_givingunit SET partner_id = %s WHERE id = %s", [one, kept.unit]))
    assert proved(kept) == []


def test_a_circle(kept: SimpleNamespace) -> None:
    one, two, _three = kept.ids
    tamper((POINT, [two, one]))
    assert [said for said in proved(kept) if "does not stand" in said] == [
        f"Partner {one} is merged into partner {two}, who does not stand.",
        f"Partner {two} is merged into partner {one}, who does not stand.",
    ]


def test_a_pointer_without_a_merge_and_a_merge_without_its_pointer(kept: SimpleNamespace) -> None:
    one, two, three = kept.ids
    tamper((POINT, [one, three]))
    assert f"Partner {three}: its record and its merge do not say the same." in proved(kept)
    tamper((POINT, [None, three]), (POINT, [None, two]))
    assert f"Partner {two}: its record and its merge do not say the same." in proved(kept)


def test_a_partner_merged_twice(kept: SimpleNamespace) -> None:
    _one, two, three = kept.ids
    tamper(
        ("DROP INDEX merged_once", []),
        (
            "INSERT INTO partners_merge (agency_id, survivor_id, loser_id, reason, at) VALUES (%s, %s, %s, '', now())",
            [kept.agency.pk, three, two],
        ),
    )
    try:
        assert proved(kept) == [f"Partner {two} is merged 2 times."]
    finally:
        tamper(
            ("DELETE FROM partners_merge WHERE id <> %s", [kept.merge]),
            (
                "CREATE UNIQUE INDEX merged_once ON partners_merge (agency_id, loser_id) WHERE undone_at IS NULL",
                [],
            ),
        )
