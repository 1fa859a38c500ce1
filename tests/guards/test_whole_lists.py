"""A list of the API comes in pages; one that answers whole says here why it stays small."""

from collections.abc import Mapping
from typing import Any

import pytest
import yaml

from tests.guards.test_schema_answers import WRITTEN

# The name of an operation that answers with a plain list → what bounds it.
SMALL = {
    "bank_accounts": "the accounts of the agency at banks",
    "bank_figures": "a line per deposit account and currency, read as one table",
    "commitment_audiences": "events and groups of people are the product's own",
    "commitments_expected": "a line per designation and currency, read as one table with its sums",
    "core_message_readers": "who serves in one unit",
    "core_message_sources": "a handful of places to begin from",
    "coverage_lines": "the lines of one budget, read as one table",
    "coverage_list": "a budget in force per unit, read as one table with its sums",
    "event_kinds": "what a webhook can be told of is the product's own",
    "guidelines_readers": "who serves in one unit",
    "guidelines_sources": "a handful of places to begin from",
    "hand_over_passings": "the partners whom one person held, worked through as one list",
    "item_things": "at most a few objects of one unit",
    "match_fee": "a line per designation that bears the fee of one match",
    "saved_views_list": "the tabs of one person's lists",
    "starter_pack": "the parts of the pack are the product's own",
    "statement": "a line per designation, read as one table with its sums",
    "transition_balances": "a line per account of one unit's workers and currency, read as one table",
    "unit_copy_parts": "what can be copied is the product's own",
    "unit_items": "the eleven and the agency's own, one list of work",
    "unit_risk": "a line per currency that a unit is given",
}


def whole_lists(schema: Mapping[str, Any]) -> set[str]:
    """The operations that read and answer with a plain list."""
    reads = [methods["get"] for methods in schema["paths"].values() if "get" in methods]
    return {
        read["operationId"]
        for read in reads
        if kind_of(schema, read["responses"].get("200", {}).get("content", {}).get("application/json")) == "array"
    }


def kind_of(schema: Mapping[str, Any], content: Mapping[str, Any] | None) -> str:
    """What an answer is: "object", "array", "" for a file."""
    said = content["schema"] if content else {}
    if "$ref" in said:
        said = schema["components"]["schemas"][said["$ref"].rpartition("/")[2]]
    return str(said.get("type", ""))


@pytest.fixture(scope="module")
def schema() -> Any:
    return yaml.safe_load(WRITTEN.read_text(encoding="utf-8"))


def test_a_list_that_answers_whole_says_why(schema: Any) -> None:
    assert whole_lists(schema) == SMALL.keys()


def test_a_list_that_grows_and_answers_whole_is_found(schema: Any) -> None:
    """The control."""
    answer = {"content": {"application/json": {"schema": {"type": "array", "items": {}}}}}
    grown = {"get": {"operationId": "strategies_list", "responses": {"200": answer}}}
    broken = {**schema, "paths": {**schema["paths"], "/api/a/{agency}/strategies/": grown}}
    assert whole_lists(broken) - whole_lists(schema) == {"strategies_list"}
