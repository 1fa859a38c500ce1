"""A file of before that comes after an erasure: no row of the person brings words back, also when it is kept out."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.storage import default_storage

from accounts.models import User
from imports.models import HeldRow, ImportFinding, StagedRow
from imports.operations import check_import, receive_file
from imports.operations.check import OriginalErased, may_be_judged
from jobs.models import StoredFile
from partners import operations
from partners.models import Gift, Partner
from tests.cast import Visitor
from tests.partners.erasing.conftest import GIFTS, PEOPLE, apply
from tests.partners.erasing.test_erasing import texts_with

pytestmark = pytest.mark.django_db
SHORT = "7"
"""A number of one digit, as old systems gave them."""


@pytest.fixture
def gone(act: dict[str, Any], harbor: Any) -> SimpleNamespace:
    """Partner 7 came with a file and was erased; 8 is somebody else."""
    apply(act, "people.csv", PEOPLE + f"{SHORT},Ann Lee,Ann,Lee,ann@x.org,,,,,\n8,Bob Brown,Bob,Brown,,,,,,\n")
    partner = Partner.objects.get(last_name="Lee")
    operations.erase_partner(**act, partner=partner, ground="asked")
    return SimpleNamespace(act=act, partner=partner)


def gift(number: str, donor: str, amount: str, name: str) -> str:
    return f"{number},2025-10-26,{donor},{name},0105201,{amount},USD,gift,,{name} writes,\n"


def checked(act: dict[str, Any], name: str, text: str) -> Any:
    return check_import(agency=act["agency"], run=receive_file(**act, name=name, content=text.encode(), check=False))


def test_a_row_that_is_kept_out_keeps_no_words_of_the_erased(gone: SimpleNamespace) -> None:
    run = checked(gone.act, "old.csv", GIFTS + gift("G1", SHORT, "ten", "zqzann") + gift("G2", "8", "ten", "zqzbob"))
    assert run.outcome["kept_out"] == 2
    assert texts_with("zqzann") == {}
    assert set(texts_with("zqzbob")) == {"imports_heldrow.cells"}
    of_erased, of_other = HeldRow.objects.order_by("line")
    told = dict(zip(of_erased.columns, of_erased.cells, strict=True))
    assert (told["gift_id"], told["donor_id"], told["amount"], told["memo"]) == ("G1", SHORT, "ten", "")
    assert "zqzbob writes" in of_other.cells
    assert ImportFinding.objects.filter(reason="erased_giver").values_list("line", flat=True).get() == of_erased.line


def test_once_applied_no_row_and_no_file_holds_them(
    gone: SimpleNamespace, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        run = apply(gone.act, "old.csv", GIFTS + gift("G1", SHORT, "ten", "zqzann") + gift("G2", "8", "9", "zqzbob"))
    assert run.applied["gifts"] == 1
    assert texts_with("zqzann") == {}
    assert StagedRow.objects.get(import_run=run, verdict="error").cells["donor_id"] == SHORT
    assert not default_storage.exists(StoredFile.objects.get(pk=run.stored_file_id).path)
    run.refresh_from_db()
    assert not may_be_judged(run)


def test_people_of_an_old_file_come_in_beside_the_erased(gone: SimpleNamespace) -> None:
    text = (
        PEOPLE + f"{SHORT},zqzann,zqza,zqzl,zqz@x.org,,,,,\n{SHORT},zqzann twin,zqza,,,,,,,\n9,Cay Dee,Cay,Dee,,,,,,\n"
    )
    run = apply(gone.act, "people.csv", text)
    assert (run.applied["partners"], texts_with("zqz")) == (1, {})


def test_the_same_number_of_another_source_is_somebody_else(gone: SimpleNamespace) -> None:
    columns = PEOPLE.replace("donor_id,", "donor_id,source,")
    apply(gone.act, "people.csv", columns + f"{SHORT},OTHER,zqzcay dee,Cay,Dee,,,,,,\n")
    assert "partners_partner.name" in texts_with("zqzcay")


def test_a_torn_row_with_the_number_is_emptied(gone: SimpleNamespace) -> None:
    checked(gone.act, "old.csv", GIFTS + f"G1,2025-10-26,{SHORT},zqzann,more,than,there,are,columns,for,it,in,here\n")
    assert texts_with("zqzann") == {}


def test_a_gift_of_the_erased_is_posted_as_before(gone: SimpleNamespace) -> None:
    run = apply(gone.act, "old.csv", GIFTS + gift("G1", "007", "10.00", "zqzann"))
    assert (run.applied["gifts"], Gift.objects.get().giving_unit.partner) == (1, gone.partner)
    assert texts_with("zqzann") == {}
    again = apply(gone.act, "again.csv", GIFTS + gift("G1", SHORT, "10.00", "zqzann"))
    assert (again.applied["gifts"], texts_with("zqzann")) == (0, {})


def test_nothing_is_offered_that_needs_the_file_that_is_gone(
    gone: SimpleNamespace, visit: Callable[[User], Visitor]
) -> None:
    alice, agency = gone.act["actor"], gone.act["agency"]
    other = apply(gone.act, "other.csv", GIFTS + gift("G3", "8", "ten", "zqzbob"))
    page = f"/a/{agency.slug}/giving/imports/"
    assert "Check again" in visit(alice).get(f"{page}{other.pk}/").content.decode()
    run = apply(gone.act, "old.csv", GIFTS + gift("G1", SHORT, "ten", "zqzann"))
    shown = visit(alice).get(f"{page}{run.pk}/").content.decode()
    assert "Check again" not in shown
    assert OriginalErased.message in shown
    assert OriginalErased.message in visit(alice).post(f"{page}{run.pk}/check/").content.decode()
