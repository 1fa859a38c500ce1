"""What people type about the starter pack and the inventory of tactics."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.autosave import DraftForm
from core.forms import DateInput, DayField, asked
from ssu.models import Tactic

MOST_WORDS = 40_000


class StarterForm(DraftForm):
    """The agency's own words of a part."""

    text = forms.CharField(label=_("Words"), max_length=MOST_WORDS, widget=forms.Textarea({"rows": 24}))

    def __init__(self, *args: Any, is_lines: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = (
            _("One line each: a short title, a colon, a sentence.")
            if is_lines
            else _("A line that begins with “## ” is a heading. An empty line begins a new paragraph.")
        )


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice of people, by the name under which this person may know them."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.shown_name)


class TacticForm(forms.Form):
    """A row of the inventory."""

    what = forms.CharField(label=_("What we do today"), max_length=200)
    decision = forms.ChoiceField(
        label=_("Keep, adapt or stop"),
        choices=[("", _("Not decided yet")), *Tactic.Decision.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    why = asked(
        forms.CharField(
            label=_("Why"),
            help_text=_("Needed for what is adapted or stopped."),
            max_length=2000,
            required=False,
            widget=forms.Textarea({"rows": 3}),
        )
    )
    by_when = DayField(label=_("By when"), required=False, widget=DateInput)
    who = PersonField(None, label=_("Who"), required=False, empty_label=_("Nobody yet"))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(PersonField, self.fields["who"]).queryset = people
