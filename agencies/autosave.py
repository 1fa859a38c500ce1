"""Saving a long text while it is written: the plain form and the element `<yk-autosave>` post to the same address.

A view makes the form, calls `attempt`, and answers what `answer` gives when the browser saved by itself (header
`X-Autosave: 1`), else a page as ever. docs/COMPONENTS.md shows the whole pattern.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, JsonResponse

from agencies.days import time_in_words
from agencies.models.drafts import Drafted
from agencies.operations.drafts import EditedMeanwhile
from agencies.seats import Seat
from core.errors import Refused
from core.forms import problems


class DraftForm(forms.Form):
    """A form for words that are saved while they are written; `revision` is the save that they rest on."""

    revision = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)


@dataclass
class Attempt:
    """What became of a save: the `row` that was saved, a `conflict`, or neither when the form tells what is wrong."""

    row: Drafted | None = None
    conflict: EditedMeanwhile | None = None

    @property
    def status(self) -> int:
        """The HTTP status of the answer to a save that did not go through."""
        return 409 if self.conflict else 422


def wanted(request: HttpRequest) -> bool:
    """Whether the browser saved by itself."""
    return request.headers.get("X-Autosave") == "1"


def attempt(form: DraftForm, act: Callable[[], Drafted], others: Sequence[Any] = ()) -> Attempt:
    """Save, undone as a whole if refused. A refusal stands on the form; a conflict lets the form rest on what stands
    now, so that saving once more is a choice.
    """
    if not all([form.is_valid(), *(each.is_valid() for each in others)]):
        return Attempt()
    try:
        with transaction.atomic():
            return Attempt(row=act())
    except EditedMeanwhile as conflict:
        form.data = rebased(form, conflict.revision)
        form.add_error(None, str(conflict))
        return Attempt(conflict=conflict)
    except Refused as refusal:
        field = getattr(refusal, "field", None)
        form.add_error(field if field in form.fields else None, forms.ValidationError(str(refusal), refusal.code))
        return Attempt()


def rebased(form: DraftForm, revision: int) -> Any:
    """What was sent, as if it rested on this revision."""
    data: Any = form.data
    rested = data.copy()
    rested[form.add_prefix("revision")] = str(revision)
    return rested


def answer(
    seat: Seat, form: DraftForm, made: Attempt, notes: Iterable[str] = (), others: Sequence[Any] = ()
) -> JsonResponse:
    """What the element needs to know: the new revision and the time, or why nothing was saved."""
    if made.row is not None:
        when = made.row.edited_at
        saved = time_in_words(seat.agency, when) if when else ""
        return JsonResponse({"revision": made.row.revision, "saved": saved, "notes": list(notes)})
    said: dict[str, Any] = {"problems": [problem.words for problem in problems(form, *others)]}
    if made.conflict is not None:
        said |= {"conflict": True, "revision": made.conflict.revision}
    return JsonResponse(said, status=made.status)
