"""Defining what the alliance measures."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from agencies import audit
from alliances.arithmetic import SINGLE_NUMBERS
from alliances.models import AgendaItem, Alliance, Indicator, IndicatorVersion, VersionState
from core.errors import Refused


class NameTaken(Refused):
    """Two indicators of one name would be confused."""

    code = "name_taken"
    field = "name"
    message = "This alliance has an indicator of this name already."


class NotADraft(Refused):
    """An adopted definition never changes."""

    code = "not_a_draft"
    message = "This definition is adopted, so it stays as it is. Write a new version."


class DraftWaits(Refused):
    """One draft at a time."""

    code = "draft_waits"
    message = "A draft of a new version is waiting already. Work on that one."


class NeedsMoreThanANumber(Refused):
    """Reports ask for one number."""

    code = "needs_more_than_a_number"
    field = "kind"
    message = "Members report one number here. Choose a count in a period, a count at a date, or a running total."


@transaction.atomic
def define_indicator(
    *, alliance: Alliance, actor: User | None, name: str, serves: AgendaItem | None = None, **definition: Any
) -> Indicator:
    """Begin an indicator with a draft of its first definition. Raises NameTaken, NeedsMoreThanANumber."""
    if Indicator.objects.filter(name=name).exists():
        raise NameTaken
    indicator: Indicator = Indicator.objects.create(name=name, serves=serves)
    add_version(indicator, 1, actor, definition)
    audit.record(actor=actor, verb="define indicator", of=indicator, label=name)
    return indicator


@transaction.atomic
def write_definition(
    *, alliance: Alliance, actor: User | None, indicator: Indicator, **definition: Any
) -> IndicatorVersion:
    """Write the next version of a definition as a draft. Raises DraftWaits, NeedsMoreThanANumber."""
    if IndicatorVersion.objects.filter(indicator=indicator, state=VersionState.DRAFT).exists():
        raise DraftWaits
    top = IndicatorVersion.objects.filter(indicator=indicator).aggregate(top=Max("number"))["top"] or 0
    version = add_version(indicator, top + 1, actor, definition)
    audit.record(actor=actor, verb="write definition", of=version, label=indicator.name)
    return version


def add_version(indicator: Indicator, number: int, actor: User | None, definition: dict[str, Any]) -> IndicatorVersion:
    refuse_more_than_a_number(definition)
    version: IndicatorVersion = IndicatorVersion.objects.create(
        indicator=indicator, number=number, written_by=actor, **definition
    )
    return version


def refuse_more_than_a_number(definition: dict[str, Any]) -> None:
    if definition["kind"] not in SINGLE_NUMBERS:
        raise NeedsMoreThanANumber


@transaction.atomic
def edit_definition(
    *, alliance: Alliance, actor: User | None, version: IndicatorVersion, **definition: Any
) -> IndicatorVersion:
    """Change a draft. Raises NotADraft, NeedsMoreThanANumber."""
    if version.state != VersionState.DRAFT:
        raise NotADraft
    refuse_more_than_a_number(definition)
    for name, value in definition.items():
        setattr(version, name, value)
    version.save(update_fields=list(definition))
    audit.record(actor=actor, verb="edit definition", of=version, label=version.indicator.name)
    return version


@transaction.atomic
def adopt_definition(*, alliance: Alliance, actor: User | None, version: IndicatorVersion) -> IndicatorVersion:
    """Adopt a draft: immutable from now on, used by every period opened later. The version before is superseded.
    Raises NotADraft.
    """
    if version.state != VersionState.DRAFT:
        raise NotADraft
    now = timezone.now()
    former = IndicatorVersion.objects.filter(indicator_id=version.indicator_id, state=VersionState.ADOPTED)
    former.update(state=VersionState.SUPERSEDED, superseded_at=now)
    version.state, version.adopted_at, version.adopted_by = VersionState.ADOPTED, now, actor
    version.save(update_fields=["state", "adopted_at", "adopted_by"])
    audit.record(
        actor=actor,
        verb="adopt definition",
        of=version,
        label=version.indicator.name,
        changes={"version": version.number},
    )
    return version
