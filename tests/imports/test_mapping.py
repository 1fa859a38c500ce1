"""Mapping columns and values: what is refused, what comes in, what is remembered, and what is written down."""

from collections.abc import Callable

import pytest

from accounts.models import User
from agencies.models import Agency, AuditEntry
from imports.mapping.checking import MappingWrong
from imports.mapping.rules import OURS, OUT, SUSPENSE, Meant
from imports.models import ImportRun, SavedMapping
from imports.operations import (
    apply_import,
    check_import,
    map_columns,
    map_values,
    read_by_format,
    remove_mapping,
    restore_mapping,
    undo_import,
    use_mapping,
    write_mapping,
)
from imports.operations.mapping import NoMapping, NoSuchValue, NotToBeMapped, ReasonNeeded
from imports.operations.saved_mappings import MappingNameMissing, MappingNameTaken
from jobs.testing import run_due
from partners.models import Gift, GiftLine, Partner
from tests.imports.mapped_files import COLUMNS, HEADER, ROWS, mapped, received, rules

Received = Callable[..., ImportRun]


@pytest.fixture
def run(harbor: Agency, alice: User) -> ImportRun:
    """A file whose columns nobody knows."""
    return received(harbor, alice)


def test_a_file_that_nobody_knows_comes_in_once_it_is_mapped(run: ImportRun, harbor: Agency, alice: User) -> None:
    assert (run.state, run.outcome["reason"]) == ("refused", "not_recognised")
    checked = mapped(harbor, alice, run)
    assert (checked.state, checked.format, checked.outcome["new_lines"]) == ("checked", "mapped_gifts", 3)
    applied = apply_import(agency=harbor, actor=alice, run=checked)
    assert applied.applied == {"partners": 2, "gifts": 3, "gift_lines": 3}
    gifts = Gift.objects.order_by("date").values_list("amount", "method", "giving_unit__partner__name")
    assert list(gifts) == [(123_450, "cash", "Ruth"), (1_250, "Wechsel", "Ruth"), (300, "cash", "Boaz")]
    lines = GiftLine.objects.order_by("pk").values_list("designation__code", "designation_key")
    assert list(lines) == [("0900101", "0900101"), (None, "Brunnen"), (None, "Brunnen")]
    entry = AuditEntry.objects.get(verb="map columns")
    assert (entry.actor, entry.label, entry.changes) == (
        alice,
        f"import {run.pk}",
        {"kind": "gifts", "columns": 6, "values": 0},
    )


def test_the_same_file_again_brings_nothing_also_when_values_changed(
    run: ImportRun, harbor: Agency, alice: User
) -> None:
    apply_import(agency=harbor, actor=alice, run=mapped(harbor, alice, run, keep_as="Programm"))
    again = received(harbor, alice)
    assert (again.saved_mapping.name, again.outcome["new_lines"]) == ("Programm", 0)
    map_values(agency=harbor, actor=alice, run=again, values={("designation", "Brunnen"): Meant(OURS, "0900101")})
    run_due()
    assert ImportRun.objects.get(pk=again.pk).outcome["new_lines"] == 0
    later = received(harbor, alice, HEADER + ROWS + "16.02.2026;4,00;brunnen;78;Boaz;bar\n")
    assert (later.outcome["new_lines"], later.outcome["values"][0]["mapped"]) == (1, True)
    apply_import(agency=harbor, actor=alice, run=later)
    assert GiftLine.objects.get(amount=400).designation.code == "0900101"


