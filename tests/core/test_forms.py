from datetime import date

import pytest
from django import forms
from lxml import html

from core.forms import AmountInput, DateInput, Problem, problems


class Gift(forms.Form):
    partner = forms.CharField(help_text="As the partner writes it")
    note = forms.CharField(required=False)
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(required=False)
    amount = forms.CharField(widget=AmountInput(currency="USD"), required=False)
    received = forms.DateField(widget=DateInput(), required=False)


def drawn(form):
    return html.fromstring(f"<div>{form}</div>")


@pytest.fixture
def wrong():
    return Gift({"note": "kept"})


def test_the_summary_links_to_each_control(wrong):
    page = drawn(wrong)
    summary = page.get_element_by_id("error-summary-title").getparent()
    assert summary.get("tabindex") == "-1"
    assert "autofocus" in summary.attrib
    links = [(link.get("href"), link.text) for link in summary.iter("a")]
    assert links == [
        ("#id_partner", "Partner: This field is required."),
        ("#id_kind_0", "Kind: This field is required."),
    ]
    assert all(page.xpath(f"//*[@id='{target.removeprefix('#')}']") for target, _ in links)


def test_a_field_is_described_by_its_hint_and_its_error(wrong):
    page = drawn(wrong)
    control = page.get_element_by_id("id_partner")
    assert control.get("aria-describedby") == "id_partner_helptext id_partner_error"
    assert control.get("aria-invalid") == "true"
    assert page.get_element_by_id("id_partner_helptext").text == "As the partner writes it"
    assert page.get_element_by_id("id_partner_error").text_content().strip() == "Error: This field is required."


def test_a_group_is_a_fieldset_with_a_legend(wrong):
    (group,) = drawn(wrong).iter("fieldset")
    assert group.find("legend").text == "Kind"
    assert group.get("aria-describedby") == "id_kind_error"


def test_only_optional_fields_say_so():
    labels = [label.text_content() for label in drawn(Gift()).xpath("//div[@class='field']/label")]
    assert labels == ["Partner", "Note (optional)", "Amount (optional)", "Received (optional)"]


def test_a_fresh_form_shows_no_problem():
    assert problems(Gift(), None) == []
    assert "error-summary" not in str(Gift())


def test_problems_of_the_whole_form_come_first(wrong):
    wrong.add_error(None, "The lines come to $10, the gift to $12.")
    assert problems(wrong)[0] == Problem("The lines come to $10, the gift to $12.", "")


def test_formsets_list_every_form():
    lines = forms.formset_factory(Gift)({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1"})
    assert [problem.target for problem in problems(lines)] == ["id_form-0-partner", "id_form-0-kind_0"]


def test_hostile_words_are_text_everywhere():
    form = Gift({"partner": '"><script>alert(1)</script>', "kind": "<img src=x>"})
    page = str(form)
    assert "<script>" not in page
    assert "<img" not in page


def test_an_amount_says_its_currency():
    box = drawn(Gift({"amount": "12.50"})).xpath("//*[@data-amount]")[0]
    assert box.get("data-currency") == "USD"
    assert box.find("input").get("value") == "12.50"
    assert box.find("output").get("for") == "id_amount"


def test_a_date_is_written_for_the_picker():
    form = Gift(initial={"received": date(2026, 3, 5)})
    assert drawn(form).get_element_by_id("id_received").get("value") == "2026-03-05"


def test_a_search_field_is_not_called_optional() -> None:
    class Search(forms.Form):
        q = forms.CharField(label="Name", required=False, widget=forms.TextInput({"type": "search"}))
        note = forms.CharField(label="Note", required=False)

    form = Search()
    labels = [str(form[name].as_field_group()) for name in ("q", "note")]
    assert ["(optional)" in label for label in labels] == [False, True]


def test_an_empty_choice_asks_to_choose() -> None:
    class Choice(forms.Form):
        what = forms.ChoiceField(choices=[("", "---------"), ("a", "A & B")])

    shown = str(Choice()["what"])
    assert ("---------" in shown, "Choose…" in shown, "A &amp; B" in shown) == (False, True, True)
