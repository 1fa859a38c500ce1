"""Publishing a period for an audience, and reading what was published."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alliances import operations
from alliances.access import AllianceRequest, alliance_member
from alliances.forms.measures import PublishForm
from alliances.models import Audience, LineKind, Publication
from alliances.preparation import Preparation, prepare
from alliances.queries.published import Reading, read
from alliances.views.answers import acting, go, page
from alliances.views.periods import found_period
from alliances.wording import day_words, reported_words, written
from core.refusals import shown_on
from core.toasts import toast

FORM = ["GET", "HEAD", "POST"]


@alliance_member(can="publications.publish")
@require_http_methods(FORM)
def publish(request: AllianceRequest, pk: int, audience: str) -> HttpResponse:
    """See exactly what the audience will see, and publish that to the byte; or read why it must not go out."""
    if audience not in Audience.values:
        raise Http404
    found = found_period(pk)
    form = PublishForm(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            made = operations.publish(**acting(request), period=found, audience=audience, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Published to %(audience)s.") % {"audience": Audience(audience).label})
            return go(request, "publication", made.pk)
    preview = prepare(alliance=request.alliance_seat.alliance, period=found, audience=audience)
    if not form.is_bound:
        form = PublishForm(initial={"seen": preview.made.sha256 if preview.made else ""})
    elif preview.made:
        form.data = {**form.data.dict(), "seen": preview.made.sha256}  # type: ignore[attr-defined]
    return page(
        request,
        "alliances/publish.html",
        form,
        period=found,
        audience=Audience(audience).label,
        preview=preview,
        seen=preview_figures(preview),
        may_publish=not preview.refusal and preview.changed,
    )


def preview_figures(preview: Preparation) -> dict[str, Any] | None:
    """The figures as the audience will read them; none where there is nothing to read."""
    if preview.made is None or preview.roll is None or preview.made.content["net"] is None:
        return None
    unsaved = Publication(
        period=preview.period, audience=preview.audience, revision=preview.revision, document=preview.made.data
    )
    names = preview.roll.names
    own = [(names[member_id], amount) for member_id, amount in preview.shown_members()]
    return figures(read(unsaved), own)


def figures(reading: Reading, own: list[tuple[str, Any]]) -> dict[str, Any]:
    """gross − overlaps = net, completeness, and the numbers of members that show theirs:
    one shape for preview and publication.
    """
    content = reading.content
    return {
        "content": content,
        "gross": written(reading.gross),
        "overlaps": [written(each) for each in reading.overlaps],
        "net": written(reading.net),
        "complete": reported_words(*reading.reported),
        "counts": content["completeness"],
        "left_out": content["completeness"]["reported"] - content["completeness"]["included"],
        "missing": content["completeness"].get("missing", []),
        "members": [(name, written(amount)) for name, amount in own],
    }


@alliance_member(can="measures.view")
@require_safe
def publication(request: AllianceRequest, pk: int) -> HttpResponse:
    """One revision, as it went out; the numbers of members only while their consent stands."""
    found = visible(pk)
    own = [
        (line.member.organization, line.value)
        for line in found.lines.filter(kind=LineKind.MEMBER).select_related("member")
    ]
    revisions = Publication.objects.filter(period=found.period_id, audience=found.audience).order_by("-revision")
    return page(
        request,
        "alliances/publication.html",
        publication=found,
        seen=figures(read(found), own),
        day=day_words(request.alliance_seat.alliance.day_of(found.published_at)),
        revisions=revisions,
    )


def visible(pk: int) -> Publication:
    """A publication that the reader may see: PostgreSQL leaves out the others, so they are a 404."""
    found: Publication = get_object_or_404(
        Publication.objects.select_related("indicator", "version", "period", "published_by"), pk=pk
    )
    return found


@alliance_member(can="measures.view")
@require_safe
def publication_document(request: AllianceRequest, pk: int) -> HttpResponse:
    """The bytes themselves, as they were hashed."""
    found = visible(pk)
    response = HttpResponse(bytes(found.document), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="publication-{found.pk}.json"'
    response["ETag"] = f'"{found.sha256}"'
    return response
