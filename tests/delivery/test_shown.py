"""Links that act in a reader's name are on no page, but in the demo, which sends nothing."""

from typing import Any

import pytest

from delivery.backend import KeptBackend
from delivery.shown import NOWHERE, as_sent, without_keys

SMTP = "django.core.mail.backends.smtp.EmailBackend"
LINKS = [
    "https://site.example/p/unsubscribe/a:b/",
    "https://site.example/p/preferences/a:b/",
    "https://site.example/p/preferences/confirm/a:b/",
    "https://site.example/invitations/a:b/",
]


def test_the_demos_backend_is_meant() -> None:
    assert f"{KeptBackend.__module__}.{KeptBackend.__qualname__}" == NOWHERE


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize(("demo", "backend"), [(False, SMTP), (False, NOWHERE), (True, SMTP)])
def test_masked_wherever_mail_is_sent(settings: Any, demo: bool, backend: str, link: str) -> None:
    settings.DEMO_SIGN_INS, settings.DELIVERY_BACKEND = demo, backend
    assert without_keys(f"Stop: {link} now") == "Stop: […] now"
    assert link not in as_sent(f'<p><a href="{link}">Stop</a> {link}</p>')


@pytest.mark.parametrize("link", LINKS)
def test_live_in_the_demo(settings: Any, link: str) -> None:
    settings.DEMO_SIGN_INS, settings.DELIVERY_BACKEND = True, NOWHERE
    assert without_keys(f"Stop: {link} now") == f"Stop: {link} now"
    assert f'href="{link}"' in as_sent(f'<p><a href="{link}">Stop</a></p>')
    assert "<script" not in as_sent("<script>alert(1)</script>")
