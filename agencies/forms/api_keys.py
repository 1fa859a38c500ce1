"""Making a key for a program."""

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.rights_in_words import AREAS, allowed_areas
from agencies.seats import Seat

DAYS = [("30", _("30 days")), ("90", _("90 days")), ("180", _("180 days")), ("365", _("a year"))]
KINDS = [("reads", _("only reads")), ("writes", _("reads and writes"))]


class KeyForm(forms.Form):
    """Which program, what it may do, and for how long. Areas that the person may not use are not offered."""

    name = forms.CharField(
        label=_("Program"), max_length=60, help_text=_("For example: Accounting. The trail says what came through it.")
    )
    areas = forms.MultipleChoiceField(label=_("What it may use"), widget=forms.CheckboxSelectMultiple)
    kind = forms.ChoiceField(label=_("What it may do there"), choices=KINDS, widget=forms.RadioSelect, initial="reads")
    days = forms.TypedChoiceField(label=_("It works for"), choices=DAYS, initial="90", coerce=int)

    def __init__(self, *args: object, seat: Seat, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        may = allowed_areas(seat.all_roles())
        offered = [(area, words) for area, words in AREAS.items() if area in may]
        cast(forms.MultipleChoiceField, self.fields["areas"]).choices = offered

    def wanted(self) -> dict[str, object]:
        """What `make_key` takes."""
        said = {name: self.cleaned_data[name] for name in ("name", "areas", "days")}
        return {**said, "writes": self.cleaned_data["kind"] == "writes"}
