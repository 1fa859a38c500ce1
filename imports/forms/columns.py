"""Saying what each column of a file is, how it writes days and amounts, and what holds for every row."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import asked
from imports.mapping.checking import MappingWrong
from imports.mapping.rules import Meant, Rules
from imports.mapping.targets import Target
from imports.operations.saved_mappings import LONGEST_NAME
from imports.reading.glance import ColumnSeen
from imports.reading.writing import ENCODINGS, Writing

ORDER_CHOICES = [
    ("dmy", gettext_lazy("Day first: 31.12.2026 or 31/12/2026")),
    ("mdy", gettext_lazy("Month first: 12/31/2026")),
    ("ymd", gettext_lazy("Year first: 2026-12-31")),
]
MARK_CHOICES = [(".", gettext_lazy("A point: 1,234.50")), (",", gettext_lazy("A comma: 1.234,50"))]
DELIMITER_CHOICES = [
    ("", gettext_lazy("Find it")),
    (",", gettext_lazy("Comma")),
    (";", gettext_lazy("Semicolon")),
    ("\t", gettext_lazy("Tab")),
    ("|", gettext_lazy("Bar |")),
]
MOST_LINES = 10_000


class WritingForm(forms.Form):
    """What a file is and how it is read; sent by GET, so that the page shows the columns that come of it."""

    kind = forms.ChoiceField(label=gettext_lazy("What the file is"), required=False)
    header_line = forms.IntegerField(
        label=gettext_lazy("Line of the column names"), required=False, min_value=0, max_value=MOST_LINES
    )
    delimiter = forms.ChoiceField(label=gettext_lazy("Cells are parted by"), required=False, choices=DELIMITER_CHOICES)
    encoding = forms.ChoiceField(label=gettext_lazy("Letters"), required=False)

    def __init__(self, *args: Any, targets: Sequence[Target], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = [("", _("Guess")), *((target.name, target.label) for target in targets)]
        fields["encoding"].choices = [("", _("Find them")), *ENCODINGS.items()]

    def writing(self) -> Writing:
        """How the file is read; what is no answer is found out."""
        given = self.cleaned_data if self.is_valid() else {}
        return Writing(given.get("encoding", ""), given.get("delimiter", ""), given.get("header_line") or 0)


class ColumnsForm(forms.Form):
    """One choice per column, `c-<place>`; one text per fact that may be the same for every row, `f-<fact>`."""

    order = asked(
        forms.ChoiceField(
            label=gettext_lazy("Days are written"), choices=ORDER_CHOICES, widget=forms.RadioSelect, required=False
        )
    )
    mark = forms.ChoiceField(
        label=gettext_lazy("Sign before the decimals"), choices=MARK_CHOICES, widget=forms.RadioSelect
    )
    deposit = forms.ChoiceField(label=gettext_lazy("The money comes to"), required=False)
    keep_as = forms.CharField(
        label=gettext_lazy("Keep this mapping as"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=gettext_lazy("The next file with these columns is recognized. Name the system or the bank."),
    )
    change_saved = forms.BooleanField(label=gettext_lazy("Change the saved mapping too"), required=False)

    def __init__(
        self,
        *args: Any,
        target: Target,
        columns: Sequence[ColumnSeen],
        deposits: Sequence[tuple[int, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.target, self.columns = target, columns
        fields: dict[str, Any] = self.fields
        facts = [("", _("Not used")), *((fact.name, self.words(fact)) for fact in target.facts)]
        for place, column in enumerate(columns):
            fields[f"c-{place}"] = forms.ChoiceField(label=column.name, choices=facts, required=False)
        for fact in target.facts:
            if fact.once:
                fields[f"f-{fact.name}"] = forms.CharField(
                    label=fact.label, required=False, max_length=200, help_text=fact.meaning
                )
        fields["deposit"].choices = [("", _("Ask each time")), *deposits]

    @staticmethod
    def words(fact: Any) -> str:
        """A fact as it is offered."""
        return _("%(fact)s (needed)") % {"fact": fact.label} if fact.required else str(fact.label)

    def clean(self) -> dict[str, Any]:
        """Each fact stands in one column."""
        given = super().clean() or {}
        seen: dict[str, str] = {}
        for place, column in enumerate(self.columns):
            fact = given.get(f"c-{place}", "")
            if fact and fact in seen:
                words = _("“%(first)s” is this already. Choose one of the two.") % {"first": seen[fact]}
                self.add_error(f"c-{place}", ValidationError(words))
            elif fact:
                seen[fact] = column.name
        return given

    def rules(self, writing: Writing, values: Mapping[str, Mapping[str, Meant]]) -> Rules:
        """What was said, as rules."""
        given = self.cleaned_data
        return Rules(
            kind=self.target.name,
            columns={
                fact: column.name for place, column in enumerate(self.columns) if (fact := given.get(f"c-{place}", ""))
            },
            fixed={
                name.removeprefix("f-"): text for name, text in given.items() if name.startswith("f-") and text.strip()
            },
            values=values,
            writing=writing,
            order=given["order"],
            mark=given["mark"],
            deposit=int(given["deposit"]) if given["deposit"] else None,
        )

    def say(self, wrong: MappingWrong) -> None:
        """Put each problem beside what it is about."""
        for field, sentence in wrong.problems:
            place = field if field in self.fields else f"f-{field}"
            self.add_error(place if place in self.fields else None, ValidationError(sentence, code=wrong.code))
