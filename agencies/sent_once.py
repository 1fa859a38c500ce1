"""A form that is sent twice has one effect: on a poor line a browser sends again what had arrived (trust rule T8).

Every form carries a mark that is made anew for each page. The door takes the mark before the view runs, in the same
transaction, so a second sender waits for the first one, is then led where the first one was, and told so. A form that
was sent back with other content, after a mistake or with the browser's Back, is another form. What a view refuses
leaves no mark. Forms that move money have a key and a rule of their own besides (`agencies.idempotency`).
"""

import re
import secrets
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.utils import IntegrityError
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from agencies.idempotency import digest
from agencies.models import IdempotencyKey

ENDPOINT = "form "
FIELD = "once"
MARK = re.compile(r"[\w-]{16,32}", re.ASCII)
CHANGING = ("csrfmiddlewaretoken", FIELD)
ELSEWHERE = "/accounts/"
"""A redirect to the password or the second factor is on the way, not the end: the form comes again after it."""


def new_mark(request: Any) -> str:
    """The mark of the forms on the page that is being made: one for all of them, since each has an address."""
    if not hasattr(request, "form_mark"):
        request.form_mark = secrets.token_urlsafe(15)
    return str(request.form_mark)


def sent_once(request: HttpRequest, run: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Run the view unless the same form was sent before; then lead where that led. Forms without a mark just run."""
    mark = request.POST.get(FIELD, "")
    if not MARK.fullmatch(mark):
        return run()
    asked = content_of(request)
    row, is_new = taken(request.path, mark)
    if not is_new and row.request_hash == asked:
        messages.info(request, _("This form had arrived already. It was not done a second time."))
        return redirect(row.result["location"])
    response = run()
    if leads_on(response):
        row.request_hash, row.result = asked, {"location": response["Location"]}
        row.save(update_fields=["request_hash", "result"])
    elif is_new:
        row.delete()
    return response


def taken(path: str, mark: str) -> tuple[IdempotencyKey, bool]:
    """The row of a mark, held until the transaction ends, and whether it was made just now."""
    endpoint = ENDPOINT + digest(path)[:40]
    try:
        with transaction.atomic():
            return IdempotencyKey.objects.create(endpoint=endpoint, key=mark), True
    except IntegrityError:
        return IdempotencyKey.objects.select_for_update().get(endpoint=endpoint, key=mark), False


def content_of(request: HttpRequest) -> str:
    """A hash of what was sent; of a file its name and size."""
    fields = {name: values for name, values in request.POST.lists() if name not in CHANGING}
    files = {name: [(file.name, file.size) for file in request.FILES.getlist(name)] for name in request.FILES}
    return digest([fields, files])


def leads_on(response: HttpResponseBase) -> bool:
    """Whether the view did its work and leads to where it can be seen."""
    return isinstance(response, HttpResponseRedirect) and not response.url.startswith(ELSEWHERE)
