"""A saved mapping by itself: its name, and its columns and values with no file at hand."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from imports.forms.columns import ColumnsForm
from imports.mapping.rules import Rules
from imports.mapping.targets import Target
from imports.operations.saved_mappings import LONGEST_NAME, columns_of


class MappingNameForm(forms.Form):
    """What a mapping is called."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=LONGEST_NAME)


class SavedRulesForm(ColumnsForm):
    """The rules of a saved mapping. `v-<place>`: forget what the value at this place of `values` means. `seen`: when
    the mapping was changed last, as it was when the page was opened.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(
        self, *args: Any, target: Target, stands: Rules, deposits: Sequence[tuple[int, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, target=target, columns=columns_of(stands), deposits=deposits, **kwargs)
        del self.fields["keep_as"], self.fields["change_saved"]
        self.stands = stands
        self.values = [(fact, text) for fact, said in stands.values.items() for text in sorted(said)]
        for place, (_fact, text) in enumerate(self.values):
            self.fields[f"v-{place}"] = forms.BooleanField(
                label=_("Forget “%(text)s”") % {"text": text[:60]}, required=False
            )

    def changed(self) -> Rules:
        """The rules as they are to be."""
        forgotten = {said for place, said in enumerate(self.values) if self.cleaned_data.get(f"v-{place}")}
        values = {
            fact: {text: meant for text, meant in said.items() if (fact, text) not in forgotten}
            for fact, said in self.stands.values.items()
        }
        return replace(self.rules(self.stands.writing, values), header=self.stands.header)


def initial_of(rules: Rules, target: Target, seen: str) -> dict[str, Any]:
    """What the form says at first: the rules that stand."""
    facts = {column: fact for fact, column in rules.columns.items()}
    told = {f"c-{place}": facts.get(column.name, "") for place, column in enumerate(columns_of(rules))}
    told |= {f"f-{fact}": text for fact, text in rules.fixed.items()}
    return told | {"order": rules.order, "mark": rules.mark, "deposit": str(rules.deposit or ""), "seen": seen}
