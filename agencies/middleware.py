"""The transaction around every request, and the end of its scope."""

from collections.abc import Callable

from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponseBase

from agencies.scope import fresh

GetResponse = Callable[[HttpRequest], HttpResponseBase]
WITHOUT_TRANSACTION = frozenset({"/healthz", "/readyz"})


class StreamRefused(RuntimeError):
    """A page streamed its body: it would be read after the transaction and show nothing (trust rule T1)."""


class RequestUnit:
    """One request is one transaction, rendered inside it. Rolled back on any exception, any status of 500 and more,
    any refusal, whatever page is made of it.

    A template response is rendered by Django before it reaches this middleware, so page parts still see the scope that
    `@member` set for this transaction. The scope ends with the request.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path in WITHOUT_TRANSACTION:
            return self.get_response(request)
        with fresh(), transaction.atomic():
            response = self.get_response(request)
            if response.streaming and not isinstance(response, FileResponse):
                raise StreamRefused(request.path)
            if response.status_code >= 500 or getattr(response, "undo", False) or getattr(request, "undo", False):
                transaction.set_rollback(True)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Note that the view raised: the page made of it may be Django's own, which says nothing about undoing."""
        request.undo = True  # type: ignore[attr-defined]
