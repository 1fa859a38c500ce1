"""The gallery: every component in every state, on one page. Mounted for developers and the browser tests only."""

from datetime import date
from fractions import Fraction
from types import SimpleNamespace as Part
from typing import Any

from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from core.access import public
from core.charts import coverage_bar
from core.forms import AmountInput, DateInput, DayField
from core.line_charts import Reading, line_chart
from core.look_samples import EVIDENCE, FACTS, MATRIX, PARTNERS, SHELL, TABS, TASKS, TILES, TIMELINE, job_states
from core.money import Money


class SampleForm(forms.Form):
    """One field of each kind."""

    partner = forms.CharField(help_text="As the partner writes it, for example “Grace Church, Leeds”.")
    email = forms.EmailField(label="E-mail", required=False)
    amount = forms.CharField(widget=AmountInput(currency_field="currency"), help_text="For example, 1,240.00")
    currency = forms.ChoiceField(choices=[("USD", "USD"), ("EUR", "EUR"), ("KRW", "KRW")])
    received = DayField(label="Received on", widget=DateInput(), help_text="For example, 2026-11-03")
    frequency = forms.ChoiceField(
        label="How often", widget=forms.RadioSelect, choices=[("m", "Every month"), ("y", "Every year"), ("o", "Once")]
    )
    channels = forms.MultipleChoiceField(
        label="Letters by",
        widget=forms.CheckboxSelectMultiple,
        choices=[("e", "E-mail"), ("p", "Post")],
        required=False,
        help_text="A partner who chose nothing gets no letters.",
    )
    note = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False)
    file = forms.FileField(label="Evidence", required=False, help_text="PDF or picture, up to 20 MB")
    consent = forms.BooleanField(label="The partner agreed to receive letters")


@public
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component. `?theme=light|dark` and `?language=ar` show it so."""
    with translation.override(request.GET.get("language", "en")):
        return render(request, "look/gallery.html", _samples(request))


@public
@require_safe
def job(request: HttpRequest) -> HttpResponse:
    """Answer the gallery's running job as a finished one, so that polling can be seen to end."""
    return render(request, "components/job.html", {"job": job_states()["done"]})


def _samples(request: HttpRequest) -> dict[str, Any]:
    return {
        "shell": SHELL,
        "theme": request.GET.get("theme", "system"),
        "messages": [
            Message(constants.SUCCESS, "Step 3 marked completed.", extra_tags="undo=/look/"),
            Message(constants.WARNING, "Two rows were left out; they wait in the import."),
        ],
        "blank": SampleForm(prefix="blank"),
        "form": SampleForm({"wrong-amount": "12,4", "wrong-email": "grace@"}, prefix="wrong"),
        "tabs": TABS,
        "tasks": TASKS,
        "pieces": EVIDENCE,
        "facts": FACTS,
        "tiles": TILES,
        "matrix": MATRIX,
        "partners": PARTNERS,
        "days": TIMELINE,
        "jobs": job_states(),
        "page": Paginator(range(214), 50).page(2),
        "chips": [Part(label="Steward: L. Park", remove_url="?"), Part(label="Not: late", remove_url="?")],
        "crumbs": [Part(label="Units", url="#"), Part(label="Amira village cluster", url="#")],
        "coverage": _coverage("coverage", 62_400_00, 22_800_00, 120_000_00),
        "coverage_over": _coverage("coverage-over", 110_000_00, 14_000_00, 120_000_00),
        "coverage_none": _coverage("coverage-none", 0, 0, 0),
        "coverage_row": _coverage("coverage-row", 30_000_00, 20_000_00, 90_000_00),
        "line": _line(),
        "today": date(2026, 11, 21),
    }


def _coverage(name: str, received: int, committed: int, goal: int) -> Any:
    return coverage_bar(
        name,
        received=received,
        committed=committed,
        goal=goal,
        show=lambda minor: Money(minor, "USD").format(),
        elapsed=Fraction(88, 100),
    )


def _line() -> Any:
    values = [3, 4, 4, 6, None, 7, 9, 11]
    quarters = [f"Q{1 + i % 4} {25 + i // 4}" for i in range(8)]
    readings = [
        Reading(quarter, value, low=1 + i, high=4 + i, provisional=i == 7)
        for i, (quarter, value) in enumerate(zip(quarters, values, strict=True))
    ]
    finding = "Communities with Scripture in use rose from 3 to 11 in two years, inside the target band."
    return line_chart("communities", finding=finding, readings=readings)
