"""One partner in whom every personal field is a token that stands nowhere else."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency
from agencies.operations import saved_views
from communications import operations as letters
from core.money import Money
from delivery import operations as delivery
from funds.operations import open_designation
from imports.operations import apply_import, check_import, receive_file
from partners import operations
from partners.models import GivingUnit, Partner
from partners.operations import Part
from reports.operations import issuing
from tests.imports.conftest import harbor
from tests.partners.erasing.planted import plant
from tests.ssu.conftest import led, make_unit, serve, strategy, units
from transition import operations as transition
from transition.models import Shift

__all__ = ["harbor", "led", "make_unit", "serve", "strategy", "units"]
PEOPLE = "donor_id,display_name,first_name,last_name,email,phone,address1,city,postal_code,note\n"
GIFTS = "gift_id,gift_date,donor_id,donor_name,designation,amount,currency,type,reference,memo,gift_total\n"
TOKEN = "qzx"
NAME, LAST = f"{TOKEN}ruth", f"{TOKEN}moab"
EMAIL = f"{TOKEN}mail@example.org"
BOB = "bob@harbor-light.example"
PHONE = "+1 555 0190 477"
OLD_NUMBER = "77001"


def word(what: str) -> str:
    """A token for one field."""
    return f"{TOKEN}{what}"


@pytest.fixture
def act(harbor: Agency, alice: User) -> dict[str, Any]:
    return {"agency": harbor, "actor": alice}


def bring(act: dict[str, Any], *gifts: str, memo: str = "") -> Any:
    """Apply a file of the person and one of gifts of 10 dollars, by the old number; return the import of the second."""
    told = (NAME, LAST, EMAIL, PHONE, word("street"), word("city"), word("code"), word("note"))
    apply(act, "people.csv", f"{PEOPLE}{OLD_NUMBER},{NAME} {LAST},{','.join(told)}\n")
    rows = [f"{gift},2025-10-26,{OLD_NUMBER},{NAME} {LAST},0105201,10.00,USD,gift,,{memo},10.00\n" for gift in gifts]
    return apply(act, "gifts.csv", GIFTS + "".join(rows))


def apply(act: dict[str, Any], name: str, text: str) -> Any:
    received = receive_file(**act, name=name, content=text.encode(), check=False)
    return apply_import(**act, run=check_import(agency=act["agency"], run=received))


@pytest.fixture
def token(act: dict[str, Any], led: SimpleNamespace, bob: User) -> SimpleNamespace:
    """`token.partner` came with a file, and everything that one may write of a partner was written."""
    run = bring(act, "T1", "T2", memo=word("memo"))
    partner = Partner.objects.get()
    names = ("title", "first_name", "middle_name", "last_name", "suffix", "spouse_title")
    said: dict[str, Any] = {name: word(name.replace("_", "")) for name in names}
    said |= {"spouse_first_name": word("boaz"), "spouse_last_name": word("bethlehem"), "note": word("note")}
    said |= {"roman_name": f"{word('roman')} {word('name')}", "greeting": word("greeting"), "church": word("church")}
    said |= {"organization": word("works"), "language": word("tongue")}
    operations.update_partner(**act, partner=partner, **said)
    written(act, partner, led.open, bob)
    sent(act, partner)
    merged = operations.add_partner(**act, kind="person", first_name=word("rut"), last_name=word("moabi"))
    operations.add_phone(**act, partner=merged, number=f"{word('44')} 20", whose="partner")
    operations.merge_partners(**act, survivor=partner, losers=[merged], reason=word("same"))
    given(act, partner)
    partner.refresh_from_db()
    plant(act, partner, run, led.open, word("planted"))
    return SimpleNamespace(partner=partner, merged=merged, run=run, act=act, unit=led.open)


def written(act: dict[str, Any], partner: Partner, unit: Any, bob: User) -> None:
    """Ways, relationships and words of partner care."""
    today = act["agency"].today()
    operations.add_email(**act, partner=partner, email=word("two") + "@example.org", whose="spouse")
    operations.add_phone(**act, partner=partner, number=word("55") + " 30", whose="spouse")
    parts: dict[str, Any] = {
        name: word(name.replace("_", "")) for name in ("lines", "city", "region", "postal_code", "country")
    }
    address = operations.add_address(**act, partner=partner, **parts)
    operations.end_way(**act, way=address)
    of: dict[str, Any] = {**act, "partner": partner, "unit": unit}
    operations.set_stage(**of, kind="initiation", reason=word("met"))
    contact = operations.log_contact(**of, channel="call", outcome="talked", happened_on=today, note=word("talk"))
    operations.withdraw_contact(**act, contact=contact, reason=word("wrong"))
    operations.add_follow_up(**of, channel="call", due_on=today, assignee=bob, text=word("ask"))
    operations.take_up(**of, kind="pray", starts_on=today, about=word("rain"))
    church = operations.add_partner(**act, kind="church", organization="Grace Church")
    operations.relate(**act, partner=partner, other=church, kind="member", role=word("elder"))
    tag = operations.add_tag(**act, name="Supper")
    operations.give_tag(**act, tag=tag, partners=Partner.objects.filter(pk=partner.pk))
    letters.record_consent(
        **act,
        partner=partner,
        channel="email",
        purpose="news",
        basis="consent",
        wording=word("agreed"),
        source=word("card"),
        on=today,
    )
    saved_views.save_view(**act, listing="partners", name=partner.name, query=f"q={partner.name}")


def sent(act: dict[str, Any], partner: Partner) -> None:
    """A mail to the address, and one to somebody else that names the partner."""
    for to, said in ((EMAIL, word("body")), (BOB, partner.name)):
        delivery.queue(to=to, subject=f"About {partner.name}", text=f"Dear {partner.name}, {said}", purpose="notice")


def given(act: dict[str, Any], partner: Partner) -> None:
    """Gifts by hand and in a batch, a commitment that runs, a statement."""
    from funds.models import Designation

    fund, unit = Designation.objects.get(code="0105201"), GivingUnit.objects.filter(partner=partner).own_first()[0]
    today = act["agency"].today()
    gift: dict[str, Any] = {"giving_unit": unit, "on": today, "key": "by-hand"}
    operations.record_gift(**act, **gift, parts=[Part(fund, Money(2500, "USD"), word("intent"))])
    operations.add_commitment(
        **act,
        giving_unit=unit,
        designation=fund,
        amount=Money(1000, "USD"),
        frequency="monthly",
        starts_on=today - timedelta(days=40),
    )
    issuing.issue_statements(**act, year=today.year, givers=[unit.pk])


def moving(act: dict[str, Any], partner: Partner, unit: Any) -> None:
    """A commitment on its way from a worker's account to the unit, with what was said, and a slip."""
    today = act["agency"].today()
    account = open_designation(**act, code="0777", public_name="Account", kind="worker", unit=unit)
    target = open_designation(**act, code="0778", public_name="Unit", kind="unit", unit=unit)
    giver = GivingUnit.objects.filter(partner=partner).own_first()[0]
    promised: dict[str, Any] = {"giving_unit": giver, "amount": Money(700, "USD"), "frequency": "monthly"}
    since = today - timedelta(days=90)
    promise = operations.add_commitment(**act, **promised, designation=account, starts_on=since)
    plan = transition.start_plan(**act, unit=unit, designation=target)
    pay: dict[str, Any] = {"how": "As now", "given_by": "The board", "until": today, "told_on": today}
    transition.guarantee(**act, plan=plan, account=account, **pay)
    wave = transition.add_wave(**act, plan=plan, name="First", reply_by=today)
    transition.add_to_wave(**act, wave=wave, commitments=[promise])
    transition.open_wave(**act, wave=wave)
    shift = Shift.objects.get()
    said: dict[str, Any] = {"shift": shift, "on": today, "how": "spoken"}
    transition.give_notice(**act, **said, words=word("told"))
    slip = transition.decline(**act, **said, words=word("no"))
    transition.take_back_act(**act, act=slip, reason=word("misheard"))
    transition.agree(**act, **said)
    transition.move(**act, shift=shift, on=today, effective_on=today)
    part = Part(account, Money(700, "USD"))
    gift = operations.record_gift(**act, giving_unit=giver, on=today, key="old-account", parts=[part])
    transition.talk_over(**act, shift=shift, line=gift.lines.get(), on=today, words=word("forgot"))


@pytest.fixture
def everywhere(token: SimpleNamespace) -> SimpleNamespace:
    """The same, in the transition too."""
    moving(token.act, token.partner, token.unit)
    return token


@pytest.fixture
def erased(token: SimpleNamespace) -> SimpleNamespace:
    operations.erase_partner(**token.act, partner=token.partner, ground="asked", words="By letter")
    token.partner.refresh_from_db()
    return token
