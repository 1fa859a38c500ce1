"""Every night each agency's books are proved, on the top floor, since proofs come from every app."""

from typing import Any

from agencies import proofs
from agencies.models import Agency, Membership, Role
from agencies.scope import current_agency_id
from core.errors import Refused
from delivery.operations import notify
from home.archive import job as archive_job  # noqa: F401 - its jobs register themselves
from jobs import kinds, schedule
from jobs.running import Running


class ProofFailed(Refused):
    """What pages show is not what the rows say."""

    code = "proof_failed"


@kinds.register("proofs.nightly", right="ledger.view")
def prove_all(job: Running) -> dict[str, Any]:
    """Run every proof of one agency, log what was compared, tell the administrators of differences, and fail on any."""
    with job.unit():
        agency: Agency = Agency.objects.get(pk=current_agency_id())
        findings = proofs.prove(agency)
        broken = [finding for finding in findings if not finding.holds]
        if broken:
            tell_administrators(agency, broken)
    for finding in findings:
        compared = ", ".join(f"{count:,} {what}" for what, count in finding.compared.items())
        job.log(f"{finding.proof}: {compared}")
        for difference in finding.differences[:50]:
            job.log(difference)
    if broken:
        count = sum(len(finding.differences) for finding in broken)
        raise ProofFailed(f"{count} differences were found. The log names them; nothing was changed.")
    return {"proofs": [finding.proof for finding in findings]}


def tell_administrators(agency: Agency, broken: list[proofs.Finding]) -> None:
    """A notice for everybody who runs the agency."""
    members = Membership.objects.filter(grants__role=Role.ADMINISTRATOR, grants__ended_at=None, left_at=None)
    names = ", ".join(finding.proof for finding in broken)
    notify(
        agency=agency,
        users=[member.user for member in members.select_related("user").distinct()],
        kind="proof",
        text=f"The nightly proof found differences in: {names}. Open the jobs to see each of them.",
        url=f"/a/{agency.slug}/jobs/",
    )


schedule.register("nightly proof", "40 2 * * *", "proofs.nightly", title="Nightly proof of the books", per_agency=True)
