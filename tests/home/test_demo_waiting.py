"""The demo has a file that waits for its designation."""

from accounts.models import User
from agencies.models import Agency
from home.demo.harbor import leave_waiting


def test_a_file_of_promises_waits_for_its_designation(inside: Agency, alice: User) -> None:
    run = leave_waiting(inside, alice)
    assert (run.state, run.format) == ("checked", "npsp_recurring")
    assert (run.outcome["toward_wanted"], run.outcome["left_out"]) == ({"promises": 2}, {"ended": 1})
    assert (run.outcome["kept_out"], run.toward) == (0, "")
