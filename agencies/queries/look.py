"""How an agency looks on paper now. Nothing here writes."""

import base64
import logging

from agencies.models import Agency, Look
from agencies.models.look import FOLDER

__all__ = ["FOLDER", "logo_as_address", "look_before", "look_now", "with_row"]
logger = logging.getLogger(__name__)


def look_now(agency: Agency) -> Look:
    """The look that counts, with an unsaved empty one for an agency that chose none. One query."""
    newest: Look | None = Look.objects.filter(agency=agency).order_by("-pk").first()
    return newest or Look(agency=agency)


def look_before(look: Look) -> Look:
    """The look that counted before this one, an unsaved empty one before the first."""
    before: Look | None = Look.objects.filter(agency=look.agency_id, pk__lt=look.pk).order_by("-pk").first()
    return before or Look(agency_id=look.agency_id)


def logo_as_address(look: Look) -> str:
    """The logo as a `data:` address, the only kind that a PDF opens; "" for none, also where the file is lost."""
    if not look.logo:
        return ""
    try:
        with look.logo.open("rb") as file:
            content = file.read()
    except FileNotFoundError:
        logger.warning("The logo of look %s is lost", look.pk)
        return ""
    return f"data:{look.content_type};base64,{base64.b64encode(content).decode()}"


def with_row(paths: list[str]) -> set[str]:
    """Those of these files of the agency in scope that a look names. One query."""
    return set(Look.objects.filter(logo__in=paths).values_list("logo", flat=True))
