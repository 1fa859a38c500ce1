"""One key used twice at the same instant: one message, and both callers have it. With a control."""

import threading
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from agencies import scope
from agencies.models import Agency
from delivery import operations
from delivery.models import OutgoingMessage
from delivery.operations import messages

pytestmark = pytest.mark.django_db(transaction=True)


def both_at_once(agency: Agency, monkeypatch: pytest.MonkeyPatch) -> tuple[list[int], list[str]]:
    """Two queue one key, and both look before either writes: ids of what they got, and what was raised."""
    looked, ids, raised = threading.Barrier(2), list[int](), list[str]()
    first_looks: set[int] = set()
    look = messages.keys_in_use

    def looking(keys: list[str]) -> set[str]:
        found = look(keys)
        if (me := threading.get_ident()) not in first_looks:
            first_looks.add(me)
            looked.wait(10)
        return found

    monkeypatch.setattr(messages, "keys_in_use", looking)

    def run() -> None:
        said: dict[str, Any] = {"to": "ruth@example.org", "subject": "x", "text": "y", "purpose": "notice"}
        try:
            with scope.fresh(), transaction.atomic(), scope.of_agency(agency.pk):
                ids.append(operations.queue(**said, key="once").pk)
        except IntegrityError:
            raised.append("integrity")
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return ids, raised


def test_two_at_the_same_instant_queue_one(
    transactional_db: None, agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids, raised = both_at_once(agency, monkeypatch)
    assert (len(ids), len(set(ids)), raised) == (2, 1, [])
    with transaction.atomic(), scope.of_agency(agency.pk):
        assert OutgoingMessage.objects.count() == 1


def test_without_looking_again_one_fails(
    transactional_db: None, agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: both had looked before either wrote."""
    monkeypatch.setattr(messages, "keys_in_use", lambda keys: set())
    ids, raised = both_at_once(agency, monkeypatch)
    assert (len(ids), raised) == (1, ["integrity"])
