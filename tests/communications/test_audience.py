"""Who gets a letter and why somebody does not."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from agencies.models import Agency
from communications import operations
from communications.models import Exclusion, Letter
from communications.operations.audience import MustStayOut, NotInTheAudience
from communications.queries.audience import Verdict, audience_of, judge
from communications.queries.readers import (
    Counts,
    counts_of,
    has_readers,
    left_out_for,
    readers,
    verdicts_on,
    would_get,
)
from core.money import Money
from delivery.operations import suppress
from funds.models import Designation
from funds.operations import open_designation
from partners.models import EmailAddress, GivingUnit, Partner
from partners.operations import add_commitment, add_partner
from ssu.models import Worker

Give = Callable[..., Partner]
Write = Callable[..., Letter]


def whole_audience(agency: Agency, letter: Letter) -> list[Verdict]:
    """The verdict on every partner, as the job would come to it."""
    return judge(agency, letter, list(audience_of(letter.unit, letter.purpose)), taken=frozenset())


def reasons(agency: Agency, letter: Letter) -> dict[str, str]:
    """{first name: reason}, "" for who gets the letter."""
    told = {each.partner.first_name: str(each.excluded) for each in whole_audience(agency, letter)}
    refuse_two_truths(agency, letter, told)
    return told


def refuse_two_truths(agency: Agency, letter: Letter, told: dict[str, str]) -> None:
    """The page before sending, which the database counts, says what the job does."""
    names = dict(audience_of(letter.unit, letter.purpose).values_list("pk", "first_name"))
    shown = {names[each.pk]: "" for each in readers(agency, letter)}
    for said in Exclusion.values:
        shown |= {names[each.pk]: said for each in left_out_for(agency, letter, said)}
    assert shown == told
    assert counts_of(agency, letter) == counted(told)
    assert has_readers(agency, letter) == ("" in told.values())
    page = verdicts_on(agency, letter, list(would_get(agency, letter)))
    assert {each.partner.first_name: str(each.excluded) for each in page} == told


def counted(told: dict[str, str]) -> Counts:
    numbers = {said: list(told.values()).count(said) for said in Exclusion.values if said in told.values()}
    return Counts(len(told), list(told.values()).count(""), numbers)


def consent(agency: Agency, partner: Partner, basis: str, on: date | None = None, purpose: str = "news") -> None:
    operations.record_consent(
        agency=agency,
        actor=None,
        partner=partner,
        channel="email",
        purpose=purpose,
        basis=basis,
        wording="Yes, write to me.",
        source="card",
        on=on or agency.today(),
    )


def test_partners_of_other_units_are_not_in_the_audience(
    posted: Agency, village: SimpleNamespace, units: SimpleNamespace, give: Give, write: Write
) -> None:
    give(units.careful, "Stranger", "stranger@example.org")
    assert reasons(posted, write(village.unit)) == {"Ruth": "", "Boaz": ""}


def test_every_reason_is_told(posted: Agency, village: SimpleNamespace, give: Give, write: Write, alice: User) -> None:
    unit = village.unit
    give(unit, "Dead", "dead@example.org", deceased_on=date(2026, 1, 1))
    consent(posted, give(unit, "Objector", "objector@example.org"), "objection")
    give(unit, "Nomail")
    EmailAddress.objects.filter(partner=give(unit, "Gone", "gone@example.org")).update(not_valid_since=date(2026, 1, 1))
    EmailAddress.objects.filter(partner=give(unit, "Typo", "typo@example.org")).update(email="not an address")
    give(unit, "Closed", "closed@example.org")
    suppress(actor=alice, reason="bounced", address="Closed@Example.org ")
    give(unit, "Long", "long@example.org", days_ago=1000)
    give(unit, "Fund", "fund@example.org", kind="fund_sponsor")
    give(unit, "Hangul", "hangul@example.org", language="ko")
    give(unit, "Twin", "RUTH@example.org")
    assert reasons(posted, write(unit)) == {
        "Ruth": "",
        "Boaz": "",
        "Dead": Exclusion.DECEASED,
        "Objector": Exclusion.OBJECTED,
        "Nomail": Exclusion.NO_EMAIL,
        "Gone": Exclusion.NOT_VALID,
        "Typo": Exclusion.NOT_VALID,
        "Closed": Exclusion.SUPPRESSED,
        "Long": Exclusion.LAPSED,
        "Fund": Exclusion.SPONSOR,
        "Hangul": Exclusion.LANGUAGE,
        "Twin": Exclusion.SAME_ADDRESS,
    }


def test_without_a_rule_nobody_gets_a_letter_who_did_not_consent(
    posted: Agency, units: SimpleNamespace, give: Give, write: Write
) -> None:
    give(units.open, "Ruth", "ruth@example.org")
    consent(posted, give(units.open, "Boaz", "boaz@example.org"), "consent")
    assert reasons(posted, write(units.open)) == {"Ruth": Exclusion.NO_BASIS, "Boaz": ""}


def test_the_rule_covers_only_the_purposes_it_names(posted: Agency, village: SimpleNamespace, write: Write) -> None:
    consent(posted, village.ruth, "consent", purpose="appeal")
    letter = write(village.unit, purpose="appeal")
    assert reasons(posted, letter) == {"Ruth": "", "Boaz": Exclusion.NO_BASIS}
    assert [each.basis for each in whole_audience(posted, letter)] == ["consent", ""]


def test_a_card_found_later_does_not_undo_an_objection(posted: Agency, village: SimpleNamespace, write: Write) -> None:
    letter = write(village.unit)
    consent(posted, village.ruth, "objection")
    consent(posted, village.ruth, "consent", on=posted.today() - timedelta(days=30))
    assert reasons(posted, letter)["Ruth"] == Exclusion.OBJECTED
    consent(posted, village.ruth, "consent")
    assert reasons(posted, letter)["Ruth"] == ""


def test_a_commitment_that_runs_counts_as_giving_and_makes_a_partner_of_the_unit(
    posted: Agency,
    village: SimpleNamespace,
    fund_of: Callable[..., Designation],
    alice: User,
    write: Write,
) -> None:
    naomi = add_partner(
        agency=posted, actor=alice, kind="person", first_name="Naomi", last_name="Elim", email="naomi@example.org"
    )
    promise = add_commitment(
        agency=posted,
        actor=alice,
        giving_unit=GivingUnit.objects.get(partner=naomi),
        designation=fund_of(village.unit),
        amount=Money(1000, "USD"),
        frequency="monthly",
        starts_on=date(2020, 1, 1),
    )
    letter = write(village.unit)
    assert reasons(posted, letter)["Naomi"] == ""
    promise.ends_on = date(2021, 1, 1)
    promise.save()
    assert reasons(posted, letter)["Naomi"] == Exclusion.LAPSED


def test_givers_to_the_old_account_of_somebody_who_serves_now_belong_to_the_unit(
    posted: Agency,
    led: SimpleNamespace,
    policy: object,
    give: Give,
    alice: User,
    bob: User,
    write: Write,
) -> None:
    worker = Worker.objects.get(membership__user=bob)
    legacy = open_designation(
        agency=posted, actor=alice, code="0104", public_name="Legacy", kind="worker", worker=worker
    )
    give(led.open, "Old", "old@example.org", to=legacy)
    assert reasons(posted, write(led.open)) == {"Old": ""}
    assert reasons(posted, write(led.careful)) == {}


def test_a_person_may_set_aside_only_what_the_law_leaves_open(
    posted: Agency, village: SimpleNamespace, give: Give, write: Write, alice: User
) -> None:
    letter = write(village.unit)
    long_ago = give(village.unit, "Long", "long@example.org", days_ago=1000)
    letter = operations.include_partner(agency=posted, actor=alice, letter=letter, partner=long_ago)
    verdict = next(each for each in whole_audience(posted, letter) if each.partner == long_ago)
    assert (verdict.excluded, verdict.included_anyway, verdict.basis) == ("", True, "legitimate_interest")
    consent(posted, long_ago, "objection")
    assert reasons(posted, letter)["Long"] == Exclusion.OBJECTED
    back = operations.leave_partner_out(agency=posted, actor=alice, letter=letter, partner=long_ago)
    assert back.include_anyway == frozenset()


@pytest.mark.parametrize("why", ["deceased", "objection", "suppressed", "no rule"])
def test_what_must_stay_out_stays_out(
    posted: Agency, village: SimpleNamespace, write: Write, alice: User, why: str
) -> None:
    letter, ruth = write(village.unit), village.ruth
    if why == "deceased":
        Partner.objects.filter(pk=ruth.pk).update(deceased_on=date(2026, 1, 1))
    elif why == "objection":
        consent(posted, ruth, "objection")
    elif why == "suppressed":
        suppress(actor=alice, reason="complained", address="ruth@example.org")
    else:
        operations.decide_policy(agency=posted, actor=alice, news=False, appeals=False, months=1, wording="")
    with pytest.raises(MustStayOut):
        operations.include_partner(agency=posted, actor=alice, letter=letter, partner=ruth)
    # Control, and a second net: an id that came into the row some other way is not obeyed either.
    Letter.objects.filter(pk=letter.pk).update(audience={"include_anyway": [ruth.pk]})
    assert reasons(posted, Letter.objects.select_related("unit").get(pk=letter.pk))["Ruth"] != ""


def test_nobody_from_outside_the_unit_can_be_put_in(
    posted: Agency,
    village: SimpleNamespace,
    units: SimpleNamespace,
    give: Give,
    write: Write,
    alice: User,
) -> None:
    stranger = give(units.careful, "Stranger", "stranger@example.org")
    with pytest.raises(NotInTheAudience):
        operations.include_partner(agency=posted, actor=alice, letter=write(village.unit), partner=stranger)


def test_queries_do_not_grow_with_the_partners(
    posted: Agency,
    village: SimpleNamespace,
    give: Give,
    write: Write,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    letter = write(village.unit)
    letter.unit  # noqa: B018 - loaded
    for number in range(3):
        give(village.unit, f"More{number}", f"more{number}@example.org")
    with django_assert_num_queries(9):
        assert len(whole_audience(posted, letter)) == 5
    for number in range(45):
        give(village.unit, f"Many{number}", f"many{number}@example.org")
    with django_assert_num_queries(9):
        assert len(whole_audience(posted, letter)) == 50
