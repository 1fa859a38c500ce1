"""What a page of the six steps, of core messages and guidelines, of partners, gifts, the ledger, imports and reports
writes, a program may write too, under the same right; or it is said here why not.
"""

import inspect
from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from tests.factories.addresses import Address, addresses, let_through
from tests.guards.pairs import OTHER_RIGHT, PAGES_ALONE
from tests.guards.pairs import PAIRS as OF_GIVING
from tests.guards.test_passwords import asking, endpoint

# The page's address → method and address of the API.
PAIRS = {
    **OF_GIVING,
    "webhooks": "POST api_webhooks",
    "webhook_edit": "PATCH api_webhook",
    "webhook_new_secret": "POST api_webhook_secret",
    "webhook_end": "POST api_webhook_end",
    "webhook_pause": "POST api_webhook_pause",
    "webhook_resume": "POST api_webhook_resume",
    "webhook_test": "POST api_webhook_test",
    "webhook_again": "POST api_webhook_event_again",
    "unit_add": "POST api_units",
    "unit_edit": "PATCH api_unit_settings",
    "unit_copy": "POST api_unit_copy",
    "unit_archive": "POST api_unit_archive",
    "unit_restore": "POST api_unit_restore",
    "lowering_ask": "POST api_unit_discretion",
    "lowering_answer": "POST api_lowering_answer",
    "emergency_ask": "POST api_unit_gate",
    "emergency_approve": "POST api_emergency_approve",
    "emergency_end": "POST api_emergency_end",
    "rollout_declare": "POST api_rollout",
    "rollout_take_back": "POST api_rollout_take_back",
    "item_claim": "POST api_item_claim",
    "item_confirm": "POST api_item_confirm",
    "item_undo": "POST api_item_undo",
    "item_set_aside": "POST api_item_set_aside",
    "item_plan": "PATCH api_item_plan",
    "evidence_note": "POST api_evidence_note",
    "evidence_link": "POST api_evidence_link",
    "evidence_upload": "POST api_evidence_upload",
    "evidence_object": "POST api_evidence_objects",
    "evidence_remove": "POST api_evidence_remove",
    "evidence_restore": "POST api_evidence_restore",
    "team_add": "POST api_team",
    "team_spouses": "POST api_spouses",
    "team_end": "POST api_team_end",
    "team_correct": "POST api_team_correct",
    "worker_edit": "PATCH api_worker",
    "worker_invite": "POST api_worker_invitation",
    "worker_invitation_send": "POST api_worker_invitation_send",
    "worker_invitation_withdraw": "DELETE api_worker_invitation",
    "spouse_join": "POST api_spouses",
    "spouse_separate": "POST api_spouses_separate",
    "person_lowering_ask": "POST api_person_discretion",
    "person_lowering_answer": "POST api_person_lowering_answer",
    "goal_write": "POST api_goal",
    "goal_approve": "POST api_goal_approve",
    "goal_return": "POST api_goal_return",
    "goal_drop": "POST api_goal_drop",
    "reading_add": "POST api_readings",
    "reading_withdraw": "POST api_reading_withdraw",
    "reading_restore": "POST api_reading_restore",
    "strategy_add": "POST api_strategies",
    "strategy_edit": "PATCH api_strategy",
    "strategy_archive": "POST api_strategy_archive",
    "strategy_restore": "POST api_strategy_restore",
    "people_file": "POST api_people_file",
    "own_item_add": "POST api_own_items",
    "own_item_reword": "POST api_own_item_reword",
    "own_item_give": "POST api_own_item_give",
    "own_item_retire": "DELETE api_own_item",
    "own_item_restore": "POST api_own_item_restore",
    "leader_add": "POST api_leaders",
    "leader_remove": "POST api_leader_remove",
    "conversation_add": "POST api_conversations",
    "conversation_correct": "POST api_conversation_correct",
    "conversation_withdraw": "POST api_conversation_withdraw",
    "talk_plan": "POST api_planned_talks",
    "talk_give_up": "POST api_planned_talk_give_up",
    "model_write": "POST api_model_texts",
    "unit_area_add": "POST api_unit_areas",
    "unit_area_change": "POST api_unit_area",
    "session_log": "POST api_sessions",
    "session_correct": "POST api_session_correct",
    "session_withdraw": "POST api_session_withdraw",
    "session_undo": "POST api_session_undo",
    "excuse_add": "POST api_excuses",
    "excuse_withdraw": "POST api_excuse_withdraw",
    "confidence_say": "POST api_confidence",
    "coaching_areas": "POST api_areas",
    "areas_adopt": "POST api_areas_adopt",
    "area_change": "POST api_area",
    "starter_edit": "POST api_starter_part",
    "starter_return": "POST api_starter_return",
    "starter_drop": "POST api_starter_drop",
    "tactic_add": "POST api_tactics",
    "tactics_begin": "POST api_tactics_begin",
    "tactic_edit": "PATCH api_tactic",
    "tactic_remove": "POST api_tactic_remove",
    "tactic_restore": "POST api_tactic_restore",
    **{
        f"{page}_{act}": f"{verb} {api}_{name}"
        for page, api in (("core_message", "api_core_message"), ("guidelines", "api_guidelines"))
        for act, verb, name in (
            ("begin", "POST", "begin"),
            ("edit", "POST", "write"),
            ("agree", "POST", "approve"),
            ("return", "POST", "return"),
            ("drop", "DELETE", "drop"),
            ("acknowledge", "POST", "acknowledge"),
            ("remind", "POST", "remind"),
            ("signature", "POST", "signature"),
        )
    },
}
APPS = (
    "ssu.views.",
    "partners.views.",
    "funds.views.",
    "imports.views.",
    "reports.views.",
    "transition.views.",
    "handover.views.",
    "budgets.views.",
)


