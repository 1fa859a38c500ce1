"""What one unit of an agency leaves behind when people work with it, made by the real operations in the scope in force.

Each step fills the tables of one app; a new app adds a step to STEPS.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from types import SimpleNamespace
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import User
from agencies import operations as people
from agencies.models import Agency, Membership, Role
from agencies.operations import api_keys, look, saved_views
from budgets import operations as budgets
from communications import operations as letters_of
from core.money import Money
from delivery import operations as delivery
from delivery.operations import webhooks
from funds import operations as funds
from funds.models import Designation, PeriodClose
from handover import operations as handover
from handover.models import Check, Passing
from imports import operations as imports
from imports.mapping.rules import Rules
from jobs import operations as jobs
from partners import operations as partners
from partners.models import (
    DifferenceNote,
    GivingUnit,
    GoLiveSignature,
    ImportMatch,
    OldTotals,
    Partner,
    StatementLine,
)
from partners.operations.commitment_events import find_events
from partners.operations.gift_posting import post_gift
from partners.operations.reconciling.accounts import say_deposit
from partners.operations.reconciling.fees import post_fee
from partners.operations.reconciling.matching import Explanation, Piece, match_lines
from reports.operations import issuing as reports
from ssu import operations as ssu
from ssu import starter
from ssu.models import ActionItem, PublicPage, TeamMember
from tests.factories.moving_over import in_transition
from tests.factories.pictures import drawn_logo

LONG_AGO, A_DAY = date(2020, 1, 1), date(2025, 5, 5)


@dataclass
class Work:
    """A unit in the making: who acts, what the unit is called, and what the steps before have made."""

    agency: Agency
    actor: User
    second: User
    leader: User
    word: str
    names: dict[str, Any] = field(default_factory=dict)
    made: SimpleNamespace = field(default_factory=SimpleNamespace)

    @property
    def act(self) -> dict[str, Any]:
        """What every operation begins with."""
        return {"agency": self.agency, "actor": self.actor}


def unit_with_team(work: Work) -> None:
    """A strategy, a unit with its eleven items, a leader and a worker without a sign-in."""
    strategy = ssu.add_strategy(**work.act, code=f"S{work.word}", name=f"Strategy {work.word}", impact_goal="Reached.")
    given = {"code": f"U{work.word}", "name": f"Unit {work.word}", "kind": "community", "discretion": "open"}
    unit = ssu.add_unit(**work.act, strategy=strategy, **{**given, **work.names.get("unit", {})})
    worker = ssu.worker_of(Membership.objects.get(user=work.leader))
    ssu.add_team_member(**work.act, unit=unit, worker=worker, role=Role.LEADER, joined_on=LONG_AGO)
    hand = ssu.add_worker(**work.act, name=work.names.get("worker", f"Worker {work.word}"), code=f"W{work.word}")
    ssu.add_team_member(**work.act, unit=unit, worker=hand, role=Role.MEMBER, joined_on=LONG_AGO)
    work.made = SimpleNamespace(strategy=strategy, unit=unit, worker=hand)


def rollout(work: Work) -> None:
    """A goal with a reading, evidence of each kind, a claim, a question about the level."""
    unit, told = work.made.unit, work.names.get("told", work.word)
    goal = ssu.add_goal_version(
        **work.act,
        unit=unit,
        statement=f"Change {told}",
        indicator="communities",
        baseline=Decimal(0),
        target=Decimal(9),
        by_when=date(2099, 12, 31),
    )
    ssu.add_reading(**work.act, goal=goal, date=A_DAY, value=Decimal(3), note="seen", story=f"Story {told}")
    ssu.add_own_item(**work.act, step=2, wording=f"Own item {work.word}", for_all=False, units=[unit])
    item = ActionItem.objects.get(unit=unit, key="1.1")
    ssu.add_note(**work.act, item=item, text=f"Note {told}")
    ssu.add_link(**work.act, item=item, url="https://example.org/", title=f"Link {told}")
    ssu.add_file(**work.act, item=item, file=ContentFile(b"Dear friend", name=f"{told}.txt"), title=f"File {told}")
    ssu.claim_item(**work.act, item=item)
    ssu.ask_emergency(**work.act, unit=unit, reason=f"Flood {told}", ends_on=work.agency.today() + timedelta(days=30))
    PublicPage.objects.create(unit=unit, how_to_give=f"Give {told}", opened_by=work.actor)


def coaching(work: Work) -> None:
    """A talk with somebody on the list, corrected; words on the model; sessions, an area, an excuse, an own word."""
    unit, word, today = work.made.unit, work.names.get("told", work.word), work.agency.today()
    hand = work.made.worker
    ssu.add_leader(**work.act, unit=unit, worker=hand)
    said: dict[str, Any] = {"date": A_DAY, "other_points": f"Points {word}", "agreed": "yes", "outcome": f"End {word}"}
    points = [entry.title for entry in starter.entries(work.agency, "discussion_points")]
    talk = ssu.write_conversation(**work.act, unit=unit, worker=hand, points=points[:2], **said)
    ssu.correct_conversation(**work.act, conversation=talk, points=points[:1], **said)
    ssu.write_model_text(**work.act, unit=unit, text=f"Here {word}")
    area = ssu.add_area(**work.act, unit=unit, title=f"Area {word}", sentence=f"Knows {word}")
    given: dict[str, Any] = {"unit": unit, "people": [hand], "areas": [area], "note": f"Coached {word}"}
    ssu.write_session(**work.act, kind="planned", date=today, **given)
    ssu.write_session(**work.act, kind="coached", date=A_DAY, **given)
    ssu.excuse(**work.act, unit=unit, worker=hand, area=area, reason=f"Excused {word}", date=A_DAY)
    ssu.say_confidence(agency=work.agency, actor=work.leader, unit=unit, levels={area: 2})
    wrong = ssu.write_conversation(**work.act, unit=unit, worker=hand, **said)
    ssu.withdraw_conversation(**work.act, conversation=wrong, reason=f"Wrong {word}")
    twice = ssu.write_session(**work.act, kind="coached", date=A_DAY, **given)
    ssu.correct_session(
        **work.act, session=twice, reason=f"Twice {word}", date=A_DAY, people=[hand], areas=[area], note=f"Again {word}"
    )
    plan = ssu.plan_talk(**work.act, unit=unit, worker=hand, date=today)
    ssu.give_up_talk(**work.act, plan=plan, reason=f"Traveling {word}")
    ssu.plan_talk(**work.act, unit=unit, worker=hand, date=today)
    other = ssu.add_area(**work.act, unit=unit, title=f"Other {word}")
    needless = ssu.excuse(**work.act, unit=unit, worker=hand, area=other, reason=f"Needless {word}", date=A_DAY)
    ssu.withdraw_excuse(**work.act, excused=needless, reason=f"Needless {word}")


def giving(work: Work) -> None:
    """A designation, a partner with every way to be reached, gifts, a correction, a commitment."""
    unit = work.made.unit
    given = {"code": f"090{work.word}", "public_name": f"Fund {work.word}", "kind": "unit", "unit": unit}
    designation = funds.open_designation(**work.act, **given)
    partner = partners.add_partner(
        **work.act,
        kind="person",
        first_name="Ruth",
        last_name=f"Moab {work.word}",
        email=f"ruth.{work.word.lower()}@example.org",
        phone="+1 555 0100",
        address={"lines": "1 Field Road", "city": "Bethlehem", "country": "US"},
        number=("TNT", f"77{work.word}"),
        note=f"Glad {work.word}",
    )
    giver = GivingUnit.objects.get(partner=partner)
    gifts = [
        partners.record_gift(
            **work.act,
            giving_unit=giver,
            on=A_DAY,
            parts=[partners.Part(designation, Money(minor, "USD"))],
            key=f"{work.word}-{minor}",
        )
        for minor in (5000, 7500)
    ]
    partners.correct_gift(
        **work.act, gift=gifts[1], reason=f"Typed wrong {work.word}", key=f"{work.word}-c", on=date(2025, 5, 6)
    )
    nobody = post_gift(
        **work.act,
        giving_unit=partners.unidentified_giver(agency=work.agency),
        on=A_DAY,
        parts=[partners.Part(designation, Money(300, "USD"))],
        source="HLM",
        external_id=f"{work.word}-u",
        giver_key=f"88{work.word}",
    )
    partners.assign_giver(**work.act, gift=nobody, giving_unit=giver, reason=f"Rang {work.word}", key=f"{work.word}-u")
    partners.add_commitment(
        **work.act,
        giving_unit=giver,
        designation=designation,
        amount=Money(2500, "USD"),
        frequency="monthly",
        starts_on=A_DAY,
    )
    promises(work, giver, designation)
    work.made.partner, work.made.giver, work.made.designation, work.made.gift = partner, giver, designation, gifts[0]


def promises(work: Work, giver: GivingUnit, designation: Designation) -> None:
    """A commitment that became late, which was told, and who hears of such."""
    agency = people.set_live_on(**work.act, live_on=work.agency.today() - timedelta(days=60))
    promised: dict[str, Any] = {"giving_unit": giver, "designation": designation, "frequency": "monthly"}
    since = agency.today() - timedelta(days=40)
    partners.add_commitment(**work.act, **promised, amount=Money(700, "EUR"), starts_on=since)
    partners.choose_audiences(**work.act, told={("late", "finance"): True})
    find_events(agency=agency)


def going_live(work: Work) -> None:
    """What the old system said, why it differs, and a signature that counts no more."""
    mark = sha256(work.word.encode()).hexdigest()
    row = ["gifts", f"0{work.word}", "2020-01", "USD", 100, 1]
    OldTotals.objects.create(file_name=f"old-{work.word}.csv", sha256=mark, rows=[row], by=work.actor)
    line = {"kind": "gifts", "code": f"0{work.word}", "month": "2020-01", "currency": "USD", "difference": -100}
    DifferenceNote.objects.create(**line, note=f"Because {work.word}", by=work.actor)
    signed: dict[str, Any] = {"live_on": A_DAY, "digest": mark, "figures": {"lines": [row]}}
    back = {"withdrawn_at": timezone.now(), "withdrawn_by": work.actor, "withdrawn_reason": f"Not yet {work.word}"}
    GoLiveSignature.objects.create(**signed, **back, by=work.actor, name=f"Signer {work.word}")


def batch(work: Work) -> None:
    """An open batch with a gift."""
    part = partners.Part(work.made.designation, Money(1200, "USD"), f"Words {work.word}")
    head = partners.Head(
        title=f"Mail {work.word}", deposited_on=A_DAY, expected_count=2, expected_total=Money(5000, "USD")
    )
    made = partners.open_batch(**work.act, head=head, key=f"{work.word}-batch")
    keyed = partners.Keyed(giving_unit=work.made.giver, on=A_DAY, parts=[part], reference=f"N-{work.word}")
    partners.save_row(**work.act, batch=made, key=f"{work.word}-row", keyed=keyed)


def bank(work: Work) -> None:
    """A posted batch that a line of the bank is matched with, and a batch and a line that wait."""
    run = imports.receive_file(**work.act, name=f"bank {work.word}.csv", content=work.word.encode(), check=False)
    said: dict[str, Any] = {"account": f"DE{work.word}", "currency": "USD", "import_run": run, "date": A_DAY}
    for minor in (5000, 7000):
        head = partners.Head(
            title=f"Slip {work.word}", deposited_on=A_DAY, expected_count=1, expected_total=Money(minor, "USD")
        )
        batch = partners.open_batch(**work.act, head=head, key=f"{work.word}-slip-{minor}")
        part = partners.Part(work.made.designation, Money(minor, "USD"), f"Words {work.word}")
        keyed = partners.Keyed(giving_unit=work.made.giver, on=A_DAY, parts=[part])
        partners.save_row(**work.act, batch=batch, key=f"{work.word}-slip", keyed=keyed)
        partners.post_batch(**work.act, batch=batch, key=f"{work.word}-post-{minor}")
        kept = 100 if minor == 5000 else 0
        line = StatementLine.objects.create(
            **said, reference=f"{work.word}-{minor}", amount=minor - kept, party=f"Branch {work.word}"
        )
        if kept:
            pieces = [Piece("batch", token=f"b{batch.pk}"), Piece("fee", -kept)]
            said_of = Explanation(line, pieces, "payout", ("STRIPE", f"po_{work.word}"))
            (match,) = match_lines(**work.act, explanations=[said_of], key=f"{work.word}-match")
            fees = funds.open_category(**work.act, name=f"Fees {work.word}")
            post_fee(**work.act, match=match, bearer=None, category=fees, on=A_DAY, key=f"{work.word}-fee")
    say_deposit(**work.act, account=f"DE{work.word}", deposit=batch.deposit)


def relationships(work: Work) -> None:
    """Somebody of the team holds the partner; a stage, a contact, something to do."""
    unit, partner, word = work.made.unit, work.made.partner, work.names.get("told", work.word)
    partners.appoint_holder(**work.act, partner=partner, unit=unit, worker=work.made.worker)
    partners.set_stage(**work.act, partner=partner, unit=unit, kind="initiation", reason=f"Met {word}")
    given: dict[str, Any] = {"partner": partner, "unit": unit, "channel": "call"}
    partners.add_follow_up(**work.act, **given, due_on=A_DAY, assignee=work.actor, text=f"Ask after {word}")
    partners.log_contact(**work.act, **given, outcome="appointment", happened_on=A_DAY, note=f"Spoke of {word}")
    tells: dict[str, Any] = {"partner": partner, "unit": unit, "kind": "promote", "starts_on": A_DAY}
    partners.take_up(**work.act, **tells, about=f"Tells of {word}")
    church = partners.add_partner(**work.act, kind="church", organization=f"Church {work.word}")
    partners.relate(**work.act, partner=partner, other=church, kind="member", role=f"Elder {work.word}")
    spare = partners.add_tag(**work.act, name=f"Spare {work.word}")
    tag = partners.add_tag(**work.act, name=f"Supper {work.word}")
    everybody = Partner.objects.filter(pk=partner.pk)
    for each in (tag, spare):
        partners.give_tag(**work.act, tag=each, partners=everybody)


def duplicates(work: Work) -> None:
    """Two records of one partner, merged; one that may be the same; and two that are not."""
    twins = [partners.add_partner(**work.act, kind="person", last_name=f"Twin {work.word}") for _ in range(3)]
    partners.merge_partners(**work.act, survivor=twins[0], losers=[twins[1]], reason=f"She said so {work.word}")
    partners.keep_apart(**work.act, one=work.made.partner, two=twins[0])


def ledger(work: Work) -> None:
    """An account, a category, what the designation held before, an expense, a transfer, a share, a journal, a closed
    month.
    """
    word, own = work.word, work.made.designation
    fund = funds.open_designation(**work.act, code=f"080{word}", public_name=f"Office {word}", kind="general")
    bank = funds.open_deposit_account(**work.act, name=f"Bank {word}", holder="bank", institution=f"Savings {word}")
    category = funds.open_category(**work.act, name=f"Travel {word}")
    given: dict[str, Any] = {"on": A_DAY, "key": f"{word}-ledger"}
    parts = [partners.Part(fund, Money(2000, "USD"))]
    partners.record_gift(**work.act, **given, giving_unit=work.made.giver, parts=parts, deposit=bank)
    funds.record_opening(**work.act, **given, designation=fund, deposit=bank, amount=Money(9000, "USD"))
    spent: dict[str, Any] = {"amount": Money(1000, "USD"), "payee": f"Carrier {word}", "reference": f"R-{word}"}
    funds.record_expense(**work.act, **given, **spent, designation=own, category=category, paid_from=bank)
    resolved: dict[str, Any] = {"resolution": f"Minutes {word}", "resolved_on": A_DAY, "amount": Money(500, "USD")}
    funds.transfer(**work.act, **given, **resolved, origin=own, destination=fund)
    rule: dict[str, Any] = {"name": f"Share {word}", "percent": Decimal(5), "starts_on": A_DAY}
    funds.add_rule(**work.act, **rule, designation=fund, destination=own)
    funds.assess_month(**work.act, month=A_DAY, key=f"{word}-share")
    funds.export_journal(**work.act, first_day=A_DAY, last_day=A_DAY, key=f"{word}-journal")
    if not PeriodClose.objects.exists():
        funds.close_months(**work.act, month=date(2019, 12, 1), reason=f"Agreed {word}")


def budget(work: Work) -> None:
    """A budget in force and the next one in the making."""
    for year in (2025, 2026):
        made = budgets.start_budget(**work.act, unit=work.made.unit, fiscal_year=year)
        given: dict[str, Any] = {"category": "People", "amount": Money(90000, "USD")}
        line = budgets.add_line(**work.act, budget=made, impact=f"Teachers {work.word}", **given)
        budgets.prefer_line(**work.act, giving_unit=work.made.giver, line=line, starts_on=A_DAY)
        if year == 2025:
            made = budgets.submit_budget(**work.act, budget=made)
            budgets.approve_budget(agency=work.agency, actor=work.second, budget=made)


def letters(work: Work) -> None:
    """A core message, consent, the agency's rule and a letter in draft."""
    letters_of.decide_policy(**work.act, news=True, appeals=False, months=24, wording=f"They gave {work.word}")
    letters_of.record_consent(
        **work.act,
        partner=work.made.partner,
        channel="email",
        purpose="news",
        basis="consent",
        wording=f"Yes please {work.word}",
        source=f"Card {work.word}",
        on=A_DAY,
    )
    agreed_words(work)
    given: dict[str, Any] = {"subject": f"Spring {work.word}", "body": f"Dear friends {work.word}", "purpose": "news"}
    letters_of.write_letter(**work.act, unit=work.made.unit, **given)


