"""Mapping the columns and the values of a file."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from core.toasts import toast
from imports.forms.columns import ColumnsForm, WritingForm
from imports.forms.values import ValuesForm
from imports.kinds import domain
from imports.mapping.checking import MappingWrong
from imports.mapping.rules import Rules, rules_of
from imports.models import ImportRun, SavedMapping
from imports.operations import map_columns, map_values, read_by_format, use_mapping
from imports.operations.mapping import NoSuchMapping, look_at_file, may_be_mapped
from imports.operations.saved_mappings import MappingNameTaken
from imports.pages import mapping as mapping_pages
from imports.pages import values as value_pages
from imports.reading.findings import FileRefused
from imports.views.imports import run_or_404


@member(can="imports.run")
@require_http_methods(["GET", "POST"])
def import_columns(request: AgencyRequest, pk: int) -> HttpResponse:
    """The columns of the file with examples and a proposal; saving judges the file by them."""
    run, agency = run_or_404(pk), request.seat.agency
    sent = request.POST if request.method == "POST" else request.GET
    rules = rules_of(run.mapping)
    asked = WritingForm(sent or mapping_pages.writing_of(rules), targets=domain().targets)
    if not may_be_mapped(run):
        return TemplateResponse(request, "imports/columns.html", mapping_pages.closed_page(request.seat, run))
    writing = asked.writing()
    try:
        seen = look_at_file(agency=agency, run=run, writing=writing)
    except FileRefused as refusal:
        context = mapping_pages.unread_page(request.seat, run, asked, str(refusal))
        return TemplateResponse(request, "imports/columns.html", context, status=422)
    proposals = domain().proposals(seen.columns)
    target = mapping_pages.target_for(rules, sent.get("kind", ""), proposals)
    form = ColumnsForm(
        request.POST or None,
        target=target,
        columns=seen.columns,
        deposits=domain().deposits(agency=agency),
        initial=mapping_pages.initial_of(rules, target, proposals.columns.get(target.name, {}), seen)
        | {"change_saved": run.saved_mapping_id is not None and run.state != ImportRun.State.REFUSED},
    )
    if form.is_valid():
        kept = rules.values if rules and rules.kind == target.name else {}
        with shown_on(form):
            save_columns(request, run, form, form.rules(writing, kept))
        if not form.errors:
            toast(request, _("The columns are mapped. The file is being checked."))
            return redirect("import", agency.slug, pk)
    context = mapping_pages.columns_page(request.seat, run, seen, asked, form, target)
    return TemplateResponse(request, "imports/columns.html", context, status=422 if form.errors else 200)


def save_columns(request: AgencyRequest, run: ImportRun, form: ColumnsForm, rules: Rules) -> None:
    """Have the file read by these rules; every problem goes beside what it is about."""
    try:
        map_columns(
            agency=request.seat.agency,
            actor=request.user,
            run=run,
            rules=rules,
            keep_as=form.cleaned_data["keep_as"],
            change_saved=form.cleaned_data["change_saved"],
        )
    except MappingWrong as wrong:
        form.say(wrong)
    except MappingNameTaken as taken:
        form.add_error("keep_as", str(taken))


@member(can="imports.run")
@require_POST
def import_columns_use(request: AgencyRequest, pk: int) -> HttpResponse:
    """Have the file read by a saved mapping."""
    run, sent = run_or_404(pk), request.POST.get("mapping", "")
    number = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 19 else 0
    saved = SavedMapping.objects.filter(pk=number, removed_at=None).first()
    if saved is None:
        raise NoSuchMapping
    use_mapping(agency=request.seat.agency, actor=request.user, run=run, saved=saved)
    toast(request, _("The file is read by “%(name)s” and is being checked.") % {"name": saved.name})
    return redirect("import", request.seat.agency.slug, pk)


@member(can="imports.run")
@require_POST
def import_columns_drop(request: AgencyRequest, pk: int) -> HttpResponse:
    """Have the file read by its own format again."""
    read_by_format(agency=request.seat.agency, actor=request.user, run=run_or_404(pk))
    toast(request, _("The mapping is taken off this file. It is being checked."))
    return redirect("import", request.seat.agency.slug, pk)


@member(can="imports.run")
@require_http_methods(["GET", "POST"])
def import_values(request: AgencyRequest, pk: int) -> HttpResponse:
    """The values of the file that nobody knows, and those that were mapped; saving judges the file again."""
    run, agency = run_or_404(pk), request.seat.agency
    form = ValuesForm(request.POST or None, initial={"remember": True})
    if form.is_valid():
        with shown_on(form):
            values = value_pages.values_sent(run, request.POST)
            remember = form.cleaned_data["remember"]
            map_values(agency=agency, actor=request.user, run=run, values=values, remember=remember)
        if not form.errors:
            toast(request, _("Saved. The file is being checked again."))
            return redirect("import_values", agency.slug, pk)
    context = {"form": form, **value_pages.values_page(request.seat, run, request.GET.get("page"), request.POST)}
    return TemplateResponse(request, "imports/values.html", context, status=422 if form.errors else 200)
