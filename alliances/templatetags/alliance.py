"""Tags for links inside an alliance. The hidden fields of its forms are those of every workspace (`form_marks`)."""

from datetime import datetime
from typing import Any

from django import template
from django.template.context import RequestContext
from django.urls import reverse

from alliances.wording import day_words

register = template.Library()


@register.simple_tag(takes_context=True)
def at(context: RequestContext, name: str, *args: Any) -> str:
    """The address of a page of the alliance in which the reader is: `{% at 'measure' indicator.pk %}`."""
    request: Any = context["request"]
    return reverse(name, args=[request.alliance_seat.alliance.slug, *args])


@register.simple_tag(takes_context=True)
def may(context: RequestContext, right: str) -> bool:
    """Whether the reader holds a right here."""
    request: Any = context["request"]
    return bool(request.alliance_seat.can(right))


@register.simple_tag(takes_context=True)
def day(context: RequestContext, moment: datetime | None) -> str:
    """The day of a moment in the alliance's own calendar: `{% day signature.signed_at %}`. Nothing without a moment."""
    request: Any = context["request"]
    return day_words(request.alliance_seat.alliance.day_of(moment)) if moment else ""
