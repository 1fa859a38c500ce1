"""Filters of postings and statements, and taking a posting back."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from core.forms import DateInput, DayField, capitalized
from core.money_forms import KeyedForm
from core.periods import add_months, fiscal_year_bounds, month_start
from funds.models import JournalExport, Posting

ANY = [("", _("Any"))]
FIRST_YEAR = 1950


class PostingFilter(forms.Form):
    """By kind, days and source."""

    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[*ANY, *capitalized(Posting.Kind.choices)])
    since = DayField(label=_("From"), required=False, widget=DateInput)
    until = DayField(label=_("To"), required=False, widget=DateInput)
    source = forms.CharField(label=_("Source"), required=False, max_length=40)

    def matching(self, found: Any) -> Any:
        """The postings that fit; none when the filter is wrong."""
        if not self.is_valid():
            return found.none()
        given = self.cleaned_data
        wanted = {
            "kind": given["kind"],
            "date__gte": given["since"],
            "date__lte": given["until"],
            "source": given["source"],
        }
        return found.filter(**{name: value for name, value in wanted.items() if value})


class MonthInput(forms.DateInput):
    """A month, as the browser picks it; without such a picker, typed as 2026-03."""

    input_type = "month"

    def __init__(self) -> None:
        super().__init__({"placeholder": "2026-03"}, format="%Y-%m")


class MonthField(forms.DateField):
    """A month, as its first day."""

    widget = MonthInput
    default_error_messages = {"invalid": _("Enter a month, like 2026-03.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m", "%Y-%m-%d"], **kwargs)

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        if found is not None and not FIRST_YEAR <= found.year < 2200:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return found and month_start(found)


class SpanForm(forms.Form):
    """From one month to another; without them the fiscal year up to now."""

    since = MonthField(label=_("From"), required=False)
    until = MonthField(label=_("To"), required=False)

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency, today = agency, agency.today()
        first, _last = fiscal_year_bounds(agency.fiscal_year(today), agency.fiscal_year_start)
        self.usual = first, month_start(today)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("since"), given.get("until")
        if first and last and last < first:
            self.add_error("until", _("This is before the first month. Choose a later one."))
        return given

    def span(self) -> tuple[date, date]:
        """First and last month, as their first days. A wrong or missing one is the usual one."""
        given = self.cleaned_data if self.is_valid() else {}
        first, last = given.get("since") or self.usual[0], given.get("until") or self.usual[1]
        return first, max(first, last)

    def shown(self) -> "SpanForm":
        """The form filled with the months that the page shows, or as it was sent when it is wrong."""
        if not self.is_valid():
            return self
        first, last = self.span()
        return SpanForm({"since": f"{first:%Y-%m}", "until": f"{last:%Y-%m}"}, agency=self.agency)


class ReverseForm(KeyedForm):
    """Why a posting is taken back, and on which day."""

    on = DayField(
        label=_("Date"), widget=DateInput, help_text=_("The day on which it counts no more; the month must be open.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=250, help_text=_("It stands in the ledger for good."))


class MonthsForm(forms.Form):
    """Closing months, or opening one again."""

    act = forms.ChoiceField(
        label=_("What to do"),
        choices=[("close", _("Close this month and all before it")), ("open", _("Open it again, and all after it"))],
        widget=forms.RadioSelect,
        initial="close",
    )
    month = MonthField(label=_("Month"))
    reason = forms.CharField(label=_("Reason"), max_length=250)

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.DateField, self.fields["month"]).initial = add_months(month_start(agency.today()), -1)


class JournalForm(KeyedForm):
    """The days whose postings go into a journal."""

    first_day = DayField(label=_("First day"), widget=DateInput)
    last_day = DayField(label=_("Last day"), widget=DateInput)
    source = forms.CharField(
        label=_("Source"),
        max_length=40,
        required=False,
        help_text=_("Only postings of this source: “hand”, or that of a file. Leave it empty for all."),
    )
    layout = forms.TypedChoiceField(
        label=_("How it is written"),
        coerce=int,
        choices=[
            (JournalExport.Layout.ENTRIES, _("A line per entry, with the number of its batch")),
            (JournalExport.Layout.BATCHES, _("A set of lines per batch, summed by account")),
        ],
        widget=forms.RadioSelect,
        initial=JournalExport.Layout.ENTRIES,
        help_text=_("In sets, what came in no batch stands together by day, kind and source."),
    )
