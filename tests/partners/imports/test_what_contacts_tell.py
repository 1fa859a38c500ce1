"""What an old system knew of its contacts stands: who died, which ways are dead, and their tags."""

import datetime as dt
import json
from collections.abc import Callable

import pytest

from accounts.models import User
from agencies.models import Agency
from imports.models import ImportRun
from imports.operations import apply_import, check_import, receive_file, undo_import
from partners.models import Address, EmailAddress, Partner, Phone, Tag, Tagging
from partners.operations.partners import update_partner
from partners.operations.tags import add_tag, give_tag, retire_tag
from partners.pages.partner import died
from tests.imports.conftest import SAMPLES, harbor

__all__ = ["harbor"]
Bring = Callable[[str, str], ImportRun]
TNT_HEAD = (
    "ContactID,File As,Full Name,First/Given Name,Last/Family Name,Home Phone,Phone,Phone Is Operational,Email,"
    "Email Is Operational,Email 2,Email 2 Is Operational,Mailing Street Address,Mailing City,"
    "Mailing Address Is Deliverable,Deceased,Categories\n"
)
TNT_ROWS = (
    "1,Moab Ruth,Ruth Moab,Ruth,Moab,555 1234567,555 1234567,False,r@x.org,False,ruth@x.org,True,Old Road 1,Moab,"
    'False,True,"prayer, Harvest"\n'
    "2,Ezra Scribe,Scribe Ezra,Scribe,Ezra,555 7654321,555 7654321,True,e@x.org,True,,False,New Road 2,Moab,True,False,"
    "PRAYER\n"
)


@pytest.fixture
def bring(harbor: Agency, alice: User) -> Bring:
    """Check and apply the text of a file."""

    def run(name: str, text: str) -> ImportRun:
        received = receive_file(agency=harbor, actor=alice, name=name, content=text.encode(), check=False)
        return apply_import(agency=harbor, actor=alice, run=check_import(agency=harbor, run=received))

    return run


def ways(partner: Partner) -> dict[str, dt.date | None]:
    """Each way to reach a partner, and since when it does not hold."""
    return {str(each): each.not_valid_since for model in (EmailAddress, Phone, Address) for each in of(model, partner)}


def of(model: type[EmailAddress | Phone | Address], partner: Partner) -> list[EmailAddress | Phone | Address]:
    return list(model._default_manager.filter(partner=partner))


def test_the_dead_and_dead_ways_of_a_tntconnect_export(bring: Bring, harbor: Agency) -> None:
    bring("contacts.csv", TNT_HEAD + TNT_ROWS)
    today = harbor.today()
    ruth, ezra = Partner.objects.get(name="Ruth Moab"), Partner.objects.get(name="Scribe Ezra")
    assert (ruth.deceased_on, ruth.death_day_known, died(harbor, ruth)) == (
        today,
        False,
        "Has died, the day is not known",
    )
    assert (ezra.deceased_on, ezra.death_day_known) == (None, True)
    assert ways(ruth) == {
        "555 1234567": today,
        "r@x.org": today,
        "ruth@x.org": None,
        "Old Road 1, Moab": today,
    }
    assert ways(ezra) == {"555 7654321": None, "e@x.org": None, "New Road 2, Moab": None}


def test_a_person_who_learns_the_day_writes_it_down(bring: Bring, harbor: Agency, alice: User) -> None:
    bring("contacts.csv", TNT_HEAD + TNT_ROWS)
    ruth = Partner.objects.get(name="Ruth Moab")
    update_partner(agency=harbor, actor=alice, partner=ruth, deceased_on=dt.date(2026, 3, 1))
    fresh = Partner.objects.get(pk=ruth.pk)
    assert (fresh.deceased_on, fresh.death_day_known) == (dt.date(2026, 3, 1), True)


def test_tags_are_given_and_go_with_the_import(bring: Bring, harbor: Agency, alice: User) -> None:
    tag = add_tag(agency=harbor, actor=alice, name="Prayer")
    run = bring("contacts.csv", TNT_HEAD + TNT_ROWS)
    assert sorted(Tagging.objects.values_list("partner__name", "tag__name")) == [
        ("Ruth Moab", "Harvest"),
        ("Ruth Moab", "Prayer"),
        ("Scribe Ezra", "Prayer"),
    ]
    bring("contacts.csv", TNT_HEAD + TNT_ROWS + "\n")
    assert Tagging.objects.count() == 3
    undone = undo_import(agency=harbor, actor=alice, run=run, reason="wrong")
    assert undone.undone["taken"]["partners"] == 2
    assert (list(Tag.objects.values_list("pk", flat=True)), Tagging.objects.count()) == ([tag.pk], 0)


