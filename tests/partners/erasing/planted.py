"""Tokens in what machinery, finance and single people keep of a partner, written straight into the rows."""

from typing import Any

from django.utils import timezone

from agencies import audit
from core.money import Money
from delivery.models import Notice, OutgoingMessage
from delivery.operations import add_task
from imports.models import CellCorrection, HeldRow, ImportFinding, StagedRow
from jobs.models import Job
from jobs.operations import keep_file
from partners import operations
from partners.job_kinds import LIST_JOB
from partners.models import (
    DuplicateCandidate,
    FollowUp,
    Gift,
    GiverAssignment,
    Holder,
    ImportMatch,
    Merge,
    MergeStep,
    Partner,
    ReviewItem,
    StatementLine,
    Undertaking,
)
from partners.operations import Head, Keyed, Part
from ssu.models import Worker


def plant(act: dict[str, Any], partner: Partner, run: Any, unit: Any, token: str) -> None:
    """A token in each column that people do not write by themselves; some with the name, by which they are found."""
    agency, named = act["agency"], f"{token} of {partner.name}"
    Notice.objects.create(user=act["actor"], kind="x", text=f"Call {partner.name}")
    add_task(**act, text=f"Thank {partner.name} soon")
    OutgoingMessage.objects.filter(to__startswith="qzx").update(html=token, headers={"X-Of": token}, last_error=token)
    audit.record(actor=act["actor"], verb="x", of=partner, changes={"said": token, "number": 1})
    job = Job.objects.create(kind=LIST_JOB, title="List", arguments={"q": partner.name}, state=Job.State.DONE)
    keep_file(name="list.csv", content=named.encode(), job=job)
    of_files(partner, run, token)
    of_gifts(act, partner, token)
    now, today = timezone.now(), agency.today()
    FollowUp.objects.update(ended_at=now, end="closed", ended_reason=token)
    Undertaking.objects.update(ended_reason=token, withdrawn_at=now, withdrawn_reason=token)
    held: dict[str, Any] = {"partner": partner, "unit": unit, "worker": Worker.objects.order_by("pk")[0]}
    Holder.objects.create(**held, starts_on=today, ends_on=today, ended_reason=token)
    church = Partner.objects.get(kind="church")
    first, second = sorted((partner, church), key=lambda each: each.pk)
    DuplicateCandidate.objects.create(first=first, second=second, score=60, reasons=[[token, 1]])
    merge, said = Merge.objects.get(), {"note": token}
    MergeStep.objects.create(merge=merge, what="partner", ids=[partner.pk], before=said, after=said)


def of_files(partner: Partner, run: Any, token: str) -> None:
    """What files said: beside a row of the partner, in a row that is kept out, in a match, in a line of the bank."""
    row = StagedRow.objects.filter(import_run=run).order_by("pk")[0]
    place: dict[str, Any] = {"import_run": run, "row": row.row, "line": row.line}
    CellCorrection.objects.create(**place, column="memo", was=token, now=token)
    ImportFinding.objects.create(**place, kind="warnings", position=90, reason="x", message=token, key=token)
    HeldRow.objects.create(import_run=run, row=9, line=90, section="gifts", columns=[token], cells=[partner.name])
    known: dict[str, Any] = {"source": "HLM", "number": "9", "partner": partner, "reason": "email", "choice": "update"}
    moments = {"chosen_at": timezone.now(), "applied_at": timezone.now()}
    ImportMatch.objects.create(**place, **known, **moments, told={"name": token}, before={"fields": {"note": token}})
    line: dict[str, Any] = {"account": "DE1", "reference": "1", "amount": 900, "currency": "USD", "import_run": run}
    StatementLine.objects.create(
        **line, date=partner.created_at.date(), party=partner.name.upper(), text=f"For {partner.name}"
    )


def of_gifts(act: dict[str, Any], partner: Partner, token: str) -> None:
    """What people wrote to gifts, a promise and a batch that was taken out again."""
    agency, now = act["agency"], timezone.now()
    gift = Gift.objects.filter(giving_unit__partner=partner).order_by("pk")[0]
    unit, line = gift.giving_unit, gift.lines.get()
    undone: dict[str, Any] = {"undone_at": now, "undone_reason": token}
    GiverAssignment.objects.create(gift=gift, giving_unit=unit, reason=token, **undone)
    ReviewItem.objects.create(line=line, reason="earmark_worker", settled_at=now, outcome=token)
    promise = unit.commitments.get()
    operations.end_commitment(**act, commitment=promise, on=agency.today(), reason=token)
    operations.reopen_commitment(**act, commitment=promise)
    type(promise).objects.update(ended_reason=token)
    head = Head(title="Mail", deposited_on=agency.today(), expected_count=1, expected_total=Money(100, "USD"))
    batch = operations.open_batch(**act, head=head, key="planted")
    keyed = Keyed(giving_unit=unit, on=agency.today(), parts=[Part(line.designation, Money(100, "USD"), token)])
    row = operations.save_row(**act, batch=batch, key="planted", keyed=keyed)
    type(row).objects.filter(pk=row.pk).update(removed_at=now)
