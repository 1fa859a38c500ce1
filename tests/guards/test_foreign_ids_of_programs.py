"""Another agency's id in what a program sends is answered as one that does not exist (test 4 of the list). The objects
come from the API's own schema.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from drf_spectacular.generators import SchemaGenerator
from psycopg2.extensions import cursor as Cursor  # noqa: N812

from ssu.starter import lines_of, original
from tests.factories.addresses import Address, addresses
from tests.factories.browser import Browser
from tests.factories.parameters import MEANT, fill_in
from tests.factories.rows import provisioner, scoped_models
from tests.factories.world import World
from tests.guards.test_foreign_ids import said
from tests.guards.test_idor import NOWHERE

pytestmark = pytest.mark.django_db
POINT = lines_of(original("discussion_points"))[0].title
# Numbers of the API whose name does not say the model.
NAMED = {
    "leader": "ssu.Worker",
    "coach": "ssu.Worker",
    "people": "ssu.Worker",
    "areas": "ssu.CoachingArea",
    "fulfills": "ssu.CoachingSession",
    "ids": "agencies.Invitation",
    "unit_ids": "ssu.Unit",
    "introducer": "ssu.Worker",
    "readers": "agencies.Membership",
    "passings": "handover.Passing",
    "origin": "funds.Designation",
    "bearer": "funds.Designation",
    "destination": "funds.Designation",
    "category": "funds.Account",
    "paid_from": "funds.Account",
    "deposit": "funds.Account",
    "soft_partner": "partners.Partner",
    "person": "ssu.Worker",
    "one": "ssu.Worker",
    "other": "ssu.Worker",
    "assignee": "ssu.Worker",
    "who": "ssu.Worker",
    "member": "agencies.Membership",
    "area": "ssu.CoachingArea",
    "settles": "partners.FollowUp",
    "into": "partners.Tag",
    "carer": "agencies.Membership",
    "related": "partners.Partner",
    "survivor": "partners.Partner",
    "loser": "partners.Partner",
    "kept": "partners.Partner",
    "lookalike": "partners.Partner",
    "service": "ssu.TeamMember",
    "mapping": "imports.SavedMapping",
    "match": "partners.ImportMatch",
    "bank_line": "partners.StatementLine",
    "batch": "partners.GiftBatch",
    "account": "funds.Designation",
    "message": "communications.CoreMessage",
    "talker": "ssu.Worker",
    "commitments": "partners.Commitment",
    "gift_line": "partners.GiftLine",
    "owner": "ssu.Worker",
    "removed": "budgets.Line",
}
# Which of the rows of a model a number means, as SQL over its table.
WHICH = {
    "origin": "left(code, 3) = '090'",
    "designation": "left(code, 3) = '090'",
    "destination": "left(code, 3) = '080'",
    "category": "kind = 'expense'",
    "coach": "code = ''",
    "people": "code <> ''",
    "fulfills": "kind = 'planned'",
    "into": "left(name, 6) = 'Supper'",
    "related": "kind = 'church'",
    "loser": "kind = 'church'",
    "lookalike": "kind = 'church'",
}
NO_IDS = {
    *("step", "days", "hour", "version", "place", "revision", "confidence", "line", "seen", "expected_count"),
    *("header_line", "expected", "fiscal_year", "priority"),
}
"""Whole numbers that count something."""
# Of these properties of an object only one may be said; each is tried by itself.
EITHER = {"api_team": ("person", "member", "name")}
# Endpoints that refuse even own ids in the world as it stands, each for a reason. Foreign ids are still tried.
REFUSED_ANYWAY = {
    "api_match_fee": "the fee of this world stands in the ledger",
    "api_leaders": "who could be added leads the unit",
    "api_spouses": "one person is not two",
    "api_confidence": "a member’s own word, and Alice serves in no unit",
    "api_guidelines_signature": "who reads these can sign in",
    "api_batch_rows": "the batch of the world was discarded a moment before",
    "api_item_plan": "a due day lies ahead, and the day that is tried is past",
    "api_import_apply": "the file of this world was applied",
    "api_import_mapping": "the file of this world was applied",
    "api_saved_mapping": "rules of an invented kind are refused",
    "api_import_mapping_use": "the file of this world was applied",
    "api_import_givers": "the file of this world was applied",
    "api_spouses_separate": "nobody is married here",
    "api_core_message_signature": "who reads these can sign in",
    "api_planned_talks": "a plan lies ahead, and the day that is tried is past",
    "api_partner_follow_ups": "given to the office and to who holds the partner, and the member of this world leads",
    "api_follow_up_move": "given to the office and to who holds the partner, and the member of this world leads",
    "api_bank_matches": "what is no gift names neither a batch nor a gift",
    "api_bank_accounts": "no statement of the account that is tried was imported",
    "api_designation": "money was posted to it, so its worker stays",
    "api_partners_tag": "given to as many as were shown, and the number that is tried is another",
    "api_line_assign": "no line of this world is in suspense",
    "api_giver_assign": "the giver of every gift of this world is known",
    "api_transitions": "the transition of the world has begun",
    "api_transition_guarantees": "the day that is tried is past",
    "api_wave_letters": "the core messages of the world wait for agreement",
    "api_handover_letters": "the core messages of the world wait for agreement",
    "api_wave_tell": "everybody in the wave of the world was told",
    "api_wave_shifts": "the wave of the world is open",
    "api_shift": "a key donor of an open wave stays one",
    "api_shift_acts": "the commitment of the world has moved",
    "api_handover_skip": "the partner of the world that is tried has a new holder already",
    "api_handover_pass": "the partner of the world that is tried has a new holder already",
    "api_shift_talks": "the gift of the world that is tried is on no old account",
    "api_budget_lines": "twelve months that are all alike do not add up to the amount that is tried",
    "api_relations": "a person and a church are no spouses, and that is what is said first",
}


def write_operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(path template, method, JSON schema of its object) of everything that the API takes."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
            if content:
                yield path, method.upper(), resolved(schema, content["schema"])


def resolved(schema: dict[str, Any], part: Any) -> Any:
    """The schema with its references put in."""
    if isinstance(part, list):
        return [resolved(schema, each) for each in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        return resolved(schema, schema["components"]["schemas"][part["$ref"].rpartition("/")[2]])
    return {key: resolved(schema, each) for key, each in part.items()}


def sample(schema: dict[str, Any], name: str, ids: dict[str, int]) -> Any:
    """An object of this schema, with these ids."""
    if any(each.get("maxLength") == 0 for each in schema.get("oneOf", ())):
        return ""  # it may be left empty
    for choice in ("allOf", "oneOf"):
        if choice in schema:
            return sample(schema[choice][0], name, ids)
    if schema.get("type") == "object":
        return {key: sample(each, key, ids) for key, each in schema.get("properties", {}).items()}
    if schema.get("type") == "array":
        return [sample(schema["items"], name, ids)] * schema.get("minItems", 1)
    if schema.get("type") == "integer":
        return ids.get(name, max(schema.get("minimum", 1), 1))
    if schema.get("type") == "boolean":
        return False
    words = {
        "currency": "USD",
        "amount": "10.00",
        "fair_market_value": "1.00",
        "expected_total": "10.00",
        "percent": "5",
        "designation_kind": "",
        "kind": "gift",
        "method": "check",
        "months": "10.00",
        "points": POINT,
        "role": "coach",
    }
    if "enum" in schema:
        return words[name] if words.get(name) in schema["enum"] else schema["enum"][0]
    return "2025-05-05" if schema.get("format") == "date" else words.get(name, "words"[: schema.get("maxLength", 5)])


def numbers(schema: dict[str, Any], name: str = "") -> set[str]:
    """The names of the whole numbers in a schema: ids, unless a list says otherwise."""
    if "allOf" in schema:
        return numbers(schema["allOf"][0], name)
    if schema.get("type") == "object":
        return set().union(*(numbers(each, key) for key, each in schema.get("properties", {}).items()))
    if schema.get("type") == "array":
        return numbers(schema["items"], name)
    is_id = schema.get("type") == "integer" and not schema.get("readOnly") and name not in NO_IDS
    return {name} if is_id else set()


def model_named(name: str) -> type[models.Model]:
    """The model that a property's name says."""
    if name in NAMED:
        return apps.get_model(NAMED[name])
    word = name.removesuffix("_id").replace("_", "")
    return next(model for model in scoped_models() if model._meta.model_name == word)


