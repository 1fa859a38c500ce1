"""What an erasure would take, leave and be stopped by."""

from collections.abc import Collection

from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Agency
from imports.models import ImportRun
from jobs.operations.forgetting import running
from partners import erasing
from partners.erasing import Hold, Kept, Marks
from partners.job_kinds import LIST_JOB, REPORT_JOB
from partners.models import (
    Address,
    BatchRow,
    Commitment,
    Contact,
    EmailAddress,
    ExternalId,
    FollowUp,
    Gift,
    GiftBatch,
    GiftLine,
    GivingUnit,
    Holder,
    ImportMatch,
    Partner,
    Phone,
    Relation,
    Tagging,
    Undertaking,
)

LEAST_DIGITS = 7
PEOPLE = frozenset({Partner.Kind.PERSON, Partner.Kind.HOUSEHOLD})
BUSY = frozenset({ImportRun.State.APPLYING, ImportRun.State.UNDOING})


def records_of(partner: Partner) -> list[Partner]:
    """The record and those that were merged into it: they are one person."""
    found = Partner.objects.filter(Q(pk=partner.pk) | Q(merged_into=partner.pk))
    return list(found.order_by("pk"))


def marks_of(records: Collection[Partner]) -> Marks:
    """By what these records are found elsewhere. Seven queries."""
    ids = tuple(each.pk for each in records)
    units = list(GivingUnit.objects.filter(partner__in=ids).values_list("pk", "name"))
    emails = set(EmailAddress.objects.filter(partner__in=ids).values_list("norm", flat=True))
    shared = EmailAddress.objects.filter(norm__in=emails, not_valid_since=None).exclude(partner__in=ids)
    phones = list(Phone.objects.filter(partner__in=ids).values_list("digits", flat=True))
    others = Phone.objects.filter(digits__in=phones, not_valid_since=None).exclude(partner__in=ids)
    theirs = set(others.values_list("digits", flat=True))
    return Marks(
        partner_ids=ids,
        giving_unit_ids=tuple(pk for pk, _name in units),
        names=own_names(records, [name for _pk, name in units]),
        emails=tuple(sorted(emails)),
        own_emails=tuple(sorted(emails - set(shared.values_list("norm", flat=True)))),
        phones=tuple(sorted({each for each in phones if len(each) >= LEAST_DIGITS} - theirs)),
        numbers=tuple(ExternalId.objects.filter(partner__in=ids).values_list("source", "norm")),
    )


def own_names(records: Collection[Partner], unit_names: Collection[str]) -> tuple[str, ...]:
    """The full names of these people that nobody else has. What an organization is called stands in the words of others
    for good reasons, and is no name of a person.
    """
    people = [each for each in records if each.kind in PEOPLE]
    said = {name for each in people for name in names_of(each)}
    said |= set(full(unit_names)) if people else set()
    taken = Partner.objects.exclude(pk__in=[each.pk for each in records]).annotate(plain=Lower("name"))
    return tuple(sorted(said - set(taken.filter(plain__in=said).values_list("plain", flat=True))))


def names_of(partner: Partner) -> list[str]:
    """The full names that a record has, in small letters."""
    last = partner.last_name
    return full(
        [
            partner.name,
            partner.sort_name,
            partner.roman_name,
            partner.organization,
            f"{partner.first_name} {last}" if partner.first_name else "",
            f"{last} {partner.first_name}" if partner.first_name else "",
            f"{partner.spouse_first_name} {partner.spouse_last_name or last}" if partner.spouse_first_name else "",
        ]
    )


def full(names: Collection[str]) -> list[str]:
    """Those of two words at least: one word alone stands in many texts."""
    return [name.strip().lower() for name in names if len(name.split()) > 1]


def holds_of(agency: Agency, marks: Marks) -> list[Hold]:
    """What must be settled first, each with the page where it is. Three queries and those of the apps above."""
    rows = BatchRow.objects.standing().filter(batch__state=GiftBatch.State.OPEN)
    theirs = rows.filter(Q(giving_unit__in=marks.giving_unit_ids) | Q(soft_partner__in=marks.partner_ids))
    batches = theirs.order_by("batch").values_list("batch", "batch__number").distinct()
    found = [
        Hold(
            _("Batch %(number)s is open and has a gift of this partner. Post it, or take the gift out.")
            % {"number": number},
            reverse("batch", args=[agency.slug, pk]),
        )
        for pk, number in batches
    ]
    for pk in ImportRun.objects.filter(state__in=BUSY).order_by("pk").values_list("pk", flat=True):
        words = _("Import %(number)s is under way. Wait until it is done.") % {"number": pk}
        found.append(Hold(words, reverse("import", args=[agency.slug, pk])))
    for pk in running((LIST_JOB, REPORT_JOB)):
        words = _("A list is being written as a file. Wait until it is done.")
        found.append(Hold(words, reverse("job", args=[agency.slug, pk])))
    for part in erasing.parts():
        found += part.holds(agency, marks)
    return found


def goes_of(marks: Marks) -> list[tuple[str, int]]:
    """What goes, with how many there are; what there is none of is left out."""
    of, units = {"partner__in": marks.partner_ids}, {"giving_unit__in": marks.giving_unit_ids}
    either = Q(partner__in=marks.partner_ids) | Q(other__in=marks.partner_ids)
    promised = Commitment.objects.filter(**units).filter(ends_on=None)
    found = [
        (_("Records with names, notes, church, language"), len(marks.partner_ids)),
        (_("E-mail addresses"), EmailAddress.objects.filter(**of).count()),
        (_("Telephones"), Phone.objects.filter(**of).count()),
        (_("Postal addresses, former ones too"), Address.objects.filter(**of).count()),
        (_("Notes of contacts"), Contact.objects.filter(**of).count()),
        (_("Follow-ups: open ones are closed, all lose their words"), FollowUp.objects.filter(**of).count()),
        (_("Who cares for the partner: ended"), Holder.objects.standing().filter(**of).count()),
        (_("Praying and promoting: ended"), Undertaking.objects.standing().filter(**of).count()),
        (_("Relations: ended"), Relation.objects.standing().filter(either).count()),
        (_("Tags"), Tagging.objects.filter(**of).count()),
        (_("Commitments that run: ended today"), promised.count()),
        (_("What the giver wrote to gifts"), GiftLine.objects.filter(words_of(marks)).count()),
        (_("What files said of the partner"), ImportMatch.objects.filter(**of).count()),
    ]
    for part in erasing.parts():
        found += part.goes(marks)
    return [(label, count) for label, count in found if count]


def words_of(marks: Marks) -> Q:
    return Q(gift__giving_unit__in=marks.giving_unit_ids) & ~Q(intent="")


def stays_of(agency: Agency, marks: Marks) -> list[Kept]:
    """What stays, and why."""
    units = {"giving_unit__in": marks.giving_unit_ids}
    books = _("The law on accounting asks for it. It stands beside “Erased partner”.")
    found = [
        Kept(_("Gifts with amount, day, designation and number"), Gift.objects.filter(**units).count(), books),
        Kept(
            _("Commitments with their amounts and days"),
            Commitment.objects.filter(**units).count(),
            _("Figures of past months stay true. No name stands beside them."),
        ),
        Kept(
            _("Numbers by which other systems know the partner"),
            len(marks.numbers),
            _("So that an old file does not bring the person back."),
        ),
    ]
    for part in erasing.parts():
        found += part.stays(agency, marks)
    return [each for each in found if each.count]
