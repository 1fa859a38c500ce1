"""Another agency's id in a form or in an API's object is answered as one that does not exist (test 4 of the list).

Every page is opened, every form on it that posts is sent with each id that it offers replaced, first by the other
side's, then by one of nobody's. The API's objects come from its own schema.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import ndiff
from typing import Any

import lxml.html
import pytest
from django import forms
from django.apps import apps
from django.db import models
from drf_spectacular.generators import SchemaGenerator
from psycopg2.extensions import cursor as Cursor  # noqa: N812

from agencies.guard import scope_of
from ssu.starter import lines_of, original
from tests.factories.addresses import Address, addresses
from tests.factories.browser import Browser
from tests.factories.parameters import MEANT, Filled, below, fill_in
from tests.factories.rows import provisioner, scoped_models
from tests.factories.world import Chain, World
from tests.guards.test_idor import MARKS, NOWHERE

pytestmark = pytest.mark.django_db
OURS = {"space", "csrfmiddlewaretoken"}
TYPED = {"number": "1", "date": "2025-05-05", "email": "a@example.org", "url": "https://example.org/"}
# Pages whose form comes after a question: the name of the answer, and what it is.
AFTER_A_QUESTION = {
    "gift_add": ("partner", "partners.Partner"),
    "relation_add": ("other", "partners.Partner"),
    "transfer_add": ("currency=USD&origin", "funds.Designation"),
}
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
    "origin": "funds.Designation",
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
    "header_line",
}
"""Whole numbers that count something."""
# Of these properties of an object only one may be said; each is tried by itself.
EITHER = {"api_team": ("person", "member", "name")}
# Endpoints that refuse even own ids in the world as it stands, each for a reason. Foreign ids are still tried.
REFUSED_ANYWAY = {
    "api_leaders": "who could be added leads the unit",
    "api_spouses": "one person is not two",
    "api_confidence": "a member’s own word, and Alice serves in no unit",
    "api_guidelines_signature": "who reads these can sign in",
    "api_batch_rows": "the batch of the world was discarded a moment before",
    "api_item_plan": "a due day lies ahead, and the day that is tried is past",
    "api_import_apply": "the file of this world was applied",
    "api_import_mapping": "the file of this world was applied",
    "api_import_mapping_use": "the file of this world was applied",
    "api_import_givers": "the file of this world was applied",
    "api_spouses_separate": "nobody is married here",
    "api_core_message_signature": "who reads these can sign in",
    "api_planned_talks": "a plan lies ahead, and the day that is tried is past",
    "api_partner_follow_ups": "given to the office and to who holds the partner, and the member of this world leads",
    "api_follow_up_move": "given to the office and to who holds the partner, and the member of this world leads",
    "api_relations": "a person and a church are no spouses, and that is what is said first",
}
# Forms with a key to another row that no page of the world shows, each for a reason.
NOT_SHOWN: dict[str, str] = {}


@dataclass(frozen=True)
class Post:
    """A form on a page: where it goes, what is in it, and the fields whose values are ids, with their models."""

    path: str
    values: dict[str, Any]
    ids: dict[str, list[type[models.Model]]]


def is_id(text: str | None) -> bool:
    return bool(text) and str(text).isdigit()


def posts(page_path: str, answer: Any, own: Chain) -> Iterator[Post]:
    """The forms of a page that post, as a browser would send them."""
    if "html" not in answer.get("Content-Type", ""):
        return
    known = keys_of(answer)
    for form in lxml.html.fromstring(answer.said).xpath("//form[@method='post']"):
        values: dict[str, Any] = {}
        offered: dict[str, set[int]] = {}
        for each in form.xpath(".//*[@name]"):
            name = str(each.get("name"))
            values.setdefault(name, value_of(each))
            offered.setdefault(name, set()).update(map(int, filter(is_id, choices_of(each))))
        ids = {
            name: [known[name]] if name in known else models_with(own, offered[name])
            for name in values
            if name not in OURS and (name in known or offered[name])
        }
        yield Post(form.get("action") or page_path, values, {name: found for name, found in ids.items() if found})


def value_of(each: Any) -> str:
    """What a field of the page would send."""
    if each.tag == "select":
        chosen = [*each.xpath(".//option[@selected]/@value"), *each.xpath(".//option[@value != '']/@value")]
        return str(chosen[0]) if chosen else ""
    if each.tag == "textarea":
        return str(each.text or "words")
    return str(each.get("value") or TYPED.get(each.get("type"), "words"))


def choices_of(each: Any) -> list[str]:
    """The values that a field offers to choose from; what is typed is no choice."""
    if each.tag == "select":
        return [str(value) for value in each.xpath(".//option/@value")]
    return [str(each.get("value"))] if each.get("type") in ("hidden", "radio", "checkbox") and each.get("value") else []


def keys_of(answer: Any) -> dict[str, type[models.Model]]:
    """The fields of the page's own forms that point to a row, by their name in the page."""
    return {
        form.add_prefix(name): field.queryset.model
        for form in forms_of(answer)
        for name, field in form.fields.items()
        if isinstance(field, forms.ModelChoiceField) and field.queryset is not None
    }


