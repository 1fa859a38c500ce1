from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.fallback import FallbackStorage

from core.toasts import toast, undo_url


def said(rf, **more):
    request = rf.get("/")
    request.session = {}
    request._messages = FallbackStorage(request)
    toast(request, "Gift saved.", **more)
    return list(request._messages)


def test_a_toast_carries_its_way_back(rf):
    (message,) = said(rf, undo_url="/a/harbor/undo/5/")
    assert (str(message), undo_url(message)) == ("Gift saved.", "/a/harbor/undo/5/")


def test_a_toast_without_a_way_back_has_none(rf):
    (message,) = said(rf)
    assert undo_url(message) == ""


def test_other_tags_are_not_taken_for_addresses():
    assert undo_url(Message(25, "Saved.", extra_tags="quiet")) == ""
