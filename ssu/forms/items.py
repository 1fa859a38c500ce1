"""Evidence, claims and plans of an action item."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput, DayField, SizedFile, asked
from ssu.evidence import Resolver, Thing
from ssu.file_types import MAX_BYTES, NAMES
from ssu.forms.people import PersonField

Offered = Iterable[tuple[str, Resolver, Iterable[Thing]]]


class NoteForm(forms.Form):
    """A note: two sentences are enough."""

    text = forms.CharField(label=_("What happened"), widget=forms.Textarea(attrs={"rows": 3}), max_length=10_000)


class LinkForm(forms.Form):
    """A link."""

    url = forms.URLField(
        label=_("Address"),
        widget=forms.TextInput(attrs={"inputmode": "url"}),
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": _("Enter a web address, like https://example.org/page.")},
    )
    title = forms.CharField(label=_("What it shows"), max_length=160, required=False)


class FileForm(forms.Form):
    """A file."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        widget=SizedFile(MAX_BYTES),
        help_text=format_lazy("{} {}.", _("At most 20 MB:"), NAMES),
    )
    title = forms.CharField(label=_("What it shows"), max_length=160, required=False)


class ThingForm(forms.Form):
    """An object of the app that belongs to the unit."""

    thing = forms.ChoiceField(label=_("From the app"))

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (f"{kind}:{thing.id}", f"{resolver.title}: {thing.label}")
            for kind, resolver, things in offered
            for thing in things
        ]
        cast("forms.ChoiceField", self.fields["thing"]).choices = choices

    @property
    def has_choices(self) -> bool:
        return bool(cast("forms.ChoiceField", self.fields["thing"]).choices)

    def clean_thing(self) -> tuple[str, int]:
        """Kind and id of what was chosen."""
        kind, _colon, object_id = self.cleaned_data["thing"].rpartition(":")
        return kind, int(object_id)


class ClaimForm(forms.Form):
    """A claim, and the words that become its note."""

    reason = asked(
        forms.CharField(
            label=_("What was done"),
            help_text=_("Two sentences become a note under Evidence."),
            required=False,
            max_length=10_000,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
    )


class WhyForm(forms.Form):
    """Words that go with an act. They may be left out."""

    reason = forms.CharField(label=_("Note"), required=False, max_length=2000)


class UndoForm(forms.Form):
    """Why an act is taken back: needed for somebody else's, which the operation says."""

    reason = asked(
        forms.CharField(
            label=_("What is missing or wrong"),
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
    )


class RemovalForm(forms.Form):
    """Why evidence goes on which a confirmation rests."""

    reason = forms.CharField(
        label=_("Why it goes"),
        max_length=300,
        error_messages={
            "required": _("Say why the evidence goes: the item opens again, and whoever confirmed it reads it.")
        },
    )

    def __init__(self, data: Any = None, *, evidence_id: int, is_needed: bool = True) -> None:
        super().__init__(data, auto_id=f"remove{evidence_id}_%s")
        self.evidence_id = evidence_id
        self.fields["reason"].required = is_needed


class SetAsideForm(forms.Form):
    """Why an item does not apply."""

    reason = forms.CharField(
        label=_("Why it does not apply"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why this item does not apply to this unit. Everybody who looks reads it.")},
    )


class AssigneeField(PersonField):
    """Who does it; who has no sign-in hears nothing from the app."""

    def label_from_instance(self, obj: Any) -> str:
        """The name, and that one has to tell them."""
        name = super().label_from_instance(obj)
        return name if obj.membership_id else str(_("%(name)s (no sign-in: tell them yourself)") % {"name": name})


class PlanForm(forms.Form):
    """Who, and by when."""

    assignee = AssigneeField(label=_("Who does it"), required=False, empty_label=_("Nobody yet"))
    due_on = DayField(label=_("By when"), required=False, widget=DateInput)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("PersonField", self.fields["assignee"]).queryset = people
        self.has_people = bool(people)
