"""The component tags. docs/COMPONENTS.md shows one line of use for each."""

from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.core.paginator import Page
from django.forms import BaseForm, BaseFormSet
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core import toasts
from core.forms import problems
from core.pdf.direction import first_strong

register = template.Library()

TONES = {"none", "prog", "warn", "bad", "done"}
MIRRORED_ICONS = {"chevron-left", "chevron-right", "undo-2", "log-out"}
"""Icons that point along the line of reading; they turn around in right-to-left pages. Ticks and charts never do."""


@register.simple_tag
def icon(name: str, label: str = "", small: bool = False) -> SafeString:
    """Draw an icon of static/icons.svg. Give a label only where no visible text stands beside it."""
    classes = "icon" + (" icon-s" if small else "") + (" icon-mirrored" if name in MIRRORED_ICONS else "")
    drawn = format_html(
        '<svg class="{}" aria-hidden="true" width="20" height="20"><use href="{}#{}"></use></svg>',
        classes,
        static("icons.svg"),
        name,
    )
    return format_html('{}<span class="visually-hidden">{}</span>', drawn, label) if label else drawn


@register.simple_tag
def tag(words: str, tone: str = "none") -> SafeString:
    """Write a status: a word on a tint for what is unfinished, quiet text for what is done."""
    if tone not in TONES:
        raise template.TemplateSyntaxError(f"A tag has one of the tones {', '.join(sorted(TONES))}, not {tone!r}.")
    return format_html('<span class="tag tag-{}">{}</span>', tone, words)


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: "BaseForm | BaseFormSet[Any] | None") -> dict[str, Any]:
    """Show what is wrong in these forms, with links to the fields. Nothing where nothing is wrong."""
    return {"problems": problems(*forms)}


@register.inclusion_tag("components/sort_header.html", takes_context=True)
def sort_header(context: Context, field: str, label: str, numeric: bool = False) -> dict[str, Any]:
    """Head a column with a link that sorts by `field` (`?sort=field` up, `?sort=-field` down), keeping the filters."""
    query = context["request"].GET.copy()
    current = query.get("sort", "")
    direction = {field: "ascending", f"-{field}": "descending"}.get(current, "")
    query["sort"] = f"-{field}" if current == field else field
    query.pop("page", None)
    return {"url": f"?{query.urlencode()}", "label": label, "numeric": numeric, "direction": direction}


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: Context, page: Page[Any]) -> dict[str, Any]:
    """Link to the page before and after, keeping the query string, and say which rows are shown."""
    query = context["request"].GET.copy()

    def url(number: int) -> str:
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    return {
        "first": page.start_index(),
        "last": page.end_index(),
        "total": page.paginator.count,
        "previous_url": url(page.previous_page_number()) if page.has_previous() else "",
        "next_url": url(page.next_page_number()) if page.has_next() else "",
    }


@register.filter
def undo_url(message: Message) -> str:
    """The URL that takes back what a message says, or ""."""
    return toasts.undo_url(message)


@register.filter
def direction(text: str) -> str:
    """`rtl` or `ltr`, for the `dir` of words that people wrote: the makers of PDFs know no `dir="auto"`."""
    return first_strong(text)


@register.simple_block_tag
def page_header(content: str, **parts: Any) -> SafeString:
    """The head of a page: eyebrow, title, lead, status, tone, primary_label, primary_url; content: the More menu."""
    return _component("page_header", content, parts)


@register.simple_block_tag
def card(content: str, **parts: Any) -> SafeString:
    """A bordered part of a page: id and title (both needed), meta, action_label and action_url. Cards never nest."""
    return _component("card", content, parts)


@register.simple_block_tag
def table_region(content: str, **parts: Any) -> SafeString:
    """A region that scrolls sideways by keyboard too; `label` names it."""
    return _component("table_region", content, parts)


@register.simple_block_tag
def empty(content: str, **parts: Any) -> SafeString:
    """An empty state: title, kind (first, filtered, cleared, forbidden), action_label, action_url; content: the why."""
    return _component("empty", content, {"kind": "first", **parts})


@register.simple_block_tag
def banner(content: str, **parts: Any) -> SafeString:
    """Something to know before going on: tone info, warn or bad; title. Not for success: that is a toast."""
    return _component("banner", content, {"tone": "info", **parts})


@register.simple_block_tag
def menu(content: str, **parts: Any) -> SafeString:
    """A button that opens a list: label, icon, classes; content: `<li>`s with links or buttons."""
    return _component("menu", content, {"classes": "btn", **parts})


@register.simple_block_tag
def explain(content: str, **parts: Any) -> SafeString:
    """A fold that shows where a number comes from: summary; content: its parts."""
    return _component("explain", content, parts)


def _component(name: str, content: str, parts: dict[str, Any]) -> SafeString:
    return render_to_string(f"components/{name}.html", {**parts, "content": content if content.strip() else ""})