def test_a_tag_that_a_person_gave_keeps_the_partner_and_a_retired_one_is_given_to_nobody(
    bring: Bring, harbor: Agency, alice: User
) -> None:
    retire_tag(agency=harbor, actor=alice, tag=add_tag(agency=harbor, actor=alice, name="harvest"))
    run = bring("contacts.csv", TNT_HEAD + TNT_ROWS)
    assert not Tagging.objects.filter(tag__norm="harvest").exists()
    ruth = Partner.objects.get(name="Ruth Moab")
    mine = add_tag(agency=harbor, actor=alice, name="mine")
    give_tag(agency=harbor, actor=alice, tag=mine, partners=Partner.objects.filter(pk=ruth.pk))
    assert undo_import(agency=harbor, actor=alice, run=run, reason="wrong").undone["taken"]["partners"] == 1
    assert list(Partner.objects.values_list("pk", flat=True)) == [ruth.pk]


def test_the_tags_of_the_samples_of_mpdx(harbor: Agency, bring: Bring) -> None:
    bring("contacts.csv", (SAMPLES / "mpdx/contacts_import.csv").read_text(encoding="utf-8-sig"))
    counts = {tag.name: tag.taggings.count() for tag in Tag.objects.all()}
    assert counts == json.loads((SAMPLES / "expected.json").read_text())["files"]["mpdx/contacts_import.csv"]["tags"]


def test_groups_deaths_and_masks_of_a_tntconnect_database(bring: Bring, harbor: Agency) -> None:
    contact = (
        "<row id='7'><FileAs>Moab</FileAs><FullName>Ruth Moab</FullName><FirstName>Ruth</FirstName>"
        "<LastName>Moab</LastName><SpouseFirstName>Boaz</SpouseFirstName><HomePhone>555 1</HomePhone>"
        "<MobilePhone>555 2</MobilePhone><PhoneIsValidMask>32</PhoneIsValidMask><Email1>r@x.org</Email1>"
        "<Email1IsValid>false</Email1IsValid><HomeStreetAddress>Road 1</HomeStreetAddress>"
        "<HomeAddressIsDeliverable>false</HomeAddressIsDeliverable></row>"
    )
    tables = (
        f"<Contact>{contact}</Contact><Group><row id='1'><Description>Harvest</Description></row></Group>"
        "<GroupContact><row id='2'><GroupID>1</GroupID><ContactID>7</ContactID></row></GroupContact>"
        "<Donor><row id='3'><ContactID>7</ContactID><IsSpouse>true</IsSpouse><Deceased>true</Deceased></row></Donor>"
    )
    bring("tnt.xml", f"<?xml version='1.0'?><Database><Tables>{tables}</Tables></Database>")
    ruth = Partner.objects.get()
    today = harbor.today()
    assert (ruth.deceased_on, ruth.spouse_deceased) == (None, True)
    assert ways(ruth) == {"r@x.org": today, "555 1": today, "555 2": None, "Road 1": today}
    assert [each.tag.name for each in ruth.taggings.all()] == ["Harvest"]


def test_datasync_tells_since_when_an_address_of_mail_is_dead(bring: Bring) -> None:
    text = (
        '[DONORS]\n"PEOPLE_ID","ACCT_NAME","PERSON_TYPE","EMAIL","EMAIL_VALID","EMAIL_CHANGED"\n'
        '"88","Ruth Moab","P","r@x.org","FALSE","3/4/2026"\n[GIFTS]\n'
        '"PEOPLE_ID","DISPLAY_DATE","AMOUNT","DONATION_ID","DESIGNATION"\n'
    )
    bring("x.tntdatasync", text)
    assert ways(Partner.objects.get()) == {"r@x.org": dt.date(2026, 3, 4)}


@pytest.mark.parametrize(
    ("cells", "stands"),
    [
        ("yes,,es,", (None, False, "es")),
        (",2026-03-01,,", (dt.date(2026, 3, 1), True, "")),
        ("no,,,", (None, True, "")),
    ],
)
def test_our_own_file_carries_a_death(
    bring: Bring, harbor: Agency, cells: str, stands: tuple[dt.date | None, bool, str]
) -> None:
    bring("people.csv", f"donor_id,display_name,deceased,deceased_on,language,tags\n7,Ruth Moab,{cells}\n")
    ruth = Partner.objects.get()
    day = harbor.today() if cells.startswith("yes") else stands[0]
    assert (ruth.deceased_on, ruth.death_day_known, ruth.language) == (day, *stands[1:])


def test_a_day_of_death_that_is_none_keeps_the_row_out(bring: Bring) -> None:
    run = bring("people.csv", "donor_id,display_name,deceased_on\n7,Ruth Moab,soon\n8,Ezra,\n")
    found = run.findings.filter(kind="errors").values_list("row", "column", "reason")
    assert (list(found), Partner.objects.get().name) == ([(1, "deceased_on", "date")], "Ezra")
