"""Coaching: sessions, areas, excuses, the unit's own words, the member's own word."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput, DayField, capitalized
from ssu.forms.people import PeopleField, PersonField
from ssu.models import CoachingArea, CoachingSession, Confidence

NO_SUCH_AREA = _("One of the areas is not an area of this unit, or was archived. Choose from the list.")
NO_SUCH_COACH = _("This person does not coach or lead in this unit. Choose from the list.")


class AreasField(forms.ModelMultipleChoiceField[CoachingArea]):
    """Areas of a unit, to tick; the form sets the queryset."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        messages = {"invalid_choice": NO_SUCH_AREA, "invalid_pk_value": NO_SUCH_AREA}
        super().__init__(queryset=None, error_messages={**messages, **kwargs.pop("error_messages", {})}, **kwargs)

    standings: Mapping[int, str] = {}
    """What is said behind the title of an area, by its id."""

    def label_from_instance(self, obj: Any) -> str:
        title = str(obj.title) if obj.is_required else str(_("%(title)s (not required)") % {"title": obj.title})
        said = self.standings.get(obj.pk, "")
        return f"{title} – {said}" if said else title


class SessionForm(forms.Form):
    """A session that was held or is planned. `standings` say, where it is about one person, how far they are in each
    area, by its id.
    """

    people = PeopleField(label=_("Who"), error_messages={"required": _("Choose at least one person.")})
    areas = AreasField(label=_("In which areas"), error_messages={"required": _("Choose at least one area.")})
    kind = forms.ChoiceField(
        label=_("This session"),
        choices=[(CoachingSession.Kind.COACHED, _("was held")), (CoachingSession.Kind.PLANNED, _("is planned"))],
        widget=forms.RadioSelect,
    )
    date = DayField(label=_("Day"), widget=DateInput)
    coach = PersonField(
        label=_("Coach"),
        required=False,
        empty_label=_("I myself"),
        error_messages={"invalid_choice": NO_SUCH_COACH},
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The leader and coaches of the unit and administrators read it."),
    )

    def __init__(
        self,
        *args: Any,
        people: Any,
        areas: Any,
        coaches: Any,
        standings: Mapping[int, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        cast("PeopleField", self.fields["people"]).queryset = people
        in_areas = cast("AreasField", self.fields["areas"])
        in_areas.standings = standings or {}
        in_areas.queryset = areas
        cast("PersonField", self.fields["coach"]).queryset = coaches


class CorrectionForm(SessionForm):
    """A session as it really was, and why it is corrected. Held stays held, planned stays planned."""

    kind = None  # type: ignore[assignment]
    reason = forms.CharField(
        label=_("Why it is corrected"),
        max_length=300,
        help_text=_("The version before stays readable, with this beside it."),
        error_messages={"required": _("Say why this is corrected. Whoever looks at the version before reads it.")},
    )


class AreaForm(forms.Form):
    """A new area of coaching."""

    title = forms.CharField(label=_("Area"), max_length=80)
    sentence = forms.CharField(label=_("What somebody can do who was coached in it"), max_length=300, required=False)
    is_required = forms.BooleanField(label=_("Everybody is to be coached in it"), required=False, initial=True)


class ExcuseForm(forms.Form):
    """Why somebody need not be coached in an area."""

    reason = forms.CharField(
        label=_("Why this person need not be coached in it"),
        max_length=300,
        error_messages={
            "required": _("Say why this person need not be coached in this area. Whoever confirms step 4 reads it.")
        },
    )
    date = DayField(label=_("Since"), widget=DateInput)


class ModelTextForm(forms.Form):
    """What the model looks like for the unit."""

    text = forms.CharField(
        label=_("What the model looks like here"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Who does what, how partners join in, what is different from before. Plain words for the team."),
        error_messages={
            "required": _("Write a few sentences: who does what, how partners join in, what is different from before.")
        },
    )


class ConfidenceForm(forms.Form):
    """The member's own word on each area of a unit; what is left empty is not said. Fields are named `area_<id>`."""

    def __init__(self, *args: Any, areas: Iterable[CoachingArea], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {f"area_{area.pk}": area for area in areas}
        choices = [("", _("Not said")), *capitalized(Confidence.Level.choices)]
        for name, area in self.areas.items():
            self.fields[name] = forms.TypedChoiceField(
                label=area.title, choices=choices, required=False, coerce=int, empty_value=None
            )

    def levels(self) -> dict[CoachingArea, int]:
        """What was said, by area."""
        given = ((area, self.cleaned_data.get(name)) for name, area in self.areas.items())
        return {area: level for area, level in given if level is not None}
