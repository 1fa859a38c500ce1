"""Erasing a partner: the data go, the sums stay, nothing brings it back (trust rule T11, test 18 of the list)."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection, models

from agencies.models import AuditEntry
from agencies.proofs import prove
from core.errors import Refused
from delivery.models import OutgoingMessage
from delivery.operations.forgetting import NOBODY
from delivery.queries import is_suppressed
from funds.models import Entry
from home.erasure.columns import OVERWRITTEN
from imports.operations import undo_import
from imports.operations.check import OriginalErased, path_of
from jobs.models import StoredFile
from partners import operations
from partners.models import Commitment, Erasure, Gift, GivingUnit, Partner
from partners.operations.erased import ErasedAlready
from reports.legal_period import last_legal_day
from reports.models import StatementIssue
from reports.queries.givers import to_state
from tests.partners.erasing.conftest import BOB, EMAIL, TOKEN, bring

pytestmark = pytest.mark.django_db

# Where words of an erased person still stand, each with the reason.
STAYS = {
    "reports_statementissue.content": "a statement as it was issued, for the legal period",
}


def texts_with(token: str) -> dict[str, int]:
    """Column → rows in which a token stands, over every table of the agency and of machinery."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        for column in model._meta.local_concrete_fields:
            if getattr(model, "scope", "global") == "alliance":
                continue
            table = model._meta.db_table
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT count(*) FROM "{table}" WHERE "{column.column}"::text ILIKE %s', [f"%{token}%"])
                count = cursor.fetchone()[0]
            if count and isinstance(column, models.Field):
                found[f"{table}.{column.column}"] = count
    return found


def files_with(token: str) -> list[str]:
    """The purposes of the stored files that hold a token, sorted."""
    found = []
    for stored in StoredFile.objects.all():
        if default_storage.exists(stored.path):
            with default_storage.open(stored.path) as opened:
                if token.encode() in opened.read().lower():
                    found.append(stored.purpose)
    return sorted(found)


# A path and parts of a telephone take no token; the test looks for the file and for the digits themselves.
NO_TOKEN = {"jobs_storedfile.path", "partners_phone.digits", "partners_phone.tail"}


def test_the_tokens_stand_in_every_column_that_is_overwritten(everywhere: SimpleNamespace) -> None:
    """The control: what the next test looks for is there, in all columns of which it is said that they go."""
    wanted = {
        f"{apps.get_model(label)._meta.db_table}.{column}"
        for label, columns in OVERWRITTEN.items()
        for column in columns.split()
    }
    assert set(texts_with(TOKEN)) == (wanted - NO_TOKEN) | set(STAYS)
    assert files_with(TOKEN) == ["", "import", "import"]


