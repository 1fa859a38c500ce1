"""Choosing the look of an agency on paper."""

import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.models import Agency, Look
from agencies.queries.look import look_before, look_now
from core.colors import READABLE, contrast, is_color, readable
from core.errors import Refused
from core.pictures import made_anew

LOGO = ("logo", "content_type", "width", "height", "sha256")
"""The columns of a logo: they come and go together."""
NO_LOGO: dict[str, Any] = {"logo": "", "content_type": "", "width": None, "height": None, "sha256": ""}
TOLD = 12
"""So many digits of a logo's hash tell it from others in the audit trail."""


class AccentWrong(Refused):
    """A color is six hex digits."""

    code = "accent_wrong"
    status = 422
    field = "accent"
    message = "Write the color as # and six digits from 0 to f, such as #1b4d8f."


class AccentTooPale(Refused):
    """Headings in this color could not be read on paper; `offered` is the next darker tone that can."""

    code = "accent_too_pale"
    status = 422
    field = "accent"

    def __init__(self, accent: str) -> None:
        self.offered = readable(accent)
        super().__init__(
            f"Words in {accent} are hard to read on white paper: contrast {contrast(accent):.1f}, needed {READABLE}. "
            f"The next darker tone that can be read is {self.offered}."
        )


class NoLogo(Refused):
    """There is nothing to remove."""

    code = "no_logo"
    message = "There is no logo to remove."


class LookChanged(Refused):
    """Only the newest change of the look can be undone."""

    code = "look_changed"
    message = "The look was changed again since then. Look at how it is now, and choose anew."


@transaction.atomic
def choose_accent(*, agency: Agency, actor: User | None, accent: str) -> Look:
    """Choose the color of rules and headings on paper, "" for the product's own. Words in it must be readable on white
    (WCAG 2.2, 4.5 to 1). Raises AccentWrong, AccentTooPale.
    """
    chosen = accent.strip().lower()
    if chosen and not is_color(chosen):
        raise AccentWrong
    if chosen and contrast(chosen) < READABLE:
        raise AccentTooPale(chosen)
    return write(agency, actor, "choose accent", accent=chosen)


@transaction.atomic
def set_logo(*, agency: Agency, actor: User | None, content: bytes) -> Look:
    """Choose a logo, or put another in its place. What is kept is made anew from the pixels of the upload (PNG or JPEG,
    2 MB and 16 million pixels at most). Raises what `core.pictures.made_anew` raises.
    """
    picture = made_anew(content)
    digest = hashlib.sha256(picture.content).hexdigest()
    logo = {"content_type": picture.content_type, "width": picture.width, "height": picture.height, "sha256": digest}
    return write(agency, actor, "choose logo", **logo, logo=ContentFile(picture.content, name="logo"))


@transaction.atomic
def remove_logo(*, agency: Agency, actor: User | None) -> Look:
    """Do without a logo. Raises NoLogo."""
    if not held(agency).logo:
        raise NoLogo
    return write(agency, actor, "remove logo", **NO_LOGO)


@transaction.atomic
def undo_look(*, agency: Agency, actor: User | None, look: Look) -> Look:
    """Take the newest change of the look back: a new row says again what the one before said. Raises LookChanged."""
    if held(agency).pk != look.pk:
        raise LookChanged
    before = look_before(look)
    return write(agency, actor, "undo look", **{name: getattr(before, name) for name in ("accent", *LOGO)})


def held(agency: Agency) -> Look:
    """The look that counts; others who change it wait until this transaction ends."""
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    return look_now(agency)


def write(agency: Agency, actor: User | None, verb: str, **changed: Any) -> Look:
    """Append a look that differs from the one that counts in these columns; one that says the same writes nothing."""
    stands = held(agency)
    same = {name: value for name, value in changed.items() if name != "logo"}
    if stands.pk and all(getattr(stands, name) == value for name, value in same.items()):
        return stands
    kept = {name: getattr(stands, name) for name in ("accent", *LOGO)}
    made: Look = Look.objects.create(agency=agency, chosen_by=actor, **{**kept, **changed})
    audit.record(actor=actor, verb=verb, of=agency, label=agency.name, changes=differences(stands, made))
    return made


def differences(before: Look, after: Look) -> dict[str, list[str]]:
    """What the audit trail keeps: the colors, and the beginnings of the hashes of the logos."""
    pairs = {"accent": [before.accent, after.accent], "logo": [before.sha256[:TOLD], after.sha256[:TOLD]]}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
