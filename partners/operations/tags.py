"""Tags: made, renamed, merged, retired; given to partners and taken from them."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from partners.models import Partner, Tag, Tagging


class TagKnown(Refused):
    """A word is one tag, however it is written."""

    code = "tag_known"
    field = "name"
    message = "There is a tag of this name already. Merge the two if they mean the same."


class TagRetired(Refused):
    """A retired tag is given to nobody more."""

    code = "tag_retired"
    field = "tag"
    message = "This tag is retired. Take it up again before giving it."


class MergedIntoItself(Refused):
    """Two tags are merged, not one."""

    code = "tag_into_itself"
    field = "into"
    message = "Choose another tag to merge into."


class ListChanged(Refused):
    """What is done to all that a filter shows is done to as many as were shown."""

    code = "list_changed"
    message = "The list has changed since it was shown. Look at the number again before you go on."


@transaction.atomic
def add_tag(*, agency: Agency, actor: User, name: str) -> Tag:
    """Make a tag. Raises TagKnown."""
    name = " ".join(name.split())
    if Tag.objects.filter(norm=name.lower()).exists():
        raise TagKnown
    made: Tag = Tag.objects.create(agency=agency, name=name)
    audit.record(actor=actor, verb="add tag", of=made, label=f"tag {made.pk}")
    return made


@transaction.atomic
def rename_tag(*, agency: Agency, actor: User, tag: Tag, name: str) -> Tag:
    """Call it otherwise, everywhere at once. Raises TagKnown."""
    name = " ".join(name.split())
    if Tag.objects.filter(norm=name.lower()).exclude(pk=tag.pk).exists():
        raise TagKnown
    tag.name = name
    tag.save(update_fields=["name"])
    audit.record(actor=actor, verb="rename tag", of=tag, label=f"tag {tag.pk}")
    return tag


@transaction.atomic
def retire_tag(*, agency: Agency, actor: User, tag: Tag) -> Tag:
    """It is given to nobody more; who has it keeps it."""
    tag.retired_at = tag.retired_at or timezone.now()
    tag.save(update_fields=["retired_at"])
    audit.record(actor=actor, verb="retire tag", of=tag, label=f"tag {tag.pk}")
    return tag


@transaction.atomic
def restore_tag(*, agency: Agency, actor: User, tag: Tag) -> Tag:
    """It may be given again."""
    tag.retired_at = None
    tag.save(update_fields=["retired_at"])
    audit.record(actor=actor, verb="take up tag again", of=tag, label=f"tag {tag.pk}")
    return tag


@transaction.atomic
def merge_tags(*, agency: Agency, actor: User, tag: Tag, into: Tag) -> Tag:
    """Whoever has `tag` has `into` from now, and `tag` is no more. Raises MergedIntoItself."""
    if tag.pk == into.pk:
        raise MergedIntoItself
    both = {
        each.pk for each in Tag.objects.select_for_update(of=("self",)).filter(pk__in=(tag.pk, into.pk)).order_by("pk")
    }
    if len(both) < 2:
        raise MergedIntoItself
    have = Tagging.objects.filter(tag=into).values("partner")
    moved = Tagging.objects.filter(tag=tag).exclude(partner__in=have).update(tag=into)
    Tagging.objects.filter(tag=tag).delete()
    changes = {"merged": tag.pk, "moved": moved}
    Tag.objects.filter(pk=tag.pk).delete()
    audit.record(actor=actor, verb="merge tags", of=into, label=f"tag {into.pk}", changes=changes)
    return into


@transaction.atomic
def give_tag(
    *, agency: Agency, actor: User, tag: Tag, partners: "QuerySet[Partner]", expected: int | None = None
) -> int:
    """Give a tag to all of these partners who have not got it; return to how many. `expected` is how many partners
    were shown. Raises TagRetired, ListChanged.
    """
    if tag.retired_at is not None:
        raise TagRetired
    ids = list(partners.filter(erased_at=None).order_by().values_list("pk", flat=True))
    if expected is not None and len(ids) != expected:
        raise ListChanged
    have = set(Tagging.objects.filter(tag=tag).values_list("partner", flat=True))
    rows = [Tagging(partner_id=pk, tag=tag, by=actor) for pk in ids if pk not in have]
    Tagging.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)
    audit.record(actor=actor, verb="give tag", of=tag, label=f"tag {tag.pk}", changes={"partners": len(rows)})
    return len(rows)


@transaction.atomic
def take_tag(*, agency: Agency, actor: User, tag: Tag, partner: Partner) -> None:
    """The partner has the tag no more."""
    gone, _each = Tagging.objects.filter(tag=tag, partner=partner).delete()
    if gone:
        changes = {"tag": tag.pk}
        audit.record(actor=actor, verb="take tag", of=partner, label=f"partner {partner.pk}", changes=changes)
