"""Another agency's id in a form is answered as one that does not exist (test 4 of the list).

Every page is opened, every form on it that posts is sent with each id that it offers replaced, first by the other
side's, then by one of nobody's.
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
from psycopg2.extensions import cursor as Cursor  # noqa: N812

from agencies.guard import scope_of
from tests.factories.addresses import addresses
from tests.factories.browser import Browser
from tests.factories.parameters import Filled, below, fill_in
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
# Forms with a key to another row that no page of the world shows, each for a reason.
NOT_SHOWN: dict[str, str] = {
    "StartForm": "the transition of the world has begun; `tests/transition/test_pages.py` sends it foreign ids",
    "FeeForm": "the fee of the world stands in the ledger; `tests/partners/reconciliation/test_fees.py` sends it ids",
    "AssignGiverForm": "the gift of the world has a giver; `tests/partners/test_unidentified.py` sends it foreign ids",
}


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