def forms_of(answer: Any) -> list[forms.BaseForm]:
    """Every form that the page was rendered with, those of formsets included."""
    found: list[forms.BaseForm] = []
    for context in answer.context or []:
        for values in context:
            for value in values.values():
                found += [value] if isinstance(value, forms.BaseForm) else []
                found += value.forms if isinstance(value, forms.BaseFormSet) else []
    return found


def models_with(own: Chain, ids: set[int]) -> list[type[models.Model]]:
    """The models whose rows these are: no two tables of the world have an id in common."""
    kinds = ("shared", *(key.removesuffix("_id") for key in own.owner))
    return [model for model in scoped_models() if scope_of(model) in kinds and ids <= set(own.rows[model])]


def told_apart(browser: Browser, cursor: Cursor, post: Post, foreign: Chain) -> list[str]:
    """The fields whose answers to a foreign and to a nonexistent id differ, or that took the foreign one."""
    wrong = []
    for name, candidates in post.ids.items():
        for model in candidates:
            theirs = foreign.pick(cursor, model)
            answers = [browser.ask("POST", post.path, {**post.values, name: value}) for value in (theirs, NOWHERE)]
            one, other = (said(answer, value) for answer, value in zip(answers, (theirs, NOWHERE), strict=True))
            if one != other:
                wrong.append(f"{post.path} {name}: {one[0]} for another's {model._meta.label}, {other[0]} for none")
                wrong += [line for line in ndiff(one[2].split("\n"), other[2].split("\n")) if line[0] in "+-"][:4]
            if one[0] == 500:
                wrong.append(f"{post.path} {name}: {answers[0].why}")
    return wrong


def said(answer: Any, value: int) -> tuple[int, str, str]:
    """Status, where it leads, and body, the id and the marks that change with every answer left out."""
    hide = re.compile(rf"(?<!\d){value}(?!\d)")
    return answer.status_code, hide.sub("ID", answer.get("Location", "")), hide.sub("ID", MARKS.sub("", answer.said))


def pages(cursor: Cursor, world: World) -> Iterator[tuple[Browser, Chain, Chain, str, Any]]:
    """Every page with forms: who looks, the own and the foreign chain, path, answer."""
    sides = [
        ("alice", world.mine, world.foreign, ("a",)),
        ("alice", world.alliance, world.other_alliance, ("alliances",)),
        ("carol", world.alliance, world.other_alliance, ("alliances",)),
    ]
    for name, own, foreign, spaces in sides:
        browser, chosen = Browser(world, name), below(*spaces)
        for address in filter(chosen, addresses()):
            for path in asked(cursor, fill_in(cursor, address, own), own):
                answer = browser.ask("GET", path)
                if answer.status_code == 200:
                    yield browser, own, foreign, path, answer