def test_mapped_applied_and_undone(run: ImportRun, harbor: Agency, alice: User) -> None:
    applied = apply_import(agency=harbor, actor=alice, run=mapped(harbor, alice, run))
    with pytest.raises(NotToBeMapped):
        map_columns(agency=harbor, actor=alice, run=applied, rules=rules(order="dmy"))
    undone = undo_import(agency=harbor, actor=alice, run=applied, reason="wrong")
    assert (undone.undone["taken"]["gifts"], Partner.objects.filter(name="Ruth").count()) == (3, 0)
    assert mapped(harbor, alice, undone).outcome["new_lines"] == 3


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"order": ""}, ["order"]),
        ({"order": "mdy"}, ["order"]),
        ({"mark": "."}, ["mark"]),
        ({"kind": "letters"}, ["kind"]),
        ({"columns": {"gift_date": "Datum"}}, ["amount", "donor_id"]),
        ({"columns": COLUMNS | {"memo": "Notiz"}}, ["columns"]),
        ({"columns": COLUMNS | {"shoe": "Art"}}, ["columns"]),
    ],
)
def test_rules_that_cannot_read_the_file(
    changes: dict[str, object], fields: list[str], run: ImportRun, harbor: Agency, alice: User
) -> None:
    with pytest.raises(MappingWrong) as wrong:
        map_columns(agency=harbor, actor=alice, run=run, rules=rules(**changes), keep_as="X")
    assert [field for field, _ in wrong.value.problems] == fields
    assert (ImportRun.objects.get().mapping, SavedMapping.objects.count()) == ({}, 0)


def test_the_proof_is_said(run: ImportRun, harbor: Agency, alice: User) -> None:
    with pytest.raises(MappingWrong) as wrong:
        map_columns(agency=harbor, actor=alice, run=run, rules=rules(order="mdy"))
    assert "13.02.2026 on line 2 can only be day first" in str(wrong.value)


def test_values(run: ImportRun, harbor: Agency, alice: User) -> None:
    checked = mapped(harbor, alice, run, keep_as="Programm")
    told = [(each["fact"], each["text"], each["count"]) for each in checked.outcome["values"]]
    assert told == [("designation", "Brunnen", 2), ("method", "Wechsel", 1)]
    said = {("designation", "Brunnen"): Meant(OURS, "0900101"), ("method", "Wechsel"): Meant(OUT, "no gift")}
    map_values(agency=harbor, actor=alice, run=checked, values=said)
    run_due()
    applied = apply_import(agency=harbor, actor=alice, run=ImportRun.objects.get(pk=run.pk))
    assert applied.applied["gift_lines"] == 2
    assert set(GiftLine.objects.values_list("designation__code", flat=True)) == {"0900101"}
    assert SavedMapping.objects.get().rules["values"] == {
        "designation": {"brunnen": ["ours", "0900101"]},
        "method": {"wechsel": ["out", "no gift"]},
    }
    assert AuditEntry.objects.filter(verb="map values").count() == 1


def test_a_designation_by_name_and_what_is_forgotten(run: ImportRun, harbor: Agency, alice: User) -> None:
    checked = mapped(harbor, alice, run, keep_as="Programm")
    name = harbor_name()
    map_values(agency=harbor, actor=alice, run=checked, values={("designation", "Brunnen"): Meant(OURS, name)})
    run_due()
    assert ImportRun.objects.get(pk=run.pk).mapping["values"]["designation"]["brunnen"] == ["ours", "0900101"]
    map_values(agency=harbor, actor=alice, run=checked, values={("designation", "Brunnen"): None}, remember=False)
    assert ImportRun.objects.get(pk=run.pk).mapping["values"] == {}
    assert SavedMapping.objects.get().rules["values"] != {}


def harbor_name() -> str:
    from funds.models import Designation

    name: str = Designation.objects.get(code="0900101").public_name
    return name


@pytest.mark.parametrize(
    ("fact", "meant", "refusal"),
    [
        ("designation", Meant(OURS, "nowhere"), NoSuchValue),
        ("designation", Meant(OUT, " "), ReasonNeeded),
        ("method", Meant(SUSPENSE), NoSuchValue),
        ("memo", Meant(OURS, "x"), NoSuchValue),
        ("designation", Meant("else", "x"), NoSuchValue),
    ],
)
def test_values_that_are_refused(
    fact: str, meant: Meant, refusal: type[Exception], run: ImportRun, harbor: Agency, alice: User
) -> None:
    checked = mapped(harbor, alice, run)
    with pytest.raises(refusal):
        map_values(agency=harbor, actor=alice, run=checked, values={(fact, "Brunnen"): meant})
    assert ImportRun.objects.get().state == "checked"


