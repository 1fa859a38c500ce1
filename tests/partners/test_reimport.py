"""What a person corrected stays corrected: the same file once more does not bring the withdrawn gift back."""

from accounts.models import User
from agencies.models import Agency
from imports.models import ImportRun
from imports.operations import apply_import, check_import, receive_file
from partners import operations
from partners.models import Gift
from tests.imports.conftest import SAMPLES, harbor

__all__ = ["harbor"]


def bring(agency: Agency, actor: User) -> ImportRun:
    path = SAMPLES / "bad/split_does_not_sum.csv"
    received = receive_file(agency=agency, actor=actor, name=path.name, content=path, check=False)
    return apply_import(agency=agency, actor=actor, run=check_import(agency=agency, run=received))


def test_a_withdrawn_gift_does_not_come_back(harbor: Agency, alice: User) -> None:
    assert bring(harbor, alice).applied["gift_lines"] == 10
    gift = Gift.objects.order_by("pk").first()
    operations.correct_gift(agency=harbor, actor=alice, gift=gift, reason="no gift at all", key="w")
    assert bring(harbor, alice).applied["gift_lines"] == 0
