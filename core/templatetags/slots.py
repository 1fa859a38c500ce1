"""The tag that draws a slot: `{% load slots %} … {% page_slot "unit-overview" unit=unit %}`."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from core import slots

register = template.Library()


@register.simple_tag(takes_context=True)
def page_slot(context: Context, slot: str, **parts: Any) -> SafeString:
    """Draw what the apps above registered for this place; the keywords are handed on to them."""
    return slots.render(slot, context["request"], **parts)