def agreed_words(work: Work) -> None:
    """Core messages that wait for agreement, guidelines that were agreed to and acknowledged on paper, a tactic, own
    words of the starter pack.
    """
    unit, told = work.made.unit, work.names.get("told", work.word)
    said = [letters_of.Said(f"Headline {work.word}", f"Body {work.word}", f"Question {work.word}?")]
    letters_of.write_core_message(**work.act, unit=unit, text=f"One sentence {work.word}", messages=said)
    rules = letters_of.begin_guidelines(**work.act, unit=unit, words={"tone": f"Warm {work.word}"})
    letters_of.submit_guidelines(**work.act, guidelines=rules)
    letters_of.approve_guidelines(agency=work.agency, actor=work.second, guidelines=rules)
    letters_of.keep_signature(**work.act, words=rules, worker=work.made.worker, signed_on=A_DAY)
    ssu.add_tactic(**work.act, unit=unit, what=f"Visits {told}", decision="keep", why=f"Loved {told}")
    ssu.use_starter_text(**work.act, key="tactics", text=f"Suppers {work.word}: a sentence")
    ssu.save_starter_draft(**work.act, key="explanation", text=f"Explained {work.word}")


def moving_over(work: Work) -> None:
    """A transition: a wave that is open, with a key donor who agreed and moved and still gave to the worker, and a wave
    that is planned.
    """
    made, told = work.made, work.names.get("told", work.word)
    in_transition(work.act, made.unit, made.worker, made.designation, made.giver, told, work.agency.today())


