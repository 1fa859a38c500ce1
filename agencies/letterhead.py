"""The head of a page on paper, in the look of its agency."""

from dataclasses import dataclass

from django.http import FileResponse, Http404
from django.urls import reverse

from agencies.models import Agency, Look
from agencies.queries.look import look_now

STANDARD = "#0e5a5e"
"""The color of an agency that chose none: `--brand` of the light theme and of documents."""
SAFE_TO_SHOW = "default-src 'none'; sandbox"


@dataclass(frozen=True)
class Letterhead:
    """What stands on top: the name, the color of the rule, and the logo (address and pixels; "" for none)."""

    name: str
    accent: str
    logo_url: str
    width: int | None
    height: int | None


def letterhead_of(agency: Agency, look: Look | None = None) -> Letterhead:
    """The letterhead of an agency now. One query, none where the look is handed in."""
    look = look_now(agency) if look is None else look
    url = reverse("look_logo", args=[agency.slug, look.pk]) if look.logo else ""
    return Letterhead(agency.name, look.accent or STANDARD, url, look.width, look.height)


def logo_answer(look: Look) -> FileResponse:
    """The logo to be shown in a page: pixels that were made anew here, so nothing of it runs. A row never changes, so
    the browser of who may see it keeps it for a day. 404 where there is none, or it is lost.
    """
    if not look.logo:
        raise Http404
    try:
        opened = look.logo.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    answer = FileResponse(opened, content_type=look.content_type)
    answer["Cache-Control"] = "private, max-age=86400"
    answer["Content-Security-Policy"] = SAFE_TO_SHOW
    return answer
