"""The letters of the demo."""

from types import SimpleNamespace

from accounts.models import User
from agencies.models import Agency
from communications.demo import fill
from communications.models import CoreMessage, Letter
from delivery.models import OutgoingMessage
from jobs.testing import run_due


def test_one_letter_goes_out_and_one_waits_for_approval(
    posted: Agency, village: SimpleNamespace, alice: User, staff: User
) -> None:
    fill(posted)
    assert run_due() == 1
    assert list(Letter.objects.order_by("pk").values_list("state", flat=True)) == ["sent", "draft"]
    assert OutgoingMessage.objects.filter(purpose="letter").count() == 2
    assert CoreMessage.objects.get().approved_by == alice
