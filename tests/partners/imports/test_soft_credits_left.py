"""What CiviCRM tells of a contribution beyond what a gift holds is said, not dropped."""

from tests.partners.imports.formats.judging import lines_of
from tests.partners.imports.test_partner_rows import check

HEAD = (
    "external_identifier,total_amount,receive_date,trxn_id,soft_credit.contact.external_identifier,"
    "soft_credit_2.contact.external_identifier,soft_credit_2_type_id,receipt_date"
)


def test_a_further_soft_credit_is_named_by_row_and_column() -> None:
    file = check(
        "7,5.00,2025-01-03,t1,8,9,In Honor of,2025-01-31",
        "7,6.00,2025-01-04,t2,8,,In Honor of,",
        header=HEAD,
    )
    found = [(note.row, note.column) for note in file.notes.of("warnings") if note.code == "soft_credit_left"]
    assert found == [(1, "soft_credit_2.contact.external_identifier")]
    assert (file.outcome.format, [line.receipted for line in lines_of(file)]) == (
        "civicrm_contributions",
        [True, False],
    )


def test_one_soft_credit_is_nothing_to_warn_of() -> None:
    file = check("7,5.00,2025-01-03,t1,8,,,", header=HEAD)
    assert [note.code for note in file.notes.of("warnings") if note.code == "soft_credit_left"] == []
    assert "left_out" not in file.outcome.facts
