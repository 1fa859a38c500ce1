"""The form with which a letter of a series is written, wherever it begins."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from communications.letter_languages import MOST_BODY, languages
from communications.models import CoreMessage


class SeriesLetterForm(forms.Form):
    """A letter of a series in one language: its words, and whose words it says."""

    language = forms.ChoiceField(label=_("Language"))
    message: "forms.ModelChoiceField[CoreMessage]" = forms.ModelChoiceField(
        None,
        label=_("Core messages"),
        required=False,
        empty_label=_("In other words"),
        help_text=_("The version is kept with the letter, and on each record that the letter tells."),
    )
    subject = forms.CharField(label=_("Subject"), max_length=200)
    body = forms.CharField(
        label=_("Letter"),
        max_length=MOST_BODY,
        widget=forms.Textarea({"rows": 18}),
        help_text=_(
            "An empty line begins a new paragraph. Filled in for each reader: "
            "{{greeting}}, {{partner_name}}, {{unit_name}}, {{agency_name}}."
        ),
    )

    def __init__(self, *args: Any, unit_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["language"]).choices = languages()
        field = cast("forms.ModelChoiceField[CoreMessage]", self.fields["message"])
        field.queryset = CoreMessage.objects.agreed().filter(unit=unit_id).order_by("-version")
        field.label_from_instance = lambda each: _("Version %(n)s") % {"n": each.version}  # type: ignore[method-assign,assignment]
        self.initial.setdefault("message", field.queryset.first())
