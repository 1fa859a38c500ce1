"""Releasing what a period adds up to, to one audience."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from agencies import audit
from alliances.models import Alliance, Period, Publication, PublicationLine
from alliances.preparation import Preparation, prepare
from core.errors import Refused


class NotToBePublished(Refused):
    """Disclosure control says no; the message is its reason."""

    code = "not_to_be_published"


class PreviewIsOld(Refused):
    """What goes out is what was seen."""

    code = "preview_is_old"
    message = "The numbers have changed since you opened the preview. Nothing was published. Look at the preview again."


class NothingChanged(Refused):
    """A revision restates something."""

    code = "nothing_changed"
    message = "Nothing has changed since the revision before, so there is nothing to restate."


class ErratumMissing(Refused):
    """A revision tells why the one before no longer holds."""

    code = "erratum_missing"
    field = "erratum"
    message = "Say what has changed since the revision before, and why."


@transaction.atomic
def publish(
    *, alliance: Alliance, actor: User, period: Period, audience: str, seen: str, erratum: str = ""
) -> Publication:
    """Release the next revision for an audience, to the byte as it was previewed: `seen` is the preview's hash.
    Later revisions need an
    erratum; earlier ones stay as they are. The intake of the period is closed by the first.

    Raises NotToBePublished with the reason, PreviewIsOld, NothingChanged, ErratumMissing.
    """
    locked: Period = (
        Period.objects.select_for_update(of=("self",)).select_related("version__indicator").get(pk=period.pk)
    )
    seen_now = prepare(alliance=alliance, period=locked, audience=audience)
    check(seen_now, seen, erratum)
    ready = prepare(alliance=alliance, period=locked, audience=audience, erratum=erratum) if erratum else seen_now
    publication = store(ready, actor, erratum)
    now = timezone.now()
    locked.locked_at, locked.published_at = locked.locked_at or now, locked.published_at or now
    locked.save(update_fields=["locked_at", "published_at"])
    audit.record(
        actor=actor,
        verb="publish",
        of=publication,
        label=f"{locked.version.indicator.name}, {locked.label}",
        changes={"audience": audience, "revision": publication.revision, "sha256": publication.sha256},
        reason=erratum,
    )
    return publication


def check(preparation: Preparation, seen: str, erratum: str) -> None:
    """Everything that stops a publication, the gravest first."""
    if preparation.refusal:
        raise NotToBePublished(preparation.refusal)
    if preparation.made is None or preparation.made.sha256 != seen:
        raise PreviewIsOld
    if not preparation.changed:
        raise NothingChanged
    if preparation.previous and not erratum.strip():
        raise ErratumMissing
    if erratum and not preparation.previous:
        raise NotToBePublished(_("A first publication restates nothing: leave the erratum empty."))


def store(preparation: Preparation, actor: User, erratum: str) -> Publication:
    """Keep the bytes and the lines."""
    assert preparation.made is not None  # noqa: S101 - checked before
    period = preparation.period
    publication: Publication = Publication.objects.create(
        indicator_id=period.indicator_id,
        version_id=period.version_id,
        period=period,
        audience=preparation.audience,
        revision=preparation.revision,
        erratum=erratum,
        document=preparation.made.data,
        sha256=preparation.made.sha256,
        published_by=actor,
    )
    lines = preparation.lines()
    for line in lines:
        line.publication = publication
    PublicationLine.objects.bulk_create(lines)
    return publication
