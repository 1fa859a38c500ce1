"""Files of a request that was undone."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from jobs.written import undone_with_its_row


class WrittenFiles:
    """Around the request's transaction: a file of a request that was refused or failed goes with its row."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with undone_with_its_row():
            return self.get_response(request)
