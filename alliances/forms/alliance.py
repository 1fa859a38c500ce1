"""The alliance, its members and their people."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.models import AllianceState, MemberKind, MemberState


class PurposeForm(forms.Form):
    """How the alliance is called and why it stands together."""

    name = forms.CharField(label=_("Name"), max_length=120)
    purpose = forms.CharField(label=_("Purpose"), widget=forms.Textarea(attrs={"rows": 3}), required=False)


class AllianceStateForm(forms.Form):
    """The next state of the alliance, with the reason."""

    state = forms.ChoiceField(label=_("Next"))
    reason = forms.CharField(label=_("Why"), max_length=300, required=False)

    def __init__(self, *args: object, steps: frozenset[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["state"].choices = [(s.value, s.label) for s in AllianceState if s in steps]  # type: ignore[attr-defined]


class MemberForm(forms.Form):
    """An organization to invite. An agency of this system is joined to it by its own administrator, never from here."""

    organization = forms.CharField(label=_("Organization"), max_length=120)
    kind = forms.ChoiceField(label=_("What it brings"), choices=MemberKind, widget=forms.RadioSelect)


class MemberStateForm(forms.Form):
    """The next state of a member, with the reason."""

    state = forms.ChoiceField(label=_("Next"))
    reason = forms.CharField(label=_("Why"), max_length=300, required=False)

    def __init__(self, *args: object, steps: frozenset[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["state"].choices = [(s.value, s.label) for s in MemberState if s in steps]  # type: ignore[attr-defined]
