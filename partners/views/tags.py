"""Tags: the list, changing one, giving and taking."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from core.toasts import toast
from partners import operations
from partners.forms.lists import PartnerFilter
from partners.forms.tags import GiveTagForm, MergeForm, TagAllForm, TagForm
from partners.models import Tag
from partners.queries.partners import ordered, partners_wanted
from partners.views.partners import partner_or_404

PAGE, SAMPLES = 100, 5


@member(can="partners.edit")
@require_http_methods(["GET", "POST"])
def tags(request: AgencyRequest) -> HttpResponse:
    """The agency's tags with the number of partners of each, and adding one."""
    seat = request.seat
    form = TagForm(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            operations.add_tag(agency=seat.agency, actor=request.user, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Tag added."))
            return redirect("tags", seat.agency.slug)
    found = Tag.objects.annotate(partners=Count("taggings", filter=Q(taggings__partner__merged_into=None))).order_by(
        "norm", "pk"
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    partners = reverse("partners", args=[seat.agency.slug])
    rows = [(tag, f"{partners}?{urlencode({'tag': tag.pk})}") for tag in page]
    context = {"form": form, "page": page, "rows": rows}
    return TemplateResponse(request, "partners/tags.html", context, status=422 if form.errors else 200)


@member(can="partners.edit")
@require_http_methods(["GET", "POST"])
def tag_edit(request: AgencyRequest, pk: int) -> HttpResponse:
    """Call a tag otherwise."""
    seat, tag = request.seat, get_object_or_404(Tag, pk=pk)
    form = TagForm(request.POST or None, initial={"name": tag.name})
    if form.is_valid():
        with shown_on(form):
            operations.rename_tag(agency=seat.agency, actor=request.user, tag=tag, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Tag saved."))
            return redirect("tags", seat.agency.slug)
        tag.refresh_from_db()
    context = {"form": form, "tag": tag}
    return TemplateResponse(request, "partners/tag_edit.html", context, status=422 if form.errors else 200)


@member(can="partners.edit")
@require_http_methods(["GET", "POST"])
def tag_merge(request: AgencyRequest, pk: int) -> HttpResponse:
    """Two tags that mean the same become one."""
    seat, tag = request.seat, get_object_or_404(Tag, pk=pk)
    form = MergeForm(request.POST or None, tag=tag)
    if form.is_valid():
        with shown_on(form):
            operations.merge_tags(agency=seat.agency, actor=request.user, tag=tag, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Tags merged."))
            return redirect("tags", seat.agency.slug)
    context = {"form": form, "tag": tag, "partners": tag.taggings.filter(partner__merged_into=None).count()}
    return TemplateResponse(request, "partners/tag_merge.html", context, status=422 if form.errors else 200)


@member(can="partners.edit")
@require_POST
def tag_retire(request: AgencyRequest, pk: int) -> HttpResponse:
    """A tag is given to nobody more."""
    seat, tag = request.seat, get_object_or_404(Tag, pk=pk)
    operations.retire_tag(agency=seat.agency, actor=request.user, tag=tag)
    toast(request, _("Tag retired."), undo_url=reverse("tag_restore", args=[seat.agency.slug, pk]))
    return redirect("tags", seat.agency.slug)


@member(can="partners.edit")
@require_POST
def tag_restore(request: AgencyRequest, pk: int) -> HttpResponse:
    """A tag may be given again."""
    seat, tag = request.seat, get_object_or_404(Tag, pk=pk)
    operations.restore_tag(agency=seat.agency, actor=request.user, tag=tag)
    toast(request, _("The tag may be given again."))
    return redirect("tags", seat.agency.slug)


@member(can="partners.edit")
@require_http_methods(["GET", "POST"])
def tag_give(request: AgencyRequest, pk: int) -> HttpResponse:
    """Give a tag to one partner."""
    seat, partner = request.seat, partner_or_404(request, pk)
    form = GiveTagForm(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            tag = form.cleaned_data["tag"]
            only = type(partner).objects.filter(pk=pk)
            operations.give_tag(agency=seat.agency, actor=request.user, tag=tag, partners=only)
        if not form.errors:
            toast(request, _("Tag given."))
            return redirect("partner", seat.agency.slug, pk)
    context = {"form": form, "partner": partner, "any": Tag.objects.in_use().exists()}
    return TemplateResponse(request, "partners/tag_give.html", context, status=422 if form.errors else 200)


@member(can="partners.edit")
@require_POST
def tag_take(request: AgencyRequest, pk: int, tag: int) -> HttpResponse:
    """Take a tag from one partner."""
    seat, partner = request.seat, partner_or_404(request, pk)
    found = get_object_or_404(Tag, pk=tag)
    operations.take_tag(agency=seat.agency, actor=request.user, tag=found, partner=partner)
    toast(request, _("Tag taken away."))
    return redirect("partner", seat.agency.slug, pk)


@member(can="partners.edit")
@require_http_methods(["GET", "POST"])
def partners_tag(request: AgencyRequest) -> HttpResponse:
    """Give a tag to exactly those whom the filter in the address shows: their number and five of them stand there."""
    seat = request.seat
    shown = PartnerFilter(request.GET, seat=seat)
    if not shown.is_valid():
        raise Http404
    found = partners_wanted(seat, shown.wanted())
    total = found.count()
    form = TagAllForm(request.POST or None, initial={"expected": total})
    back = f"{reverse('partners', args=[seat.agency.slug])}?{request.GET.urlencode()}"
    if form.is_valid():
        with shown_on(form):
            given = operations.give_tag(
                agency=seat.agency,
                actor=request.user,
                tag=form.cleaned_data["tag"],
                partners=found,
                expected=form.cleaned_data["expected"],
            )
        if not form.errors:
            words = ngettext("%(number)s partner was tagged.", "%(number)s partners were tagged.", given)
            toast(request, words % {"number": given})
            return redirect(back)
        form.data = now_expecting(request, total)
    samples = [each.name for each in ordered(seat, found, "name")[:SAMPLES]]
    context = {"form": form, "total": total, "samples": samples, "more": max(total - SAMPLES, 0), "back": back}
    return TemplateResponse(request, "partners/partners_tag.html", context, status=422 if form.errors else 200)


def now_expecting(request: AgencyRequest, total: int) -> QueryDict:
    """What was sent, with the number that is shown now."""
    sent = request.POST.copy()
    sent["expected"] = str(total)
    return sent