def written_pages() -> dict[str, Address]:
    """The pages of these apps, of agreed words and of webhooks, that take a form, by name."""
    return {each.name: each for each in addresses() if each.route.startswith("a/") and takes_a_form(each.view)}


def takes_a_form(view: Any) -> bool:
    module = inspect.unwrap(view).__module__
    ours = module.startswith(APPS) or module in (
        "communications.views.core_messages",
        "communications.views.guidelines",
        "delivery.views.webhooks",
    )
    return ours and "POST" in let_through(view)


def without_a_program(pages: Iterable[str], pairs: Mapping[str, str]) -> set[str]:
    """Pages that write, of which nothing says how a program does the same."""
    return set(pages) - pairs.keys() - PAGES_ALONE.keys()


def faults_of(page: Address, pair: str, programs: Mapping[str, Address]) -> str:
    """What is wrong with the operations of the API that stand for a page, "" for nothing."""
    return "; ".join(filter(None, (fault_of(page, each, programs) for each in pair.split(" and "))))


def fault_of(page: Address, pair: str, programs: Mapping[str, Address]) -> str:
    """What is wrong with one of them."""
    verb, _space, name = pair.partition(" ")
    program = programs.get(name)
    if program is None or not hasattr(endpoint(program), verb.lower()):
        return f"{pair} is not there"
    rights = program.verbs
    ours, theirs = page.verbs["*"], rights.get(verb, rights.get("*"))
    return "" if ours == theirs or page.name in OTHER_RIGHT else f"{ours} on the page, {theirs} for {pair}"


def programs() -> dict[str, Address]:
    return {each.name: each for each in addresses() if each.route.startswith("api/a/")}


def test_every_page_that_writes_has_its_operation() -> None:
    pages = written_pages()
    assert without_a_program(pages, PAIRS) == set()
    assert PAIRS.keys() - pages.keys() == set()
    known = programs()
    assert [fault for name, pair in PAIRS.items() if (fault := faults_of(pages[name], pair, known))] == []


def test_what_asks_for_the_password_on_a_page_asks_programs_too() -> None:
    pages, known = written_pages(), programs()
    asked = {name for name, page in pages.items() if "@reauthenticated" in inspect.getsource(inspect.unwrap(page.view))}
    acts = [(name, *each.split()) for name in asked - PAGES_ALONE.keys() for each in PAIRS[name].split(" and ")]
    silent = {name for name, verb, program in acts if verb not in asking(known[program])}
    assert (asked >= {"team_add", "team_correct", "people_file"}, silent) == (True, set())


def test_no_exception_outlives_its_page() -> None:
    pages, known = written_pages(), programs()
    assert PAGES_ALONE.keys() - pages.keys() == set()
    rights = {name: known[PAIRS[name].split()[1]].verbs for name in OTHER_RIGHT}
    verbs = {name: PAIRS[name].split()[0] for name in OTHER_RIGHT}
    same = {n for n, each in rights.items() if each.get(verbs[n], each.get("*")) == pages[n].verbs["*"]}
    assert same == set()


@pytest.mark.parametrize(
    "name", ["evidence_restore", "core_message_signature", "team_correct", "gift_refund", "rule_end", "review"]
)
def test_a_page_without_its_operation_is_found(name: str) -> None:
    """The control."""
    page, known = written_pages()[name], programs()
    assert without_a_program([name], {page: pair for page, pair in PAIRS.items() if page != name}) == {name}
    gone = {each: address for each, address in known.items() if each != PAIRS[name].split()[1]}
    assert faults_of(page, PAIRS[name], gone) == f"{PAIRS[name]} is not there"
    assert "on the page" in faults_of(page, "POST api_own_items", known)
