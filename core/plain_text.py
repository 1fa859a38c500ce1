"""The sign NUL in what is sent: nobody types it, and PostgreSQL takes it in no text. It is refused at the door, so that
no view, form or serializer needs to think of it.
"""

from collections.abc import Mapping
from typing import IO, Any, Final

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

NUL: Final = "\0"


def holds_nul(content: Any) -> bool:
    """Whether a text anywhere in this holds the sign: in lists, and in names and values of objects."""
    if isinstance(content, str):
        return NUL in content
    if isinstance(content, Mapping):
        return any(holds_nul(each) for pair in content.items() for each in pair)
    return isinstance(content, list | tuple) and any(map(holds_nul, content))


class PlainJSONParser(JSONParser):
    """JSON whose texts hold no NUL; 400 for others."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        content: dict[str, Any] = super().parse(stream, media_type, parser_context)
        if holds_nul(content):
            raise ParseError("A text holds the sign NUL.")
        return content