def test_a_file_without_mapping_has_no_values(harbor: Agency, alice: User) -> None:
    run = received(harbor, alice, "gift_id,gift_date,donor_id,designation,amount\n1,2026-02-13,7,0900101,5.00\n")
    with pytest.raises(NoMapping):
        map_values(agency=harbor, actor=alice, run=run, values={("designation", "x"): None})


def test_a_known_format_may_be_mapped_and_given_back(harbor: Agency, alice: User) -> None:
    text = "gift_id,gift_date,donor_id,designation,amount\n1,2026-02-13,7,0900101,5.00\n"
    run = received(harbor, alice, text)
    columns = {name: name for name in ("gift_date", "donor_id", "designation", "amount")}
    read = mapped(harbor, alice, run, columns=columns, order="ymd", mark=".", keep_as="Own")
    assert (run.format, read.format) == ("generic_gifts", "mapped_gifts")
    read_by_format(agency=harbor, actor=alice, run=read)
    run_due()
    back = ImportRun.objects.get(pk=run.pk)
    assert (back.format, back.saved_mapping) == ("generic_gifts", None)
    use_mapping(agency=harbor, actor=alice, run=back, saved=SavedMapping.objects.get())
    run_due()
    assert ImportRun.objects.get(pk=run.pk).format == "mapped_gifts"


@pytest.mark.parametrize(
    ("text", "state", "reason"),
    [
        ("Neu;Name;Nr;Art;Zweck;Betrag;Datum\nx;Ruth;77;bar;0900101;5,00;13.02.2026\n", "checked", ""),
        ("Name;Nr;Art;Zweck;Datum\nRuth;77;bar;0900101;13.02.2026\n", "refused", "missing_column"),
        ("Vorname;Ort;Farbe\nRuth;Moab;blau\n", "refused", "not_recognised"),
    ],
)
def test_the_next_file_is_recognized(
    text: str, state: str, reason: str, run: ImportRun, harbor: Agency, alice: User
) -> None:
    mapped(harbor, alice, run, keep_as="Programm")
    found = received(harbor, alice, text)
    assert (found.state, found.outcome["reason"]) == (state, reason)
    assert (found.saved_mapping is not None) is (reason != "not_recognised")
    if reason == "missing_column":
        assert "“Betrag”" in found.outcome["message"]


def test_a_mapping_that_nearly_fits_leaves_known_formats_alone(harbor: Agency, alice: User) -> None:
    text = "gift_id,gift_date,donor_id,designation,amount,extra\n1,2026-02-13,7,0900101,5.00,x\n"
    columns = {name: name for name in ("gift_date", "donor_id", "designation", "amount")} | {"memo": "extra"}
    mapped(harbor, alice, received(harbor, alice, text), columns=columns, order="ymd", mark=".", keep_as="Own")
    found = received(harbor, alice, text.replace(",extra", "").replace(",x", ""))
    assert (found.format, found.saved_mapping, found.mapping) == ("generic_gifts", None, {})


def test_saved_mappings_are_renamed_removed_and_brought_back(run: ImportRun, harbor: Agency, alice: User) -> None:
    mapped(harbor, alice, run, keep_as=" Programm ")
    saved = SavedMapping.objects.get()
    assert write_mapping(agency=harbor, actor=alice, saved=saved, name="Altes  Programm").name == "Altes Programm"
    with pytest.raises(MappingNameMissing):
        write_mapping(agency=harbor, actor=alice, saved=saved, name=" ")
    remove_mapping(agency=harbor, actor=alice, saved=saved)
    assert received(harbor, alice).outcome["reason"] == "not_recognised"
    mapped(harbor, alice, run, keep_as="Altes Programm")
    with pytest.raises(MappingNameTaken):
        restore_mapping(agency=harbor, actor=alice, saved=saved)
    other = SavedMapping.objects.get(removed_at=None)
    remove_mapping(agency=harbor, actor=alice, saved=other)
    assert restore_mapping(agency=harbor, actor=alice, saved=saved).removed_at is None
    verbs = AuditEntry.objects.filter(verb__endswith=" mapping").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == [
        "save mapping",
        "change mapping",
        "remove mapping",
        "save mapping",
        "remove mapping",
        "restore mapping",
    ]
    assert not AuditEntry.objects.filter(label__contains="Programm").exists()


