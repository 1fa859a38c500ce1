"""Pages for errors say what happened, that nothing was changed, and where to go on."""

import pytest
from django.template.loader import render_to_string
from lxml import html

from core.look_samples import SHELL

pytestmark = pytest.mark.urls("tests.core.look_site")

PAGES = ["400", "403", "404", "405", "409", "413", "429", "500"]


def page(rf, code, **context):
    return html.fromstring(render_to_string(f"errors/{code}.html", context, request=rf.get("/a/harbor/gifts/")))


@pytest.mark.parametrize("code", PAGES)
def test_each_names_itself_and_leads_on(rf, code):
    shown = page(rf, code)
    (heading,) = shown.iter("h1")
    assert heading.text in shown.findtext(".//title")
    assert shown.xpath("//main//a[@class='btn']/@href")[0] in {"/", "/a/harbor/gifts/"}


@pytest.mark.parametrize("code", PAGES[:-1])
def test_each_keeps_the_frame_of_the_space(rf, code):
    assert page(rf, code, shell=SHELL).xpath("//nav//a[@aria-current='page']/text()") == ["Units", "Units"]


def test_a_refusal_speaks_for_itself(rf):
    text = page(rf, "409", refusal="This batch does not add up.").text_content()
    assert "This batch does not add up." in text


def test_a_form_that_was_open_too_long_is_told_from_a_missing_right(rf):
    assert page(rf, "403", expired=True).findtext(".//h1") == "The form was open too long"
    assert page(rf, "403").findtext(".//h1") == "This is not for your role"


def test_the_limit_is_named(rf):
    assert "This page takes up to 100 MB." in page(rf, "413", megabytes=100).text_content()
