"""Two versions of a budget side by side."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from agencies.access import AgencyRequest, member
from agencies.downloads import download, export_links, wants_file
from budgets.compare_page import counted, rows_of, sheet_of, sums_of
from budgets.comparing import compare
from budgets.models import Budget
from budgets.queries import lines_of
from ssu.models import Unit


@member(can="budgets.view")
@require_safe
def budget_compare(request: AgencyRequest, budget_id: int) -> HttpResponse:
    """A version against another of its unit: the one in the address, or else the one it was copied from."""
    seat = request.seat
    now = get_object_or_404(Budget.objects.seen_by(seat), pk=budget_id)
    unit = get_object_or_404(Unit.objects.seen_by(seat), pk=now.unit_id)
    others = list(others_of(now))
    before = chosen(others, request.GET.get("with", ""), now)
    context = {"budget": now, "unit": unit, "others": others, "before": before}
    if before is None:
        return TemplateResponse(request, "budgets/compare.html", context)
    compared, withheld = compare(lines_of(now), lines_of(before)), bool(unit.is_withheld)
    if wants_file(request):
        label = f"{now.fiscal_year} version {now.version}"
        make = lambda: sheet_of(now, before, compared, withheld=withheld)  # noqa: E731
        return download(request, "comparison of budgets", make, of=now, label=label)
    context |= {
        "rows": rows_of(seat, now, before, compared, withheld=withheld),
        "sums": sums_of(seat, now, before, compared),
        "counted": counted(compared),
        "export_links": export_links(request),
    }
    return TemplateResponse(request, "budgets/compare.html", context)


def others_of(budget: Budget) -> list[Budget]:
    """The other versions of the unit, the latest first."""
    return list(
        Budget.objects.filter(unit_id=budget.unit_id).exclude(pk=budget.pk).order_by("-fiscal_year", "-version")
    )


def chosen(others: list[Budget], asked: str, now: Budget) -> Budget | None:
    """The version to compare with: the one asked for, else the model of this one, else the latest before it. Raises
    Http404 for one that is none of the unit's.
    """
    if asked:
        found = next((each for each in others if str(each.pk) == asked), None)
        if found is None:
            raise Http404
        return found
    model = next((each for each in others if each.pk == now.copied_from_id), None)
    earlier = ((each.fiscal_year, each.version) < (now.fiscal_year, now.version) for each in others)
    return model or next((each for each, is_earlier in zip(others, earlier, strict=True) if is_earlier), None)