def own_id(world: World, cursor: Cursor, name: str) -> int:
    """A row of Alice's agency that a property means."""
    meant = WHICH.get(name) or MEANT.get(NAMED.get(name, ""), "")
    return world.mine.pick(cursor, model_named(name), meant)


def body(address: Address, schema: dict[str, Any], ids: dict[str, int], tried: str = "") -> Any:
    """An object that the address takes, with these ids; of those that exclude each other the one that is tried."""
    made, group = sample(schema, "", ids), EITHER.get(address.name, ())
    kept = tried if tried in group else "".join(group[:1])
    return {name: value for name, value in made.items() if name not in group or name == kept}


def shape(route: str) -> str:
    """A route or a template without the names of its parameters."""
    return re.sub(r"<[^>]+>|\{[^}]+\}", "{}", route).strip("/")


def sent(browser: Browser, method: str, path: str, content: Any, key: str) -> Any:
    return browser.ask(method, path, content=content, key=key)


def test_the_api_answers_a_foreign_id_as_a_nonexistent_one(world: World) -> None:
    wrong, tried, browser = [], [], Browser(world, "alice")
    with provisioner() as cursor:
        for template, method, schema in write_operations():
            address = next(each for each in addresses() if shape(each.route) == shape(template))
            path = fill_in(cursor, address, world.mine).path
            own = {name: own_id(world, cursor, name) for name in numbers(schema)}
            taken = sent(browser, method, path, body(address, schema, own), "own")
            wrong += (
                [f"{path}: {taken.status_code} with own ids {taken.said[:200]}"]
                if own and taken.status_code not in (200, 201) and address.name not in REFUSED_ANYWAY
                else []
            )
            for name in own:
                values = (world.foreign.pick(cursor, model_named(name)), NOWHERE)
                answers = [
                    sent(browser, method, path, body(address, schema, {**own, name: value}, name), "k")
                    for value in values
                ]
                one, other = (said(answer, value) for answer, value in zip(answers, values, strict=True))
                tried.append((path, name))
                allowed = (400, 404, 409, 422, *((403,) if address.name in REFUSED_ANYWAY else ()))
                if one != other or one[0] not in allowed:
                    wrong.append(f"{method} {path} {name}: {one[0]}, and {other[0]} for none")
    assert wrong == []
    assert tried != []


def test_addresses_of_the_api_are_found_in_its_schema() -> None:
    assert {method for _path, method, _schema in write_operations()} == {"POST", "PATCH", "PUT"}
