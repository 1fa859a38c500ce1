"""What the committed schema promises of an answer is what the answer is: asked of every endpoint that reads, in the
world of the guards, as the administrator.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from psycopg2.extensions import cursor as Cursor  # noqa: N812

from tests.factories.addresses import addresses
from tests.factories.browser import Browser
from tests.factories.parameters import below, fill_in
from tests.factories.world import World

pytestmark = pytest.mark.django_db
WRITTEN = Path(__file__).resolve().parents[2] / "docs/openapi.yaml"
KINDS: Mapping[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
}


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(WRITTEN.read_text(encoding="utf-8"))
    return found


def promised(schema: dict[str, Any], path: str) -> dict[str, Any] | None:
    """What the schema says of a GET of this address; of several that fit, the one with the most plain words."""
    fitting = [
        template
        for template, methods in schema["paths"].items()
        if "get" in methods and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path)
    ]
    if not fitting:
        return None
    best = min(fitting, key=lambda template: template.count("{"))
    answer = schema["paths"][best]["get"]["responses"]["200"]
    found: dict[str, Any] | None = answer.get("content", {}).get("application/json", {}).get("schema")
    return found


def faults(schema: dict[str, Any], said: dict[str, Any], value: Any, where: str) -> Iterator[str]:
    """Where a value is not what the schema says of it."""
    if "$ref" in said:
        said = schema["components"]["schemas"][said["$ref"].rpartition("/")[2]]
    if value is None:
        if not said.get("nullable"):
            yield f"{where} is null"
        return
    for part in said.get("allOf", []):
        yield from faults(schema, part, value, where)
    kind = said.get("type")
    if kind and not (isinstance(value, KINDS[kind]) and (kind == "boolean" or not isinstance(value, bool))):
        yield f"{where} is {type(value).__name__}, not {kind}"
    elif kind == "array":
        for place, item in enumerate(value[:3]):
            yield from faults(schema, said["items"], item, f"{where}[{place}]")
    elif kind == "object" and "properties" in said:
        yield from faults_of_object(schema, said, value, where)


def faults_of_object(schema: dict[str, Any], said: dict[str, Any], value: dict[str, Any], where: str) -> Iterator[str]:
    known, given = said["properties"], set(value)
    if extra := given - set(known):
        yield f"{where} has {sorted(extra)} besides"
    if missing := set(said.get("required", [])) - given - {n for n, each in known.items() if each.get("writeOnly")}:
        yield f"{where} lacks {sorted(missing)}"
    for name in given & set(known):
        yield from faults(schema, known[name], value[name], f"{where}.{name}")


def test_every_answer_is_what_the_schema_says(world: World, cursor: Cursor, schema: dict[str, Any]) -> None:
    browser, wrong, looked_at = Browser(world, "alice"), [], 0
    chosen = below("api")
    for address in addresses():
        if not chosen(address):
            continue
        path = fill_in(cursor, address, world.mine).path
        said, answer = promised(schema, path), browser.ask("GET", path)
        if said is None or answer.status_code != 200 or "json" not in answer["Content-Type"]:
            continue
        looked_at += 1
        wrong += [f"{path}: {fault}" for fault in faults(schema, said, json.loads(answer.said), "answer")]
    assert wrong == []
    assert looked_at > 60


@pytest.mark.parametrize(
    ("said", "value", "fault"),
    [
        ({"type": "array", "items": {}}, {"count": 1, "results": []}, "answer is dict, not array"),
        ({"type": "object", "properties": {"a": {}}, "required": ["a"]}, {"b": 1}, "answer has ['b'] besides"),
        ({"type": "array", "items": {"type": "integer"}}, [1, "2"], "answer[1] is str, not integer"),
        ({"type": "integer"}, True, "answer is bool, not integer"),
        ({"type": "string"}, None, "answer is null"),
    ],
)
def test_an_untrue_schema_is_seen(said: dict[str, Any], value: Any, fault: str) -> None:
    assert fault in list(faults({}, said, value, "answer"))
