"""One HTTPS request to an address that somebody wrote into a form: never to this house's own network.

The name is looked up once, every address it has must be public, and the connection goes to the one that was checked: a
second look-up could answer with another (server-side request forgery, OWASP). Redirects are not followed, certificates
are verified, answers are read as far as their status.
"""

import http.client
import ipaddress
import re
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from threading import Timer
from typing import Final, NamedTuple
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

SECONDS: Final = 10.0
"""So long is each step of a request waited for, and the whole of it twice as long: an answer may come in drops."""


PLAIN: Final = re.compile(r"[!-~]+")
"""The signs that may go over the line (RFC 3986); others would end the request before it is sent."""


class CannotReach(Exception):
    """The request brought no answer; its text says why, in words for the page."""


class Place(NamedTuple):
    """Where the request goes: a host and port by name, and the one address that was checked."""

    host: str
    port: int
    address: str
    is_secure: bool


class Connection(http.client.HTTPConnection):
    """A connection to the checked address, under the name that was asked for."""

    def __init__(self, place: Place) -> None:
        super().__init__(place.host, place.port, timeout=SECONDS)
        self.place = place

    def connect(self) -> None:
        plain = socket.create_connection((self.place.address, self.place.port), SECONDS)
        if self.place.is_secure:
            self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.place.host)
        else:
            self.sock = plain


def is_fit(url: str) -> str:
    """Why an address can be no webhook's, in a sentence; empty when it can. Nothing is looked up."""
    if not PLAIN.fullmatch(url):
        return "Write the address as a browser sends it: without blanks, and letters such as ä as %C3%A4."
    parts = split(url)
    if parts is None or not parts.hostname:
        return "This is no web address. It begins with https:// and names a server."
    if parts.scheme != "https" and not (parts.scheme == "http" and settings.WEBHOOKS_REACH_OWN_NETWORK):
        return "The address must begin with https://: what is told goes over the open network."
    if parts.username or parts.password or parts.fragment:
        return "Leave out the name, the password and what comes after #: each message is signed instead."
    return ""


def split(url: str) -> SplitResult | None:
    """The parts of an address, or None where it has no such parts."""
    try:
        parts = urlsplit(url)
        _port = parts.port
    except ValueError:
        return None
    return parts


def post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Send the body, and return the HTTP status. Raises CannotReach."""
    place, target = place_of(url)
    connection = Connection(place)
    try:
        with cut_off(connection):
            connection.request("POST", target, body=body, headers={**headers, "Host": host_header(url)})
            return connection.getresponse().status
    except ssl.SSLCertVerificationError as error:
        raise CannotReach(f"Its certificate is not valid: {error.verify_message}") from error
    except TimeoutError as error:
        raise CannotReach(f"It did not answer within {SECONDS:.0f} seconds") from error
    except (OSError, http.client.HTTPException) as error:
        raise CannotReach(f"The connection failed: {type(error).__name__}") from error
    finally:
        connection.close()


@contextmanager
def cut_off(connection: Connection) -> Iterator[None]:
    """End the connection when all its time is over."""

    def end() -> None:
        with suppress(OSError, AttributeError):
            connection.sock.shutdown(socket.SHUT_RDWR)

    timer = Timer(2 * SECONDS, end)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def host_header(url: str) -> str:
    """Name and port as the address has them."""
    return urlsplit(url).netloc


def place_of(url: str) -> tuple[Place, str]:
    """Where a request to this address goes, and what it asks for there. Raises CannotReach."""
    if complaint := is_fit(url):
        raise CannotReach(complaint)
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = checked_address(str(parts.hostname), port)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Place(str(parts.hostname), port, address, parts.scheme == "https"), target


def checked_address(host: str, port: int) -> str:
    """The first address of a host, all of whose addresses are public. Raises CannotReach."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise CannotReach("No server of this name is known") from error
    addresses = [str(each[4][0]) for each in found]
    if not settings.WEBHOOKS_REACH_OWN_NETWORK and not all(map(is_public, addresses)):
        raise CannotReach("This address leads into a private network")
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, also where IPv6 wraps an IPv4 address."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is not None:
            return is_public(str(inner))
        if found in NAT64:
            return is_public(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
    return found.is_global and not found.is_multicast and not any(found in net for net in CLOSED)


NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
# What Python calls global and is none: site-local, IPv4-compatible and -translated, local NAT64, the former 6to4 relay.
CLOSED: Final[list[ipaddress.IPv4Network | ipaddress.IPv6Network]] = [
    *map(ipaddress.IPv6Network, ("fec0::/10", "::/96", "::ffff:0:0:0/96", "64:ff9b:1::/48")),
    ipaddress.IPv4Network("192.88.99.0/24"),
]
