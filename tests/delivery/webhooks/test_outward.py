"""Where a request may go: never into this house's own network."""

import socket
import ssl
import time

import pytest

from delivery import outward
from delivery.outward import CannotReach, is_fit, is_public, post
from tests.delivery.listener import drip


@pytest.mark.parametrize(
    ("address", "open_net"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
        ("fec0::1", False),
        ("::127.0.0.1", False),
        ("::ffff:0:10.0.0.1", False),
        ("64:ff9b:1::a00:1", False),
        ("192.88.99.1", False),
    ],
)
def test_which_addresses_are_of_the_open_net(address, open_net):
    assert is_public(address) is open_net


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/x",
        "ftp://example.org/",
        "https://",
        "example.org",
        "https://me:secret@example.org/",
        "https://example.org/#part",
        "https://example.org:99999/",
        "javascript:alert(1)",
        "https://[::1",
        "https://example.org/täglich",
        "https://bücher.example.org/",
        "https://example.org/a b",
        "https://example.org/a\u2028b",
        "https://example.org/a\r\nX-More: 1",
    ],
)
def test_addresses_that_are_none(url, settings):
    settings.WEBHOOKS_REACH_OWN_NETWORK = False
    assert is_fit(url)


def test_an_address_that_is_fit(settings):
    settings.WEBHOOKS_REACH_OWN_NETWORK = False
    assert is_fit("https://hooks.example.org:8443/told?by=us") == ""


@pytest.mark.parametrize("url", ["https://127.0.0.1/", "https://localhost/", "https://[::1]/", "https://2130706433/"])
def test_this_house_is_not_reached(url, settings):
    settings.WEBHOOKS_REACH_OWN_NETWORK = False
    with pytest.raises(CannotReach, match="private network"):
        post(url, b"{}", {})


def found_at(*addresses):
    return lambda host, port, **_kind: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in addresses]


def test_a_name_with_one_private_address_is_not_reached(settings, monkeypatch):
    settings.WEBHOOKS_REACH_OWN_NETWORK = False
    monkeypatch.setattr(socket, "getaddrinfo", found_at("93.184.216.34", "10.0.0.1"))
    with pytest.raises(CannotReach, match="private network"):
        post("https://hooks.example.org/", b"{}", {})


def test_the_connection_goes_to_the_address_that_was_checked(settings, monkeypatch):
    """A name that leads elsewhere at the second look leads nowhere: there is no second look."""
    settings.WEBHOOKS_REACH_OWN_NETWORK = False
    looks, reached = [found_at("93.184.216.34"), found_at("127.0.0.1")], []

    def look(*asked, **kind):
        return looks.pop(0)(*asked, **kind)

    monkeypatch.setattr(socket, "getaddrinfo", look)

    def connect(place, seconds):
        reached.append(place)
        raise OSError

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(CannotReach, match="connection failed"):
        post("https://hooks.example.org/", b"{}", {})
    assert reached == [("93.184.216.34", 443)]


def test_certificates_are_verified(monkeypatch, listener):
    made = ssl.create_default_context()
    monkeypatch.setattr(ssl, "create_default_context", lambda: made)
    with pytest.raises(CannotReach):
        post(listener.url.replace("http:", "https:"), b"{}", {})
    assert (made.check_hostname, made.verify_mode) == (True, ssl.CERT_REQUIRED)


def test_redirects_are_not_followed(listener):
    def elsewhere(handler):
        handler.send_response(307)
        handler.send_header("Location", listener.url)
        handler.end_headers()

    listener.answers = [elsewhere]
    assert post(listener.url, b"{}", {}) == 307
    assert len(listener.got) == 1


def test_an_answer_in_drops_is_cut_off(listener, monkeypatch):
    monkeypatch.setattr(outward, "SECONDS", 0.3)
    listener.answers = [drip(5)]
    begun = time.monotonic()
    with pytest.raises(CannotReach):
        post(listener.url, b"{}", {})
    assert time.monotonic() - begun < 3


def test_no_server_at_all():
    with pytest.raises(CannotReach, match="connection failed"):
        post("http://127.0.0.1:9/", b"{}", {})
    with pytest.raises(CannotReach, match="No server of this name"):
        post("http://nowhere.invalid/", b"{}", {})
