"""The letter of a unit to whom a leaving worker held: whom it reaches, whom not and why, and what it may tell."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, Role
from communications import operations as letters
from communications.models import Exclusion, Letter
from communications.queries.readers import counts_of
from core.money import Money
from delivery.models import OutgoingMessage
from delivery.sending import end
from funds.models import Designation
from handover import operations
from handover.models import Case, Passing
from handover.operations.cases import CaseClosed
from handover.operations.letters import LetterBeforeTold, LetterThere, OtherUnitsCase
from handover.queries.letters import new_holder_in_public
from jobs.testing import run_due
from partners.models import GivingUnit, Partner
from partners.operations import Part, add_email, appoint_holder, record_gift
from ssu import operations as ssu
from ssu.models import TeamMember, Unit, Worker
from tests.cast import Visitor

Visit = Callable[[User], Visitor]
Make = Callable[..., Any]
BODY = "Dear {{greeting}},\n\nas {{unit_name}} we are there for you."


def at(name: str, *args: Any) -> str:
    return reverse(name, args=["harbor", *args])


def main_of(answer: Any) -> str:
    """The page without its frame."""
    return str(answer.content.decode().split("<main", 1)[1])


@pytest.fixture
def partners(inside: Agency, act: dict[str, Any], held: Make, give: Make) -> SimpleNamespace:
    """Whom Anna holds: two who give and read e-mail, one in German, one who gives and has none, one who only is held,
    and one who is to be left out.
    """
    inside.address = "1 Harbor Street\nPortland, ME 04101"
    inside.save()
    letters.decide_policy(**act, news=True, appeals=False, months=24, wording="They gave")
    found = SimpleNamespace(**{name: held(name) for name in ("Mail", "German", "Silent", "Held", "Office")})
    for name, partner in vars(found).items():
        if name != "Held":
            give(partner, 5000, inside.today())
        if name != "Silent":
            add_email(**act, partner=partner, email=f"{name}@example.org", whose="")
    Partner.objects.filter(pk=found.German.pk).update(language="de")
    return found


def write(act: dict[str, Any], case: Case, unit: Unit, **fields: Any) -> Letter:
    given = {"subject": "Who is there for you", "body": BODY, "language": "en", **fields}
    return operations.write_case_letter(**act, case=case, unit=unit, **given)


def leave_out(act: dict[str, Any], case: Case, partner: Partner) -> None:
    chosen = Passing.objects.filter(case=case, holder__partner=partner)
    operations.skip_passings(**act, case=case, passings=chosen, why="office")


def test_a_letter_from_the_case_until_the_case_says_who_got_none(
    act: dict[str, Any],
    inside: Agency,
    alice: User,
    carol: User,
    visit: Visit,
    leaves: Make,
    unit: Unit,
    partners: SimpleNamespace,
) -> None:
    words = letters.write_core_message(**act, unit=unit, text="All of us serve one goal")
    letters.approve_core_message(agency=inside, actor=carol, message=words)
    case, browser = leaves(reason="Secret word"), visit(alice)
    leave_out(act, case, partners.Office)
    begun = browser.get(at("handover_letter_add", case.pk, unit.pk)).context["form"].initial
    said = [word in begun["body"] for word in ("Anna Fields", "All of us serve one goal", "Secret")]
    assert said == [True, True, False]
    form = {**begun, "message": words.pk}
    answer = browser.post(at("handover_letter_add", case.pk, unit.pk), form)
    letter = Letter.objects.get()
    assert (answer.url, letter.core_message) == (at("letter", letter.pk), words)
    assert counts_of(inside, letter).reasons == {Exclusion.NO_EMAIL: 1, Exclusion.LANGUAGE: 1}
    assert "Draft" in main_of(browser.get(at("handover", case.pk)))
    letters.approve_letter(**act, letter=letter)
    letters.send_letter(**act, letter=letter)
    run_due()
    [sent] = OutgoingMessage.objects.filter(purpose="letter")
    assert sent.to == "Mail@example.org"
    end(sent, OutgoingMessage.State.ACCEPTED)
    [told] = browser.get(at("handover", case.pk)).context["letters"]
    assert told.letters[0].counts == "1 sent, 2 left out"
    assert {each.name.split()[-1]: each.why for each in told.without} == {
        "German": "Reads another language",
        "Silent": "No e-mail address",
        "Held": "Has neither given openly to this unit nor promised, and does not pray for it",
        "Office": "Left out: the office cares for the partner",
    }
    assert told.add_url, "the German letter is still to be written"


def test_what_is_not_told_or_closed_or_of_another_unit_has_no_letter(
    act: dict[str, Any],
    alice: User,
    visit: Visit,
    leaves: Make,
    unit: Unit,
    partners: SimpleNamespace,
) -> None:
    case, browser = leaves(is_told=False), visit(alice)
    assert browser.get(at("handover", case.pk)).context["letters"] == []
    assert browser.get(at("handover_letter_add", case.pk, unit.pk)).status_code == 404
    with pytest.raises(LetterBeforeTold):
        write(act, case, unit)
    operations.tell_case(**act, case=case)
    other = ssu.add_unit(**act, code="U2", name="Delta", strategy=unit.strategy, kind="community", discretion="open")
    with pytest.raises(OtherUnitsCase):
        write(act, case, other)
    letter = letters.approve_letter(**act, letter=write(act, case, unit))
    with pytest.raises(LetterThere):
        write(act, case, unit)
    operations.skip_passings(**act, case=case, passings=Passing.objects.all(), why="office")
    assert "Send letter" not in main_of(browser.get(at("letter", letter.pk))), "nobody would get it"
    operations.close_case(**act, case=case)
    for wrong in (lambda: letters.send_letter(**act, letter=letter), lambda: write(act, case, unit, language="de")):
        with pytest.raises(CaseClosed):
            wrong()


def test_a_letter_that_would_reach_nobody_is_not_offered(
    act: dict[str, Any], alice: User, visit: Visit, leaves: Make, unit: Unit, partners: SimpleNamespace
) -> None:
    case, browser = leaves(), visit(alice)

    def offered() -> bool:
        return any(each.add_url for each in browser.get(at("handover", case.pk)).context["letters"])

    assert offered()
    for name in ("Mail", "German", "Office"):
        leave_out(act, case, getattr(partners, name))
    assert not offered(), "whom no e-mail reaches, and who never gave, gets none"


def test_the_new_holder_is_named_where_anybody_may_read_it(
    act: dict[str, Any],
    inside: Agency,
    leaves: Make,
    unit: Unit,
    ben: TeamMember,
    serves: Make,
    partners: SimpleNamespace,
) -> None:
    case, passings = leaves(), Passing.objects.order_by("pk")
    assert new_holder_in_public(case, unit) == ""
    operations.pass_on(**act, case=case, passings=passings[:1], service=ben, due_on=inside.today())
    assert new_holder_in_public(case, unit) == "", "the others have nobody yet, and read the same letter"
    operations.skip_passings(**act, case=case, passings=passings[2:], why="office")
    operations.pass_on(**act, case=case, passings=passings[1:2], service=ben, due_on=inside.today())
    assert new_holder_in_public(case, unit) == "Ben Stone"
    Worker.objects.filter(pk=ben.worker_id).update(discretion="closed")
    assert new_holder_in_public(case, unit) == ""
    Worker.objects.filter(pk=ben.worker_id).update(discretion="open")
    operations.take_back_act(**act, case=case, act=passings[1].acts.get())
    cleo = serves("Cleo Marsh")
    operations.pass_on(**act, case=case, passings=passings[1:2], service=cleo, due_on=inside.today())
    assert new_holder_in_public(case, unit) == "", "two would be one too many for some readers"


def test_programs_write_for_units_that_they_reach(
    act: dict[str, Any],
    inside: Agency,
    bob: User,
    visit: Visit,
    joins: Make,
    leaves: Make,
    unit: Unit,
    anna: Worker,
    partners: SimpleNamespace,
) -> None:
    joins(bob, Role.STAFF)
    other = ssu.add_unit(**act, code="U2", name="Delta", strategy=unit.strategy, kind="community", discretion="open")
    ssu.add_team_member(**act, unit=other, worker=anna, role="member", joined_on=inside.today())
    appoint_holder(**act, partner=partners.Mail, unit=other, worker=anna)
    case, program = leaves(), visit(bob)
    Unit.objects.filter(pk=other.pk).update(discretion="closed", alias="Birch")
    said = {"language": "en", "subject": "Hello", "body": BODY}

    def post(at_unit: Unit) -> int:
        answer = program.post(
            at("api_handover_letters", case.pk), {**said, "unit": at_unit.pk}, content_type="application/json"
        )
        return int(answer.status_code)

    write(act, case, other)
    assert [post(unit), post(unit), post(other)] == [201, 409, 400]
    told = program.get(at("api_handover_letters", case.pk)).json()["results"]
    assert [each["unit"] for each in told] == [unit.pk], "no letter of a unit that is closed to the reader"


def test_no_count_of_a_letter_tells_that_a_partner_gave_without_a_name(
    act: dict[str, Any],
    inside: Agency,
    leaves: Make,
    unit: Unit,
    money: Designation,
    partners: SimpleNamespace,
) -> None:
    letter = write(act, leaves(), unit)
    before = counts_of(inside, letter)
    giver, part = GivingUnit.objects.get(partner=partners.Held), Part(money, Money(5000, "USD"))
    record_gift(**act, giving_unit=giver, on=inside.today(), parts=[part], key="unnamed", anonymous=True)
    assert counts_of(inside, letter) == before


def test_nothing_goes_out_once_the_hand_over_is_called_off(
    act: dict[str, Any], inside: Agency, leaves: Make, unit: Unit, partners: SimpleNamespace
) -> None:
    case = leaves()
    letter = write(act, case, unit)
    letters.approve_letter(**act, letter=letter)
    letters.send_letter(**act, letter=letter)
    composer, _total = letters.begin_sending(agency=inside, letter_id=letter.pk)
    operations.call_off(**act, case=case)
    with pytest.raises(CaseClosed):
        letters.queue_chunk(agency=inside, composer=composer)
    assert not OutgoingMessage.objects.filter(purpose="letter").exists()
