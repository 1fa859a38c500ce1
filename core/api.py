"""What all endpoints share: refusals as problem objects."""

import re
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.views import exception_handler

from core.dates import no_such_day_in
from core.errors import Refused

RIGHT: Final = re.compile(r"[a-z_]+\.[a-z_]+")
"""A right of the one table, as who refuses for want of it names it."""


class DayField(serializers.DateField):
    """A day, as YYYY-MM-DD. One that its month has not is told so, as in forms: `no_such_day`."""

    def to_internal_value(self, value: Any) -> Any:
        try:
            return super().to_internal_value(value)
        except exceptions.ValidationError as wrong:
            if isinstance(value, str) and (sentence := no_such_day_in(value)):
                raise exceptions.ValidationError(sentence, code="no_such_day") from wrong
            raise


def refused(exception: Exception, context: dict[str, Any]) -> Response | None:
    """The one handler of errors for the API: a refusal is `{"code", "detail"}` with its status, and with `field` where
    it belongs to one; what is wrong by field is `{"amount": [{"code", "detail"}]}`. It undoes the request. A view
    whose object calls a field otherwise than the rule says so in `called`: `{"worker": "leader"}`.
    """
    if isinstance(exception, Refused):
        field = getattr(exception, "field", "")
        field = getattr(context.get("view"), "called", {}).get(field, field)
        said = {"code": exception.code, "detail": str(exception), **({"field": field} if field else {})}
        response = Response(said, status=exception.status)
        response.undo = True  # type: ignore[attr-defined]
        return response
    if isinstance(exception, PermissionDenied | exceptions.PermissionDenied) and RIGHT.fullmatch(str(exception)):
        said = {"code": "right_missing", "detail": f"You may not do this here: it needs the right {exception}."}
        response = Response(said, status=403)
        response.undo = True  # type: ignore[attr-defined]
        return response
    answer = exception_handler(exception, context)
    if answer is not None:
        if isinstance(exception, exceptions.ValidationError):
            answer.data = by_field(exception.get_full_details())
        elif isinstance(exception, exceptions.APIException) and set(answer.data) == {"detail"}:
            answer.data = {"code": str(exception.get_codes()), **answer.data}
        answer.undo = True  # type: ignore[attr-defined]
    return answer


def by_field(said: Any) -> Any:
    """What is wrong with what was sent, in the shape in which it was sent, each sentence with its code. A sentence that
    belongs to no field stands alone, as a refusal does.
    """
    if isinstance(said, list) and len(said) == 1 and is_sentence(said[0]):
        return told(said[0])
    return told(said)


def told(said: Any) -> Any:
    """Sentences as `code` and `detail`, however deep they stand."""
    if is_sentence(said):
        return {"code": str(said["code"]), "detail": str(said["message"])}
    if isinstance(said, dict):
        return {name: told(each) for name, each in said.items()}
    return [told(each) for each in said]


def is_sentence(said: Any) -> bool:
    """Whether it is one sentence with its code, and not what is wrong in fields of these names."""
    return isinstance(said, dict) and set(said) == {"message", "code"} and isinstance(said["message"], str)
