"""The books are proved at night, and a difference is told."""

from accounts.models import User
from agencies.models import Agency
from delivery.models import Notice
from funds.models import Posting
from jobs.models import Job
from jobs.operations import start
from jobs.schedule import _entries
from jobs.testing import run_due


def prove(actor: User) -> Job:
    job = start(kind="proofs.nightly", actor=actor, title="Nightly proof of the books")
    run_due()
    job.refresh_from_db()
    return job


def test_what_holds_is_done(inside: Agency, alice: User) -> None:
    job = prove(alice)
    assert job.state == Job.State.DONE
    assert "ledger" in job.result["proofs"]
    assert Notice.objects.filter(kind="proof").count() == 0


def test_a_difference_fails_and_is_told_to_administrators(inside: Agency, alice: User, dan: User) -> None:
    bare = Posting.objects.create(date=inside.today(), kind="gift", source="hand")
    job = prove(alice)
    assert job.state == Job.State.FAILED
    assert f"Posting {bare.pk} has no entries." in job.lines.values_list("text", flat=True)
    assert list(Notice.objects.filter(kind="proof").values_list("user", flat=True)) == [alice.pk]


def test_it_runs_every_night_in_every_agency() -> None:
    entry = _entries["nightly proof"]
    assert (entry.kind, entry.per_agency) == ("proofs.nightly", True)
