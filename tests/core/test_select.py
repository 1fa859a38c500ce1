"""A select box is written as Django writes it, without a template per option."""

from typing import Any

import pytest
from django import forms
from django.template import loader
from django.test.html import parse_html

CHOICES = [("", "All"), (1, "One & only"), ("Group", [("a", "A"), ("b", "<B>")])]


class Marked(forms.Select):
    """Options with attributes of their own."""

    def create_option(self, *args: Any, **kwargs: Any) -> Any:
        option = super().create_option(*args, **kwargs)
        option["attrs"] |= {"data-kind": "x", "hidden": True, "disabled": False}
        return option


def as_django_writes(widget: forms.Select, name: str, value: Any) -> str:
    """By Django's own template, past ours."""
    return forms.renderers.DjangoTemplates().render(widget.template_name, widget.get_context(name, value, {"id": "x"}))


@pytest.mark.parametrize("widget", [forms.Select, forms.SelectMultiple, Marked])
@pytest.mark.parametrize("value", ["", 1, "b", ["1", "a"]])
def test_same_elements_as_djangos_own(widget, value):
    made = widget(choices=CHOICES)
    ours = made.render("unit", value, {"id": "x"})
    assert parse_html(ours) == parse_html(as_django_writes(made, "unit", value))


def test_ours_is_the_template_in_use():
    used = loader.get_template("django/forms/widgets/select.html")
    assert "option.template_name" not in used.template.source  # type: ignore[attr-defined]
