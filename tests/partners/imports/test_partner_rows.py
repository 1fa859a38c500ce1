"""The rules of partner rows: names, kinds, addresses, repeats, and proposals of one person under two numbers."""

import datetime as dt
from typing import Any

import pytest

from partners.imports.checking import CheckedFile, check_file
from partners.imports.context import Context, donor_number
from partners.imports.failing_ways import is_email
from partners.imports.judged import JudgedPartner, Name

HEADER = "source,donor_id,type,display_name,first_name,last_name,suffix,email,phone"


def check(*rows: str, header: str = HEADER, **changes: Any) -> CheckedFile:
    context = Context("USD", dt.date(2026, 11, 21), default_source="HLM", **changes)
    return check_file("\n".join([header, *rows]).encode(), context)


def said(file: CheckedFile, kind: str) -> list[tuple[int, str, str]]:
    return [(note.row, note.column, note.code) for note in file.notes.of(kind)]


def partners_of(file: CheckedFile) -> list[JudgedPartner]:
    assert file.partners
    return file.partners.partners


@pytest.mark.parametrize(
    ("row", "errors"),
    [
        (",,person,Ann,,,,,", [("donor_id", "required")]),
        (",7,person,,,,,,", [("display_name", "required")]),
        (",7,person,,Ann,Lee,,,", []),
        (",7,robot,Ann,,,,,", [("type", "type")]),
        (",7,Fund Sponsor,Ann,,,,,", []),
        (",7,,Ann,,,,,", []),
        (",7,person,A\x00n,,,,,", [("display_name", "control_character")]),
        (",7,person", [("", "cell_count")]),
    ],
)
def test_what_a_partner_needs(row: str, errors: list[tuple[str, str]]) -> None:
    file = check(row)
    assert said(file, "errors") == [(1, column, code) for column, code in errors]
    assert file.outcome.numbers["donors"] == int(not errors)


def test_what_a_good_row_becomes() -> None:
    header = f"{HEADER},spouse_first_name,spouse_email,address1,address2,city,postal_code,country,spouse_deceased"
    row = "WEB,0007,household,A\u202enn & Bo,Ann,Lee,Jr.,a@example.org,+1 2,Bo,bo@,1 Way,Apt 2,Town,00123,DE,yes"
    (partner,) = partners_of(check(row, header=header, donors={("WEB", "7")}))
    assert (partner.key, partner.number_as_given, partner.known) == (("WEB", "7"), "0007", True)
    assert (partner.display_name, partner.person) == ("Ann & Bo", Name(first="Ann", last="Lee", suffix="Jr."))
    assert (partner.spouse, partner.spouse_deceased) == (Name(first="Bo"), True)
    assert (partner.emails, partner.spouse_emails, partner.phones) == (("a@example.org",), (), ("+1 2",))
    assert (partner.street, partner.city, partner.postal_code) == (("1 Way", "Apt 2"), "Town", "00123")
    assert partner.raw["spouse_email"] == "bo@"


def test_warnings_hinder_nothing() -> None:
    file = check(',7,person,"=1+1",\ufffdnn,,,ann@,', ",8,person,A\u200bnn,,,,,")
    wanted = {(1, "display_name", "formula"), (1, "first_name", "encoding"), (1, "email", "invalid_email")}
    assert set(said(file, "warnings")) == wanted | {(2, "display_name", "invisible_characters")}
    assert file.outcome.numbers["donors"] == 2


def test_a_number_seen_again_is_a_repeat_or_a_conflict() -> None:
    file = check("HLM,7,,Ann,,,,,", ",0007,,Ann,,,,,", "HLM,7,,Bob,,,,,", "WEB,7,,Bob,,,,,", "HLM,A07,,Cy,,,,,")
    assert [str(partner.verdict) for partner in partners_of(file)] == [
        "create",
        "repeat",
        "conflict",
        "create",
        "create",
    ]
    assert said(file, "duplicates") == [(2, "", "duplicate")]
    assert said(file, "conflicts") == said(file, "errors") == [(3, "donor_id", "conflict")]


@pytest.mark.parametrize(
    ("first", "second", "sure", "likely"),
    [
        ("HLM,7,,Zoë Öl,,,,z@example.org,", "HLM,8,,zoe\u0308 O\u0308L,,,,Z@EXAMPLE.org,", 1, 0),
        ("HLM,7,,A and B Lee,A,Lee,M.D.,a@example.org,", "WEB,8,,A Lee,A,Lee,,A@example.org,", 1, 0),
        ("HLM,7,,A Lee,A,Lee,Sr.,a@example.org,5", "HLM,8,,A Lee,A,Lee,Jr.,,5", 0, 0),
        ("HLM,7,,A Lee Sr.,A,Lee,Sr.,a@example.org,5", "WEB,8,,A Lee Jr.,A,Lee,Jr.,a@example.org,5", 0, 0),
        ("HLM,7,,Robert Lee,Robert,Lee,,r@example.org,(27) 4", "WEB,8,,Bob Lee,Bob,Lee,,b@example.org,274", 0, 1),
        ("HLM,7,,Robert Lee,Robert,Lee,,,274", "HLM,8,,Bob Lee,Bob,Lee,,,274", 0, 0),
        ("HLM,7,,Ann,,,,a@example.org,", "HLM,8,,Bob,,,,a@example.org,", 0, 0),
    ],
)
def test_one_person_under_two_numbers_is_proposed(first: str, second: str, sure: int, likely: int) -> None:
    file = check(first, second)
    pair = [[f"{p.source}|{p.number}" for p in partners_of(file)]]
    assert (file.outcome.facts["same_person_sure"], file.outcome.facts["same_person_likely"]) == (
        pair * sure,
        pair * likely,
    )
    assert said(file, "warnings") == [(2, "", "duplicate_partner")] * (sure + likely)
    assert (file.outcome.numbers["donors"], len(partners_of(file)[1].same_person)) == (2, sure)


@pytest.mark.parametrize("text", ["a@example.org", "o'brien+x@mail.example.co.uk", "zoë@müller.example", "a.b@x1.org"])
def test_email_addresses(text: str) -> None:
    assert is_email(text)


@pytest.mark.parametrize(
    "text", ["", "a", "a@", "@b.org", "a@b", "a b@c.org", "a@b..org", "a@-b.org", "a@b.org,c@d.org"]
)
def test_no_email_addresses(text: str) -> None:
    assert not is_email(text)


@pytest.mark.parametrize(
    ("text", "number"), [("000104532", "104532"), ("0", "0"), ("000", "0"), ("W01", "W01"), ("", ""), ("٠٧", "٠٧")]
)
def test_donor_numbers(text: str, number: str) -> None:
    assert donor_number(text) == number