def handing_over(work: Work) -> None:
    """A worker leaves: a partner with a new holder, one who waits, a check, and who may know."""
    made, word, today = work.made, work.names.get("told", work.word), work.agency.today()
    church = partners.add_partner(**work.act, kind="church", organization=f"Chapel {work.word}")
    partners.appoint_holder(**work.act, partner=church, unit=made.unit, worker=made.worker)
    case = handover.open_case(
        **work.act,
        worker=made.worker,
        leaves_on=today + timedelta(days=30),
        reason=f"Leaves for {word}",
        readers=[Membership.objects.get(user=work.second)],
    )
    first = Passing.objects.filter(case=case).order_by("pk").first()
    service = TeamMember.objects.get(unit=made.unit, role=Role.LEADER)
    given: dict[str, Any] = {"service": service, "due_on": today + timedelta(days=20), "letter": True}
    handover.pass_on(**work.act, case=case, passings=[first], **given)
    Check.objects.create(agency=work.agency, passing=first, after=30, outcome="kept", looked_on=today)


def statements(work: Work) -> None:
    """The giver's statement of the year, without its file."""
    reports.issue_statements(**work.act, year=A_DAY.year, givers=[work.made.giver.pk])


def office(work: Work) -> None:
    """What the machinery keeps: an import, a job with a file, messages, a notice, an invitation."""
    rows = f"gift_id,partner_id,date,amount,currency,designation\n{work.word}1,77{work.word},2025-05-07,10.00,USD,x\n"
    run = imports.receive_file(**work.act, name=f"gifts {work.word}.csv", content=rows.encode(), check=False)
    kept = Rules("gifts", {"gift_date": "date", "amount": "amount"}, order="ymd", header=("date", work.word))
    imports.keep_mapping(**work.act, name=f"System {work.word}", rules=kept)
    ImportMatch.objects.create(
        agency=work.agency,
        import_run=run,
        row=1,
        line=2,
        source="HLM",
        number=f"77{work.word}",
        partner_id=work.made.giver.partner_id,
        reason=ImportMatch.Reason.NAME,
        told={"name": f"Giver {work.word}"},
    )
    job = jobs.start(kind="imports.apply", actor=work.actor, title=f"Count {work.word}", arguments={"run": run.pk})
    jobs.keep_file(name=f"found {work.word}.csv", content=b"a,b\r\n", content_type="text/csv", job=job)
    delivery.queue(
        to=f"reader.{work.word.lower()}@example.org", subject=f"News {work.word}", text="Dear friend", purpose="letter"
    )
    delivery.suppress(actor=work.actor, reason="asked", address=f"stop.{work.word.lower()}@example.org")
    delivery.notify(agency=work.agency, users=[work.actor], kind="claimed", text=f"Claimed {work.word}", url="/me/")
    delivery.add_task(**work.act, text=f"Call {work.word}")
    delivery.choose_channels(**work.act, chosen={}, hour=7, time_zone="UTC")
    heard: dict[str, Any] = {"url": f"https://{work.word.lower()}.example.org/told", "kinds": ["gift.posted"]}
    hook, _secret = webhooks.add_webhook(**work.act, name=f"Books {work.word}", **heard)
    webhooks.send_test(**work.act, webhook=hook)
    api_keys.make_key(**work.act, name=f"Accounting {work.word}", areas=["home", "partners"], writes=False, days=30)
    look.set_logo(agency=work.agency, actor=work.actor, content=drawn_logo(work.word))
    saved_views.save_view(**work.act, listing="matrix", name=f"Ours {work.word}", query="state=late", shared=True)
    people.invite(**work.act, email=f"new.{work.word.lower()}@example.org", name=f"New {work.word}", roles=["staff"])
    held: dict[str, Any] = {
        "email": f"held.{work.word.lower()}@example.org",
        "name": f"Held {work.word}",
        "roles": ["board"],
    }
    people.invite(**work.act, **held, held=True)


STEPS: list[Callable[[Work], None]] = [
    unit_with_team,
    rollout,
    coaching,
    giving,
    batch,
    bank,
    going_live,
    relationships,
    duplicates,
    ledger,
    budget,
    letters,
    statements,
    moving_over,
    handing_over,
    office,
]


def work_in(work: Work) -> SimpleNamespace:
    """Do every step, in the scope in force."""
    for step in STEPS:
        step(work)
    return work.made
