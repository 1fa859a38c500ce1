"""What all endpoints share: refusals as problem objects."""

from typing import Any

from rest_framework.response import Response
from rest_framework.views import exception_handler

from core.errors import Refused


def refused(exception: Exception, context: dict[str, Any]) -> Response | None:
    """The one handler of errors for the API: a refusal is `{"code", "detail"}` with its status, and with `field` where
    it belongs to one; it undoes the request. A view whose object calls a field otherwise than the rule says so in
    `called`: `{"worker": "leader"}`.
    """
    if isinstance(exception, Refused):
        field = getattr(exception, "field", "")
        field = getattr(context.get("view"), "called", {}).get(field, field)
        said = {"code": exception.code, "detail": str(exception), **({"field": field} if field else {})}
        response = Response(said, status=exception.status)
        response.undo = True  # type: ignore[attr-defined]
        return response
    answer = exception_handler(exception, context)
    if answer is not None:
        answer.undo = True  # type: ignore[attr-defined]
    return answer
