"""What people type about core messages and guidelines."""

from collections.abc import Sequence
from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.autosave import DraftForm
from communications.operations import Said
from core.forms import DateInput, DayField

MOST_MESSAGES: Final = 12
MOST_WORDS: Final = 5000


def long_text(label: Any, help_text: Any = "", rows: int = 4) -> forms.CharField:
    """A field for several paragraphs."""
    widget = forms.Textarea({"rows": rows})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=MOST_WORDS, widget=widget)


class CoreMessageForm(DraftForm):
    """What everybody hears, the heart of a set of core messages."""

    text = long_text(
        _("What every partner should hear"), _("A few sentences. All letters of the unit say the same."), rows=5
    )


class SetMessageForm(forms.Form):
    """A single message of the set; one that is left empty is left out."""

    headline = forms.CharField(label=_("Headline"), required=False, max_length=160)
    body = long_text(_("In a few sentences"), rows=3)
    answers = forms.CharField(
        label=_("What it answers"), required=False, max_length=200, help_text=_("A question that partners ask.")
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("headline") and (given.get("body") or given.get("answers")):
            self.add_error("headline", _("Give this message a headline of a few words."))
        return given


class SetMessages(forms.BaseFormSet):  # type: ignore[type-arg]
    """The messages of a set in order."""

    def said(self) -> list[Said]:
        """The messages that say something."""
        return [Said(**form.cleaned_data) for form in self.forms if form.cleaned_data.get("headline")]


MessageForms: Final[Any] = forms.formset_factory(
    SetMessageForm, formset=SetMessages, extra=0, max_num=MOST_MESSAGES, validate_max=True
)


class GuidelinesForm(DraftForm):
    """The sections of a unit's guidelines."""

    who_writes = long_text(_("Who writes to partners"), _("Who answers whom, and who stands in when somebody is away."))
    tone = long_text(_("Tone"), _("How the unit sounds in letters, on pages and in conversations."))
    approvals = long_text(_("Approvals"), _("What goes out without asking, and what somebody else reads first."))
    security = long_text(_("Security"), _("Names, places and channels: what is never written, and where not."))
    photos = long_text(_("Photos and consent"), _("Whose pictures may be shown, and how they were asked."))
    answering = long_text(_("Answering times"), _("How soon a partner hears from us: gifts, questions, prayer."))
    more = long_text(_("Anything else"))


class BeginForm(forms.Form):
    """What the next version begins from."""

    source = forms.ChoiceField(label=_("Begin from"))

    def __init__(self, *args: Any, sources: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["source"])
        field.choices = sources
        if len(sources) <= 4:
            field.widget = forms.RadioSelect(choices=sources)
        field.initial = sources[0][0] if sources else None


class ReturnForm(forms.Form):
    """Why a version is sent back."""

    reason = forms.CharField(
        label=_("What should change"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
    )


class SignatureForm(forms.Form):
    """A copy that somebody without a sign-in has signed on paper."""

    worker = forms.ChoiceField(label=_("Person"))
    signed_on = DayField(label=_("Signed on"), widget=DateInput)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["worker"]).choices = people
