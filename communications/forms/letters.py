"""What people type about letters and consent."""

from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from communications.letter_languages import MOST_BODY, languages
from communications.models import Basis, Channel, Letter, Purpose
from communications.models.consent import LETTERS
from core.forms import DateInput, DayField
from ssu.models import Unit

PURPOSES = [(each.value, each.label) for each in LETTERS]
BEGINNING: Final = "Dear {{greeting}},\n\n\n\nThank you for pulling with us,\n{{agency_name}}"


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice of units, by the name under which this person may know them."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.shown_name)


class LetterForm(forms.Form):
    """The words of a letter."""

    subject = forms.CharField(label=_("Subject"), max_length=200)
    body = forms.CharField(
        label=_("Letter"),
        max_length=MOST_BODY,
        widget=forms.Textarea({"rows": 18}),
        initial=BEGINNING,
        help_text=_(
            "An empty line begins a new paragraph, “# ” a heading, “- ” an item of a list. **bold**, *italic*, "
            "[words](https://example.org). Merge fields: "
            "{{greeting}}, {{partner_name}}, {{unit_name}}, {{agency_name}}."
        ),
    )
    purpose = forms.ChoiceField(
        label=_("Purpose"),
        choices=PURPOSES,
        widget=forms.RadioSelect,
        initial=Purpose.NEWS,
        help_text=_("Partners choose by purpose what they get. A letter that asks for gifts is an appeal."),
    )
    language = forms.ChoiceField(label=_("Language"), initial="en")
    says_core = forms.BooleanField(
        label=_("It says our core messages"),
        required=False,
        help_text=_("The version that counts when you save is kept with the letter."),
    )
    tells_impact = forms.BooleanField(
        label=_("It is an impact report"),
        required=False,
        help_text=_("It tells what came of the gifts. Who gets it is counted among the benefits of the unit."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["language"]).choices = languages()


class NewLetterForm(LetterForm):
    """The words, and the unit that writes."""

    unit = UnitField(None, label=_("From"), empty_label=None)
    field_order = ("unit", "subject", "body", "purpose", "language", "says_core", "tells_impact")

    def __init__(self, *args: Any, units: Any, unit_word: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(UnitField, self.fields["unit"])
        field.queryset, field.label = units, unit_word


def filled(letter: Letter) -> dict[str, Any]:
    """What the form shows of a letter that stands."""
    kept = {name: getattr(letter, name) for name in ("subject", "body", "purpose", "language", "tells_impact")}
    return kept | {"says_core": letter.core_message_id is not None}


class TimeForm(forms.Form):
    """When a letter goes out by itself."""

    day = DayField(label=_("Day"), widget=DateInput)
    clock = forms.TimeField(label=_("Time"), widget=forms.TimeInput({"type": "time"}, format="%H:%M"))


class ConsentForm(forms.Form):
    """What a partner said."""

    channel = forms.ChoiceField(label=_("By"), choices=Channel.choices, widget=forms.RadioSelect)
    purpose = forms.ChoiceField(label=_("For"), choices=Purpose.choices, widget=forms.RadioSelect)
    basis = forms.ChoiceField(label=_("Ground"), choices=Basis.choices, widget=forms.RadioSelect)
    wording = forms.CharField(
        label=_("In what words"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Word for word, as it stood on the card or was said. Needed for consent."),
    )
    source = forms.CharField(
        label=_("Source"), max_length=160, help_text=_("For example: response card of the spring dinner.")
    )
    on = DayField(label=_("Day"), widget=DateInput, help_text=_("The day on which the partner said so."))


class PolicyForm(forms.Form):
    """The agency's rule for who gives."""

    news = forms.BooleanField(
        label=_("News and prayer letters go to those who gave lately, and to those who pray for the unit"),
        required=False,
    )
    appeals = forms.BooleanField(label=_("Appeals go to those who gave lately"), required=False)
    months = forms.IntegerField(
        label=_("Lately means: months since the last gift"), min_value=1, max_value=120, initial=24
    )
    wording = forms.CharField(
        label=_("Why the agency may do so"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("A partner or a regulator may ask for it. Needed when one of the boxes is ticked."),
    )


class PreferencesForm(forms.Form):
    """What a partner wants to get by e-mail."""

    purposes = forms.MultipleChoiceField(
        label=_("Send me by e-mail"), choices=PURPOSES, required=False, widget=forms.CheckboxSelectMultiple
    )


def units_to_choose(units: Any, reached: frozenset[int] | None) -> Any:
    """Of the units that somebody sees, those in which they may write."""
    active = units.filter(status=Unit.Status.ACTIVE)
    return active if reached is None else active.filter(pk__in=reached)
