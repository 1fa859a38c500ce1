"""What people are coached in: the agency's areas, begun from the starter pack, and a unit's own."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from ssu import starter
from ssu.models import CoachingArea, Unit
from ssu.operations.archived import need_at_work


class AreaTitleMissing(Refused):
    """An area has a name."""

    code = "area_title_missing"
    status = 422
    field = "title"
    message = "Name the area in a few words."


class AreaThere(Refused):
    """One area per title."""

    code = "area_there"
    field = "title"
    message = "There is an area with this title here already. Choose another title."


class AreasBegun(Refused):
    """The starter pack is taken over once."""

    code = "areas_begun"
    message = "The agency has coaching areas already. Add to them, or archive what you do not need."


def begin_areas(actor: User | None, agency: Agency) -> list[CoachingArea]:
    """Take the areas of the starter pack over as the agency's own, when it never had any; [] when it had."""
    if CoachingArea.objects.filter(unit=None).exists():
        return []
    made: list[CoachingArea] = CoachingArea.objects.bulk_create(
        CoachingArea(title=entry.title[:80], sentence=entry.sentence[:300], position=place, added_by=actor)
        for place, entry in enumerate(starter.entries(agency, "coaching_areas"), start=1)
    )
    audit.record(actor=actor, verb="begin coaching areas", label=f"{len(made)} areas of the starter pack")
    return made


@transaction.atomic
def adopt_areas(*, agency: Agency, actor: User) -> list[CoachingArea]:
    """The same on somebody's word. Raises AreasBegun."""
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    made = begin_areas(actor, agency)
    if not made:
        raise AreasBegun
    return made


@transaction.atomic
def add_area(
    *, agency: Agency, actor: User, unit: Unit | None, title: str, sentence: str = "", is_required: bool = True
) -> CoachingArea:
    """Add an area to the agency's list (`unit` None) or to a unit's own. Raises AreaTitleMissing, AreaThere."""
    title = title.strip()
    if not title:
        raise AreaTitleMissing
    if unit is not None:
        need_at_work(unit.pk)
    refuse_twin(unit, title)
    position = CoachingArea.objects.filter(unit=unit).count() + 1
    made: CoachingArea = CoachingArea.objects.create(
        unit=unit, title=title, sentence=sentence.strip(), is_required=is_required, position=position, added_by=actor
    )
    audit.record(actor=actor, verb="add coaching area", of=made, label=label_of(made, unit))
    return made


def refuse_twin(unit: Unit | None, title: str) -> None:
    """Raise AreaThere when a unit would see two areas of one title."""
    there = CoachingArea.objects.filter(archived_at=None, title__iexact=title)
    if (there.of_unit(unit.pk) if unit else there.filter(unit=None)).exists():
        raise AreaThere


@transaction.atomic
def require_area(*, agency: Agency, actor: User, area: CoachingArea, is_required: bool) -> CoachingArea:
    """Say whether everybody must be coached in an area."""
    row = locked(area)
    if row.is_required != is_required:
        row.is_required = is_required
        row.save(update_fields=["is_required"])
        verb = "require coaching area" if is_required else "make coaching area optional"
        audit.record(actor=actor, verb=verb, of=row, label=label_of(row, row.unit))
    return row


@transaction.atomic
def archive_area(*, agency: Agency, actor: User, area: CoachingArea) -> CoachingArea:
    """Put an area away: nobody is coached in it from now on, what was done in it stays. Twice changes nothing."""
    row = locked(area)
    if row.archived_at is None:
        row.archived_by, row.archived_at = actor, timezone.now()
        row.save(update_fields=["archived_by", "archived_at"])
        audit.record(actor=actor, verb="archive coaching area", of=row, label=label_of(row, row.unit))
    return row


@transaction.atomic
def restore_area(*, agency: Agency, actor: User, area: CoachingArea) -> CoachingArea:
    """Take an area up again. Raises AreaThere when another one took its title."""
    row = locked(area)
    if row.archived_at is not None:
        refuse_twin(row.unit, row.title)
        row.archived_by = row.archived_at = None
        row.save(update_fields=["archived_by", "archived_at"])
        audit.record(actor=actor, verb="take up coaching area again", of=row, label=label_of(row, row.unit))
    return row


class ActUnknown(Refused):
    """Four things can be done to an area."""

    code = "act_unknown"
    status = 422
    message = "Choose what to do with the area: archive it, take it up again, require it, or make it optional."


def change_area(*, agency: Agency, actor: User, area: CoachingArea, act: str) -> CoachingArea:
    """Do one of the four acts to an area by its word, as buttons send it: `archive`, `restore`, `require`, `optional`.

    Raises ActUnknown, AreaThere.
    """
    if act == "archive":
        return archive_area(agency=agency, actor=actor, area=area)
    if act == "restore":
        return restore_area(agency=agency, actor=actor, area=area)
    if act in ("require", "optional"):
        return require_area(agency=agency, actor=actor, area=area, is_required=act == "require")
    raise ActUnknown


def locked(area: CoachingArea) -> CoachingArea:
    """The area as it stands now, held until the transaction ends. Raises UnitArchived."""
    if area.unit_id is not None:
        need_at_work(area.unit_id)
    row: CoachingArea = CoachingArea.objects.select_for_update(of=("self",)).select_related("unit").get(pk=area.pk)
    return row


def label_of(area: CoachingArea, unit: Unit | None) -> str:
    """What the audit trail calls an area: a unit's own by its number, since its words may tell what is closed."""
    return f"{unit.public_name}: area {area.pk}" if unit else area.title
