"""How every form looks: our field and form templates, the list of problems, and the controls that HTML lacks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from core.dates import no_such_day_in


class Renderer(TemplatesSetting):
    """Render forms with the templates of `components/`: `{{ form }}` is the error summary and all fields."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


def asked(field: Any) -> Any:
    """A field that is needed with some answers only: it may be left empty, and is not called optional."""
    field.is_asked = True
    return field


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the error summary: its words, and the id of the control it links to ("" for the form as a whole)."""

    words: str
    target: str


def problems(*given: "forms.BaseForm | forms.BaseFormSet[Any] | None") -> list[Problem]:
    """List what is wrong in these forms and formsets, in the order of the page: a form as a whole, then its fields. A
    form among many says by its `place` which it is ("Row 5").
    """
    return [problem for form in _each_form(given) for problem in _problems_of(form)]


def _each_form(given: Iterable["forms.BaseForm | forms.BaseFormSet[Any] | None"]) -> Iterator[Any]:
    for form in given:
        if isinstance(form, forms.BaseFormSet):
            yield form
            yield from form.forms
        elif form:
            yield form


def _problems_of(form: Any) -> Iterator[Problem]:
    if not form.is_bound:
        return
    if isinstance(form, forms.BaseFormSet):
        yield from (Problem(str(words), "") for words in form.non_form_errors())
        return
    place = f"{form.place}, " if hasattr(form, "place") else ""
    yield from (Problem(f"{place}{words}", "") for words in form.non_field_errors())
    for field in form:
        yield from (Problem(f"{place}{field.label}: {words}", _target(field)) for words in field.errors)


def _target(field: forms.BoundField) -> str:
    """The id of the first control of a field: a group of radios or a pair of inputs has none under its own name."""
    return field.id_for_label or f"{field.auto_id}_0"


def capitalized(choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Choices as a form offers them: their labels stand in sentences too, so they are written small there."""
    return [(value, capfirst(label)) for value, label in choices]


class DayField(forms.DateField):
    """A day. One that its month has not is told so: "There is no such day: February 2025 has 28 days."."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except forms.ValidationError as wrong:
            if isinstance(value, str) and (sentence := no_such_day_in(value)):
                raise forms.ValidationError(sentence, code="no_such_day") from wrong
            raise


class DateInput(forms.DateInput):
    """The browser's own date picker; a browser without one shows a text field, which the hint covers."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class AmountInput(forms.TextInput):
    """The figures of an amount of money in one currency, or in the one chosen in the field named `currency_field`.

    With JavaScript the amount is repeated beside the field as it will be read ("= $1,240.00").
    """

    template_name = "components/amount_input.html"

    def __init__(self, currency: str = "", currency_field: str = "", attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})
        self.currency = currency
        self.currency_field = currency_field

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the currency that stands behind the figures; the field that holds it has the prefix of this form."""
        context = super().get_context(name, value, attrs)
        prefix = name[: name.rfind("-") + 1]
        currency_field = prefix + self.currency_field if self.currency_field else ""
        context["widget"] |= {"currency": self.currency, "currency_field": currency_field}
        return context


class SizedFile(forms.ClearableFileInput):
    """A file of at most so many bytes. The browser says so as soon as a larger one is chosen (`static/js/uploads.js`),
    before anything is sent, so that the other fields keep what was written; the server says it again.
    """

    def __init__(self, most: int, attrs: dict[str, Any] | None = None) -> None:
        said = format_lazy(_("This file is larger than {most} MB. Choose a smaller one."), most=most // 1024**2)
        super().__init__({"data-most": str(most), "data-too-large": said, **(attrs or {})})
