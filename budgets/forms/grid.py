"""Many lines of a draft on one page."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from budgets.forms.lines import LineFields, initial_of
from budgets.line_words import MOST_LINES, LineWords
from budgets.models import Line
from imports.reading.lists import Problem
from ssu.models import Worker

BLANK: Final = 4
"""Empty rows below the lines."""
TYPED: Final = ("impact", "category", "amount")
"""A new row in which none of these stands says nothing."""


class GridRow(LineFields):
    """One row of the grid; a new one may stay empty."""

    line = forms.IntegerField(required=False, widget=forms.HiddenInput)
    remove = forms.BooleanField(label=_("Remove"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "class": "num"})
        self.fields["category"].widget.attrs["list"] = "categories"
        for field in self.fields.values():
            field.help_text = ""

    def full_clean(self) -> None:
        """What is to be removed, and a new row that is empty, is not judged."""
        self.is_void = self.is_bound and self.says_nothing()
        if self.is_void:
            for field in self.fields.values():
                field.required = False
        super().full_clean()

    def says_nothing(self) -> bool:
        """Whether the row is to be removed, or is a new one that is empty."""

        def typed(name: str) -> str:
            return str(self.data.get(self.add_prefix(name), "")).strip()

        return bool(typed("remove")) or not (typed("line") or any(typed(name) for name in TYPED))

    def clean(self) -> dict[str, Any]:
        return self.cleaned_data if self.is_void else super().clean()

    def words(self, row: int) -> LineWords:
        """The row as the operation takes it."""
        return LineWords(row=row, line=self.cleaned_data["line"], **self.said)


class Grid(forms.BaseFormSet):  # type: ignore[type-arg]
    """All rows of the page, counted from 1."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.place = gettext("Row %(row)s") % {"row": (index or 0) + 1}

    def words(self) -> list[LineWords]:
        """The rows that say something, each counted as on the page."""
        return [form.words(row) for row, form in enumerate(self.forms, 1) if not form.is_void]

    def removed(self) -> list[int]:
        """The lines to take out."""
        given = (form.cleaned_data for form in self.forms)
        return [each["line"] for each in given if each.get("remove") and each.get("line")]

    def show(self, problems: Sequence[Problem]) -> None:
        """Put what an operation refused beside the fields of its row."""
        for problem in problems:
            form = self.forms[max(problem.row - 1, 0)]
            form.add_error(problem.column if problem.column in form.fields else None, problem.message)


GridForms: Final[Any] = forms.formset_factory(
    GridRow, formset=Grid, extra=0, max_num=MOST_LINES, absolute_max=MOST_LINES, validate_max=True
)


def grid_of(lines: Sequence[Line], currency: str, owners: Mapping[int, Worker], *, blank: int = BLANK) -> Any:
    """The grid as it stands, with empty rows below."""
    initial = [initial_of(line, currency) | {"line": line.pk} for line in lines]
    room = min(blank, MOST_LINES - len(initial))
    return GridForms(
        prefix="row",
        initial=[*initial, *([{"priority": 1, "kind": Line.Kind.EXPENSE}] * room)],
        form_kwargs={"currency": currency, "owners": owners},
    )


def grid_sent(data: Any, currency: str, owners: Mapping[int, Worker]) -> Any:
    """The grid as it was sent."""
    return GridForms(data, prefix="row", form_kwargs={"currency": currency, "owners": owners})
