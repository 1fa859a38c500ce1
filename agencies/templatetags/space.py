"""Tags that forms and links inside a workspace use."""

from typing import Any

from django import template
from django.template.context import RequestContext
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from agencies.access import space_mark
from agencies.letterhead import letterhead_of
from agencies.sent_once import FIELD, new_mark

register = template.Library()


@register.simple_tag(takes_context=True)
def form_marks(context: RequestContext) -> SafeString:
    """The hidden fields of every POST form in a workspace: the CSRF token, the mark of the workspace and person, and in
    an agency's the mark by which a form that is sent twice has one effect.

    Doors of other workspaces than an agency's put their mark on the request as `space_mark`.
    """
    request: Any = context["request"]
    seat = getattr(request, "seat", None)
    csrf = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', context["csrf_token"])
    mark = space_mark(seat.agency.pk, seat.user_id) if seat else getattr(request, "space_mark", "")
    marks = csrf + format_html('<input type="hidden" name="space" value="{}">', mark) if mark else csrf
    once = format_html('<input type="hidden" name="{}" value="{}">', FIELD, new_mark(request)) if seat else ""
    return SafeString(marks + once)


@register.simple_tag(takes_context=True)
def at(context: RequestContext, name: str, *args: Any) -> str:
    """The address of a page of the workspace in which the reader is: `{% at 'unit' unit.pk %}`."""
    return reverse(name, args=[context["request"].seat.agency.slug, *args])


@register.simple_tag(takes_context=True)
def may(context: RequestContext, right: str, unit_id: int | None = None) -> bool:
    """Whether the reader holds a right, here or for a unit."""
    seat = getattr(context["request"], "seat", None)
    return bool(seat and seat.can(right, unit_id))


@register.inclusion_tag("agencies/_letterhead.html", takes_context=True)
def letterhead(context: RequestContext) -> dict[str, Any]:
    """On top of a page that people print and lay before others: the agency's logo, name and color, on paper only. One
    query.
    """
    return {"letterhead": letterhead_of(context["request"].seat.agency), "only": "print-only"}