def asked(cursor: Cursor, filled: Filled, own: Chain) -> list[str]:
    """The address by itself and, where its form comes after a question, with the answer."""
    if filled.address.name not in AFTER_A_QUESTION:
        return [filled.path]
    name, label = AFTER_A_QUESTION[filled.address.name]
    return [filled.path, f"{filled.path}?{name}={own.pick(cursor, World.model(label))}"]


def test_forms_answer_a_foreign_id_as_a_nonexistent_one(world: World) -> None:
    wrong, tried, shown = [], set(), set()
    with provisioner() as cursor:
        for browser, own, foreign, path, answer in pages(cursor, world):
            shown |= {type(form).__qualname__ for form in forms_of(answer)}
            for post in posts(path, answer, own):
                wrong += told_apart(browser, cursor, post, foreign)
                tried |= {(post.path, name) for name in post.ids}
    assert wrong == []
    assert len(tried) > 15
    assert sorted(with_keys() - shown - set(NOT_SHOWN)) == []


def with_keys() -> set[str]:
    """The forms of the product whose class has a field for another row."""
    return {
        form.__qualname__
        for form in subclasses(forms.BaseForm)
        if form.__module__.partition(".")[0] in {config.name for config in apps.get_app_configs()}
        and not form.__module__.startswith(("django", "allauth", "rest_framework"))
        and any(isinstance(field, forms.ModelChoiceField) for field in getattr(form, "base_fields", {}).values())
        and not form.__subclasses__()
    }


def subclasses(of: type) -> Iterator[type]:
    for each in of.__subclasses__():
        yield each
        yield from subclasses(each)


# the API


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
        return [sample(schema["items"], name, ids)]
    if schema.get("type") == "integer":
        return ids.get(name, 1)
    if schema.get("type") == "boolean":
        return False
    words = {
        "currency": "USD",
        "amount": "10.00",
        "expected_total": "10.00",
        "percent": "5",
        "designation_kind": "",
        "kind": "gift",
        "method": "check",
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


# controls


class Open(forms.Form):
    """A form that asks the table for everybody's rows, as a forgotten filter would."""

    unit = forms.CharField()

    def clean_unit(self) -> str:
        with provisioner() as cursor:
            cursor.execute("SELECT name FROM ssu_unit WHERE id = %s", [self.cleaned_data["unit"]])
            if cursor.fetchone() is None:
                raise forms.ValidationError("There is no such unit.")
        return str(self.cleaned_data["unit"])


def test_a_form_that_knows_foreign_rows_is_found(world: World) -> None:
    unit = world.model("ssu.Unit")
    post = Post("/nowhere/", {"unit": "1"}, {"unit": [unit]})

    class Naive(Browser):
        def ask(self, method: str, path: str, form: dict[str, Any] | None = None, **kwargs: Any) -> Any:
            sent = Open(form)
            answer: Any = type("Answer", (), {"get": lambda self, name, default: default, "why": ""})()
            answer.status_code = 302 if sent.is_valid() else 422
            answer.said = str(sent.errors)
            return answer

    with provisioner() as cursor:
        assert told_apart(Naive(world), cursor, post, world.foreign) != []


def test_ids_are_seen_in_selects_and_hidden_fields(world: World) -> None:
    unit = world.mine.rows[world.model("ssu.Unit")][0]
    page = f"<form method='post'><select name='unit'><option value='{unit}'></select><input name='q' value='7'></form>"
    answer: Any = type("Answer", (), {"get": lambda self, name, default: "text/html", "said": page, "context": []})()
    (post,) = posts("/x/", answer, world.mine)
    assert list(post.ids) == ["unit"]
    assert post.ids["unit"] == [world.model("ssu.Unit")]


def test_addresses_of_the_api_are_found_in_its_schema() -> None:
    assert {method for _path, method, _schema in write_operations()} == {"POST", "PATCH"}
