"""Conversations with leaders."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput, DayField, asked
from ssu.forms.people import PersonField
from ssu.models import Conversation
from ssu.starter import Entry

NOT_LISTED = _("This person is not on the list of leaders of this unit. Add the person to the list first.")
NOT_A_POINT = _("One of the points is not on the agency's list. Write it under other points instead.")

WHY = _("Say why this is withdrawn. It stays readable, and whoever looks at it later reads the reason.")


class LeaderForm(forms.Form):
    """Somebody who joins the list of leaders to talk with."""

    worker = PersonField(label=_("Person"), empty_label=_("Choose a person"))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("PersonField", self.fields["worker"]).queryset = people


class ConversationForm(forms.Form):
    """What was talked over with a leader. `people` None leaves the leader as it is: a correction keeps the person."""

    worker = PersonField(
        label=_("With"), empty_label=_("Choose a leader"), error_messages={"invalid_choice": NOT_LISTED}
    )
    date = DayField(label=_("Day"), widget=DateInput)
    points = asked(
        forms.MultipleChoiceField(
            label=_("Main points discussed"),
            help_text=_("At least one, or a sentence under other points."),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": NOT_A_POINT},
        )
    )
    other_points = asked(
        forms.CharField(
            label=_("Other points"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
        )
    )
    outcome = forms.CharField(
        label=_("Outcome"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What was decided, what is still open."),
    )
    agreed = forms.ChoiceField(
        label=_("Agreed to go this way?"), choices=Conversation.Agreed.choices, widget=forms.RadioSelect
    )
    next_on = DayField(
        label=_("Next conversation"),
        required=False,
        widget=DateInput,
        help_text=_("Leave it empty when none is needed."),
    )

    def __init__(self, *args: Any, points: Iterable[Entry], people: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = [(each.title, f"{each.title}: {each.sentence}" if each.sentence else each.title) for each in points]
        cast("forms.MultipleChoiceField", self.fields["points"]).choices = said
        if people is None:
            del self.fields["worker"]
        else:
            cast("PersonField", self.fields["worker"]).queryset = people


class PlanTalkForm(forms.Form):
    """When a leader is to be talked with."""

    worker = PersonField(
        label=_("With"), empty_label=_("Choose a leader"), error_messages={"invalid_choice": NOT_LISTED}
    )
    date = DayField(
        label=_("Day"),
        widget=DateInput,
        help_text=_("It stands among your tasks until the talk is written down."),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("PersonField", self.fields["worker"]).queryset = people


class GiveUpForm(forms.Form):
    """Why a planned conversation does not come about."""

    reason = forms.CharField(
        label=_("Why it does not come about"),
        max_length=300,
        error_messages={"required": _("Say why the conversation does not come about. Whoever looks later reads it.")},
    )


class WithdrawForm(forms.Form):
    """Why something that was written down is withdrawn."""

    reason = forms.CharField(
        label=_("Why it is withdrawn"),
        max_length=300,
        error_messages={
            "required": _(
                "Say why this is withdrawn. It stays readable, and whoever looks at it later reads the reason."
            )
        },
    )
