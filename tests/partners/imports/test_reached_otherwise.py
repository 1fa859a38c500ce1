"""A file that comes every month: known givers who are reached otherwise now are told, updated, put back."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from imports.models import ImportRun
from imports.operations import apply_import, check_import, receive_file, undo_import
from partners.imports.undoing.looking import look_at
from partners.models import Address, EmailAddress, ExternalId, Gift, ImportMatch, Partner, Phone
from partners.operations.import_matches import Decision, NoSuchDecision, decide_matches
from tests.cast import Visitor
from tests.imports.conftest import harbor

__all__ = ["harbor"]
Visit = Callable[[User], Visitor]
Checked = Callable[..., ImportRun]
HEAD = (
    '[DONORS]\n"PEOPLE_ID","ACCT_NAME","PERSON_TYPE","LAST_NAME_ORG","FIRST_NAME","ADDR1","CITY","STATE","ZIP",'
    '"ADDR_CHANGED","PHONE","EMAIL"\n'
)
GIFTS = '[GIFTS]\n"PEOPLE_ID","DISPLAY_DATE","AMOUNT","DONATION_ID","DESIGNATION"\n'
RUTH = '"000088","Moab, Ruth","P","Moab","Ruth","{}","Moab","UT","{}","{}","{}","{}"\n'
OLD = RUTH.format("Old Road 1", "84000", "", "555-123-4567", "old@x.org")
NEW = RUTH.format("New Road 2", "84532", "3/4/2026", "(555) 999-8888", "new@x.org")
EZRA = '"99","Scribe, Ezra","P","Scribe","Ezra","Same Road 3","Moab","UT","84532","","","e@x.org"\n'


@pytest.fixture
def checked(harbor: Agency, alice: User) -> Checked:
    """A DataSync file with these donors, checked."""

    def run(*donors: str, gifts: str = "") -> ImportRun:
        content = (HEAD + "".join(donors) + GIFTS + gifts).encode()
        received = receive_file(agency=harbor, actor=alice, name="x.tntdatasync", content=content, check=False)
        return check_import(agency=harbor, run=received)

    return run


@pytest.fixture
def applied(harbor: Agency, alice: User, checked: Checked) -> Checked:
    return lambda *donors, gifts="": apply_import(agency=harbor, actor=alice, run=checked(*donors, gifts=gifts))


def ways() -> dict[str, dt.date | None]:
    """How Ruth is reached, and since when not any more."""
    ruth = ExternalId.objects.get(norm="88").partner_id
    return {
        str(each): each.not_valid_since
        for model in (EmailAddress, Phone, Address)
        for each in model._default_manager.filter(partner=ruth)
    }


BEFORE = {"old@x.org": None, "555-123-4567": None, "Old Road 1, Moab": None}


def test_what_differs_is_proposed_applied_and_put_back(
    applied: Checked, checked: Checked, harbor: Agency, alice: User
) -> None:
    applied(OLD, EZRA)
    run = checked(NEW, EZRA)
    match = ImportMatch.objects.get()
    assert (match.number, match.reason, match.choice, match.fields) == (
        "88",
        "number",
        "update",
        ["email", "phone", "address"],
    )
    run = apply_import(agency=harbor, actor=alice, run=run)
    day, today = dt.date(2026, 3, 4), harbor.today()
    assert ways() == {
        "old@x.org": day,
        "555-123-4567": day,
        "Old Road 1, Moab": day,
        "new@x.org": None,
        "(555) 999-8888": None,
        "New Road 2, Moab": None,
    }
    assert (run.applied["partners"], Partner.objects.count(), day < today) == (0, 2, True)
    assert look_at(agency=harbor, run=run).takes == {"updates": 1}
    assert undo_import(agency=harbor, actor=alice, run=run, reason="wrong").undone["taken"] == {"updates": 1}
    assert (ways(), ExternalId.objects.count()) == (BEFORE, 2)


def test_the_same_file_again_and_an_older_one_change_nothing(applied: Checked, checked: Checked) -> None:
    applied(OLD)
    applied(NEW)
    after = ways()
    ImportMatch.objects.all().delete()
    checked(NEW + EZRA)
    checked(OLD + EZRA)
    blank = RUTH.format("", "", "", "", "")
    checked(blank + EZRA)
    assert (ImportMatch.objects.count(), ways()) == (0, after)


def test_who_is_skipped_stays_and_keeps_their_gifts(
    applied: Checked, checked: Checked, harbor: Agency, alice: User
) -> None:
    applied(OLD)
    run = checked(NEW, gifts='"88","11/2/2026","5.00","d1","0900101"\n')
    decide_matches(agency=harbor, actor=alice, run=run, of_a_kind={"number": "skip"})
    apply_import(agency=harbor, actor=alice, run=run)
    assert ways() == BEFORE
    assert Gift.objects.get().giving_unit.partner_id == ExternalId.objects.get().partner_id


def test_only_the_marked_fields_are_taken(applied: Checked, checked: Checked, harbor: Agency, alice: User) -> None:
    applied(OLD)
    run = checked(NEW)
    match = ImportMatch.objects.get()
    decide_matches(agency=harbor, actor=alice, run=run, decisions={match.pk: Decision("update", ("email",))})
    apply_import(agency=harbor, actor=alice, run=run)
    assert ways() == BEFORE | {"old@x.org": harbor.today(), "new@x.org": None}
    with pytest.raises(NoSuchDecision):
        decide_matches(agency=harbor, actor=alice, run=checked(NEW), of_a_kind={"number": "create"})


def test_what_a_person_wrote_down_later_than_the_file_says_stays(
    applied: Checked, checked: Checked, harbor: Agency
) -> None:
    applied(OLD)
    Address.objects.update(not_valid_since=dt.date(2026, 5, 1))
    ruth = ExternalId.objects.get(norm="88").partner
    Address.objects.create(
        agency=harbor, partner=ruth, lines="By Hand 5", city="Moab", added_at=dt.datetime(2026, 5, 1, tzinfo=dt.UTC)
    )
    checked(RUTH.format("New Road 2", "84532", "3/4/2026", "", ""))
    assert not ImportMatch.objects.exists()
    checked(RUTH.format("New Road 2", "84532", "6/4/2026", "", ""))
    assert ImportMatch.objects.get().fields == ["address"]


def test_a_file_of_history_proposes_nothing_by_itself(applied: Checked, checked: Checked) -> None:
    applied(OLD)
    checked(NEW, gifts='"88","1/2/2024","5.00","d1","0900101"\n')
    match = ImportMatch.objects.get()
    assert (match.choice, match.fields) == ("", ["email", "phone", "address"])


def test_the_pages(applied: Checked, checked: Checked, harbor: Agency, alice: User, visit: Visit) -> None:
    applied(OLD)
    run, browser = checked(NEW), visit(alice)
    told = browser.get(reverse("import", args=[harbor.slug, run.pk])).content.decode()
    assert "has another address, e-mail or phone of 1 giver than" in told
    page = browser.get(reverse("import_givers", args=[harbor.slug, run.pk]))
    shown = page.context["matches"][0]
    assert [(field.name, field.taken) for field in shown.fields] == [
        ("email", True),
        ("phone", True),
        ("address", True),
    ]
    assert [value for value, _ in shown.choices] == ["update", "skip"]
    sent = {"sent": "1", f"do-{shown.pk}": "update", "all-number": "skip"}
    sent |= {f"take-{shown.pk}-{field.name}": "on" for field in shown.fields}
    assert browser.post(reverse("import_givers", args=[harbor.slug, run.pk]), sent).status_code == 302
    assert ImportMatch.objects.get().choice == "skip"


def test_many_known_givers_are_looked_up_together(applied: Checked, checked: Checked) -> None:
    line = '"{0}","Giver {0}","P","Giver","G{0}","Road {0}","Moab","UT","84000","","555 000{0:04}","g{0}@x.org"\n'
    people = [line.format(number) for number in range(1000, 1300)]
    applied(*people)
    asked = []
    for changed in (1, 3):
        moved = [each.replace("Road", "Way") for each in people[:changed]]
        with CaptureQueriesContext(connection) as captured:
            checked(*moved, *people[changed:])
        asked.append(len(captured))
        assert ImportMatch.objects.count() == changed
        ImportMatch.objects.all().delete()
    assert asked[0] == asked[1]