def test_changing_the_mapping_of_a_file_may_change_the_saved_one(run: ImportRun, harbor: Agency, alice: User) -> None:
    mapped(harbor, alice, run, keep_as="Programm")
    columns = {fact: name for fact, name in COLUMNS.items() if fact != "method"}
    mapped(harbor, alice, run, columns=columns, change_saved=True)
    assert "method" not in SavedMapping.objects.get().rules["columns"]
    apart = mapped(harbor, alice, run, columns=COLUMNS)
    assert (apart.saved_mapping, "method" in SavedMapping.objects.get().rules["columns"]) == (None, False)


def test_a_bank_profile_carries_its_deposit_account(harbor: Agency, alice: User) -> None:
    from imports.operations.apply import NoSuchDeposit

    text = "Tag;Was;Wieviel\n13.02.2026;Dauerauftrag;12,50\n14.02.2026;Miete;-5,00\n"
    run = received(harbor, alice, text, "bank.csv")
    columns = {"date": "Tag", "text": "Was", "amount": "Wieviel"}
    with pytest.raises(NoSuchDeposit):
        map_columns(
            agency=harbor, actor=alice, run=run, rules=rules(kind="statement", columns=columns, deposit=999_999)
        )
    fixed = {"account": "DE12", "currency": "EUR"}
    checked = mapped(harbor, alice, run, kind="statement", columns=columns, fixed=fixed, keep_as="Bank")
    assert (checked.format, checked.outcome["new_statement_lines"]) == ("bank_csv", 2)
    apply_import(agency=harbor, actor=alice, run=checked)
    assert received(harbor, alice, text, "bank.csv").outcome["new_statement_lines"] == 0


def test_a_run_that_is_checked_now_is_not_mapped(run: ImportRun, harbor: Agency, alice: User) -> None:
    map_columns(agency=harbor, actor=alice, run=run, rules=rules())
    with pytest.raises(NotToBeMapped):
        map_columns(agency=harbor, actor=alice, run=run, rules=rules())
    assert check_import(agency=harbor, run=run).state == "checked"


CANONICAL = "gift_id,gift_date,donor_id,donor_name,designation,amount,currency\n"


def test_the_numbers_of_a_known_format_count_before_a_mapping_that_leaves_them_aside(
    harbor: Agency, alice: User
) -> None:
    first = received(harbor, alice, CANONICAL + "T1,2026-10-26,77,Ruth,0900101,10.00,EUR\n", name="gifts.csv")
    apply_import(agency=harbor, actor=alice, run=first)
    names = ("gift_date", "donor_id", "donor_name", "designation", "amount")
    sheet = ",".join(names) + "\n2026-11-01,77,Ruth,0900101,5.00\n"
    columns = {name: name for name in names}
    run = received(harbor, alice, sheet, name="sheet.csv")
    mapped(harbor, alice, run, columns=columns, order="ymd", mark=".", keep_as="Field sheet")
    again = CANONICAL + "T1,2026-10-26,77,Ruth,0900101,10.00,EUR\nT2,2026-10-27,77,Ruth,0900101,12.00,EUR\n"
    third = received(harbor, alice, again, name="gifts 2.csv")
    assert (third.format, third.saved_mapping) == (first.format, None)
    assert third.outcome["new_lines"] == 1
    same = received(harbor, alice, sheet.replace("5.00", "6.00"), name="sheet 2.csv")
    assert (same.format, same.saved_mapping is not None) == ("mapped_gifts", True)
