"""Making a common agenda and adopting it."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from agencies import audit
from alliances.models import AgendaItem, AgendaState, AgendaVersion, Alliance, ItemKind
from core.errors import Refused

NEEDED = (ItemKind.FUTURE_STATE, ItemKind.FOCUS_AREA, ItemKind.PRINCIPLE)


class AgendaInTheMaking(Refused):
    """One version is worked on at a time."""

    code = "agenda_in_the_making"
    message = "A new version of the agenda is in the making already. Work on that one."


class NotADraft(Refused):
    """Items are changed in a draft only."""

    code = "not_a_draft"
    message = "This version is no longer a draft. Take it back from consultation, or begin a new version."


class NotInConsultation(Refused):
    """Members are heard before an agenda is adopted."""

    code = "not_in_consultation"
    message = "Only a version that the members have been consulted on can be adopted."


class PartsMissing(Refused):
    """An agenda has a desired future state, focus areas and principles."""

    code = "parts_missing"


@transaction.atomic
def begin_agenda(*, alliance: Alliance, actor: User | None) -> AgendaVersion:
    """Begin the next version, with a copy of the adopted one's items. Raises AgendaInTheMaking."""
    if AgendaVersion.objects.filter(state__in=[AgendaState.DRAFT, AgendaState.CONSULTATION]).exists():
        raise AgendaInTheMaking
    number = (AgendaVersion.objects.aggregate(top=Max("number"))["top"] or 0) + 1
    version: AgendaVersion = AgendaVersion.objects.create(number=number)
    former = AgendaItem.objects.filter(version__state=AgendaState.ADOPTED)
    AgendaItem.objects.bulk_create(
        AgendaItem(version=version, kind=item.kind, position=item.position, title=item.title, text=item.text)
        for item in former
    )
    audit.record(actor=actor, verb="begin agenda", of=version, label=str(number))
    return version


@transaction.atomic
def add_item(
    *, alliance: Alliance, actor: User | None, version: AgendaVersion, kind: str, title: str, text: str = ""
) -> AgendaItem:
    """Add an item at the end. Raises NotADraft."""
    if version.state != AgendaState.DRAFT:
        raise NotADraft
    position = (version.items.aggregate(top=Max("position"))["top"] or 0) + 1
    item: AgendaItem = AgendaItem.objects.create(version=version, kind=kind, title=title, text=text, position=position)
    audit.record(actor=actor, verb="add agenda item", of=item, label=title)
    return item


@transaction.atomic
def change_item(
    *, alliance: Alliance, actor: User | None, item: AgendaItem, kind: str, title: str, text: str = ""
) -> AgendaItem:
    """Change the words of an item. Raises NotADraft."""
    if item.version.state != AgendaState.DRAFT:
        raise NotADraft
    item.kind, item.title, item.text = kind, title, text
    item.save(update_fields=["kind", "title", "text"])
    audit.record(actor=actor, verb="change agenda item", of=item, label=title)
    return item


@transaction.atomic
def remove_item(*, alliance: Alliance, actor: User | None, item: AgendaItem) -> None:
    """Take an item out of a draft. Raises NotADraft."""
    if item.version.state != AgendaState.DRAFT:
        raise NotADraft
    audit.record(actor=actor, verb="remove agenda item", of=item, label=item.title)
    item.delete()


@transaction.atomic
def consult_on_agenda(*, alliance: Alliance, actor: User | None, version: AgendaVersion) -> AgendaVersion:
    """Show a draft to the members; its items stand still meanwhile. Raises NotADraft, PartsMissing."""
    if version.state != AgendaState.DRAFT:
        raise NotADraft
    there = set(version.items.values_list("kind", flat=True))
    missing = [str(ItemKind(kind).label) for kind in NEEDED if kind not in there]
    if missing:
        raise PartsMissing(_("The agenda still lacks: %(parts)s.") % {"parts": ", ".join(missing)})
    version.state, version.consulted_at = AgendaState.CONSULTATION, timezone.now()
    version.save(update_fields=["state", "consulted_at"])
    audit.record(actor=actor, verb="consult on agenda", of=version, label=str(version.number))
    return version


@transaction.atomic
def take_back_agenda(*, alliance: Alliance, actor: User | None, version: AgendaVersion) -> AgendaVersion:
    """Make a version in consultation a draft again, to change it. Raises NotInConsultation."""
    if version.state != AgendaState.CONSULTATION:
        raise NotInConsultation
    version.state = AgendaState.DRAFT
    version.save(update_fields=["state"])
    audit.record(actor=actor, verb="take back agenda", of=version, label=str(version.number))
    return version


@transaction.atomic
def adopt_agenda(*, alliance: Alliance, actor: User | None, version: AgendaVersion) -> AgendaVersion:
    """Adopt a version after consultation; it is immutable from now on and the one before is superseded.
    Raises NotInConsultation.
    """
    if version.state != AgendaState.CONSULTATION:
        raise NotInConsultation
    now = timezone.now()
    AgendaVersion.objects.filter(state=AgendaState.ADOPTED).update(state=AgendaState.SUPERSEDED, superseded_at=now)
    version.state, version.adopted_at, version.adopted_by = AgendaState.ADOPTED, now, actor
    version.save(update_fields=["state", "adopted_at", "adopted_by"])
    audit.record(actor=actor, verb="adopt agenda", of=version, label=str(version.number))
    return version