def test_no_token_is_left(everywhere: SimpleNamespace, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        operations.erase_partner(**everywhere.act, partner=everywhere.partner, ground="asked")
    assert set(texts_with(TOKEN)) == set(STAYS)
    assert set(texts_with("15550190477")) | set(texts_with("555 0190")) == set()
    assert files_with(TOKEN) == []


def sums() -> list[Any]:
    return list(Entry.objects.values_list("account", "currency").annotate(models.Sum("amount")).order_by("account"))


def test_sums_and_proofs_stay(token: SimpleNamespace) -> None:
    before = (sums(), Gift.objects.count(), Gift.objects.aggregate(models.Sum("amount")))
    operations.erase_partner(**token.act, partner=token.partner, ground="asked")
    assert (sums(), Gift.objects.count(), Gift.objects.aggregate(models.Sum("amount"))) == before
    assert [each for found in prove(token.act["agency"]) for each in found.differences] == []


def test_the_record_says_what_became_of_it(erased: SimpleNamespace) -> None:
    name = f"Erased partner P-{erased.partner.pk}"
    assert (erased.partner.name, erased.partner.sort_name, erased.partner.note) == (name, name, "")
    units = set(GivingUnit.objects.filter(partner=erased.partner).values_list("receipts", flat=True))
    assert units == {"none"}
    assert Commitment.objects.get(giving_unit__partner=erased.partner).ends_on == erased.act["agency"].today()
    grounds = dict(Erasure.objects.values_list("partner", "ground"))
    assert grounds == {erased.partner.pk: "asked", erased.merged.pk: "asked"}
    acts = AuditEntry.objects.filter(verb="erase partner").values_list("label", "reason")
    assert set(acts) == {(f"partner {pk}", "") for pk in grounds}


def test_the_old_address_stays_closed(erased: SimpleNamespace) -> None:
    assert is_suppressed(EMAIL, "letter")
    states = dict(OutgoingMessage.objects.values_list("to", "state"))
    assert states == {NOBODY: "cancelled", BOB: "queued"}


def test_it_is_done_once_and_for_good(erased: SimpleNamespace) -> None:
    with pytest.raises(ErasedAlready):
        operations.erase_partner(**erased.act, partner=erased.partner, ground="asked")


def test_nothing_is_written_any_more(erased: SimpleNamespace) -> None:
    act, partner = erased.act, erased.partner
    other = operations.add_partner(**act, kind="person", last_name="Naomi")
    merge = partner.merges.get()
    today = act["agency"].today()
    writes: dict[str, Any] = {
        "email": lambda: operations.add_email(**act, partner=partner, email="a@example.org", whose="partner"),
        "phone": lambda: operations.add_phone(**act, partner=partner, number="1234567", whose="partner"),
        "address": lambda: operations.add_address(**act, partner=partner, lines="Street"),
        "number": lambda: operations.add_number(**act, partner=partner, source="OLD", value="5"),
        "names": lambda: operations.update_partner(**act, partner=partner, last_name="Moab"),
        "contact": lambda: operations.log_contact(
            **act, partner=partner, unit=None, channel="call", outcome="talked", happened_on=today
        ),
        "follow-up": lambda: operations.add_follow_up(
            **act, partner=partner, unit=None, channel="call", due_on=today, assignee=act["actor"]
        ),
        "stage": lambda: operations.set_stage(**act, partner=partner, unit=erased.unit, kind="initiation"),
        "merge": lambda: operations.merge_partners(**act, survivor=other, losers=[partner]),
        "unmerge": lambda: operations.undo_merge(**act, merge=merge),
        "relation": lambda: operations.relate(**act, partner=partner, other=other, kind="introduced"),
        "commitment": lambda: operations.reopen_commitment(
            **act, commitment=Commitment.objects.get(giving_unit__partner=partner)
        ),
        "receipts": lambda: operations.change_giving_unit(
            **act, giving_unit=partner.giving_units.first(), name="Ruth", receipts="annual"
        ),
    }
    said = {name: code_of(write) for name, write in writes.items()}
    assert said == dict.fromkeys(writes, "partner_erased")


def code_of(write: Any) -> str:
    try:
        write()
    except Refused as refusal:
        return refusal.code
    return "written"


def test_a_file_of_before_posts_the_gift_and_brings_nobody_back(
    erased: SimpleNamespace, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        run = bring(erased.act, "T1", "T9", memo=f"{TOKEN}again")
    assert run.applied["gifts"] == 1
    assert Gift.objects.get(external_id="T9").giving_unit.partner == erased.partner
    assert Partner.objects.filter(erased_at=None).exclude(kind="church").count() == 0
    assert set(texts_with(TOKEN)) == set(STAYS)
    assert files_with(TOKEN) == []


def test_an_import_is_undone_after_it_without_its_file(token: SimpleNamespace) -> None:
    """Undoing reads rows. Another file that found these gifts there has lost its original too, and stays at rest."""
    act, again = token.act, bring(token.act, "T1", "T2")
    operations.erase_partner(**act, partner=token.partner, ground="asked")
    undone = undo_import(**act, run=token.run, reason="Twice")
    assert undone.undone["taken"]["gifts"] == 2
    again.refresh_from_db()
    assert again.state == "applied"
    assert Partner.objects.get(pk=token.partner.pk).erased_at is not None
    assert [each for found in prove(act["agency"]) for each in found.differences] == []


def test_what_was_kept_out_needs_the_file_once_more(token: SimpleNamespace) -> None:
    operations.erase_partner(**token.act, partner=token.partner, ground="asked")
    with pytest.raises(OriginalErased):
        path_of(token.run)


def test_a_statement_stays_as_it_was_issued(token: SimpleNamespace) -> None:
    issue = StatementIssue.objects.get()
    before = (issue.content, issue.content_hash)
    assert to_state(issue.year, [issue.giving_unit_id]) == [issue.giving_unit_id]
    operations.erase_partner(**token.act, partner=token.partner, ground="asked")
    assert to_state(issue.year, [issue.giving_unit_id]) == []
    issue.refresh_from_db()
    assert (issue.content, issue.content_hash) == before


def test_an_address_that_somebody_else_has_stays_open_and_their_mail_whole(token: SimpleNamespace) -> None:
    act = token.act
    operations.add_partner(**act, kind="person", last_name="Naomi", email=EMAIL)
    operations.erase_partner(**act, partner=token.partner, ground="asked")
    assert not is_suppressed(EMAIL, "letter")
    assert is_suppressed(f"{TOKEN}two@example.org", "letter")
    assert EMAIL in OutgoingMessage.objects.values_list("to", flat=True)


def test_without_being_asked_no_address_is_closed(token: SimpleNamespace) -> None:
    operations.erase_partner(**token.act, partner=token.partner, ground="retention")
    assert not is_suppressed(EMAIL, "letter")


@pytest.mark.parametrize(("country", "until"), [("DE", date(2035, 12, 31)), ("US", date(2032, 12, 31))])
def test_the_last_legal_day_is_the_end_of_a_year(country: str, until: date) -> None:
    assert last_legal_day(date(2025, 2, 1), country) == until
