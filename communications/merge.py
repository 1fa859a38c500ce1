"""Merge fields: `{{greeting}}` and three others, replaced in one pass. No template language: nothing is evaluated."""

import re
from collections.abc import Callable, Mapping

from django.utils.translation import gettext_lazy as _

from core.errors import Refused

FIELDS = {
    "greeting": _("how the partner is addressed, without Dear"),
    "partner_name": _("the partner's name"),
    "unit_name": _("what everybody may call the unit"),
    "agency_name": _("the agency's name"),
}
FIELD = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\}")


class UnknownMergeField(Refused):
    """Something in double braces that is no merge field."""

    code = "unknown_merge_field"
    status = 422


def check_fields(text: str, *, where: str) -> None:
    """Raise UnknownMergeField, beside the form field `where`, for what would not be replaced."""
    known = ", ".join(f"{{{{{name}}}}}" for name in FIELDS)
    for found in FIELD.finditer(text):
        if found[1] not in FIELDS:
            raise unknown(f"{found[0][:60]} is not a merge field. Use one of {known}.", where)
    rest = LEFT_OVER.search(FIELD.sub("", text))
    if rest:
        raise unknown(
            f"{rest[0]} stands alone. A merge field is written in double braces, like {{{{greeting}}}}.", where
        )


def unknown(sentence: str, where: str) -> UnknownMergeField:
    """The refusal, which the form shows beside its field."""
    refusal = UnknownMergeField(sentence)
    refusal.field = where  # type: ignore[attr-defined]
    return refusal


def merged(text: str, values: Mapping[str, str], written: Callable[[str], str] = str) -> str:
    """The text with its fields replaced; `written` makes each value fit, such as `escape` for HTML. Values are never
    read for fields again.
    """
    return FIELD.sub(lambda found: written(values[found[1]]) if found[1] in values else found[0], text)
