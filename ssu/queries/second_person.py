"""Whether somebody may be the second of two people: one rule for claims, goals, discretion, words, budgets, letters."""

from collections.abc import Iterable

from django.db.models import Q

from accounts.queries import mailbox_readers
from agencies.models.written import Written
from ssu.models import Worker


def is_another_person(actor_id: int, *others: int | None) -> bool:
    """Whether a person who signs in counts as another beside these: none of them, and not the spouse of any. A married
    couple counts as one person. Two queries.
    """
    return actor_id not in others and not family_of(actor_id) & set(others)


def is_no_author(actor_id: int, row: Written) -> bool:
    """Whether a person who signs in may agree to a row as far as its authors go. Two queries."""
    return is_another_person(actor_id, *row.authors)


def families_of(user_ids: Iterable[int]) -> frozenset[int]:
    """These people and their spouses: those who are no second person beside them. Two queries for each."""
    return frozenset().union(*(family_of(pk) for pk in user_ids))


def family_of(user_id: int) -> frozenset[int]:
    """A person and their spouse, as either of their records says, or as reading one mailbox tells (ADR 12). A record
    may be missing, and may be changed by one of the two; the mailbox is what the product itself knows.
    """
    forth = Q(membership__user=user_id, spouse__membership__user__isnull=False)
    back = Q(spouse__membership__user=user_id, membership__user__isnull=False)
    pairs = Worker.objects.filter(forth | back).values_list("membership__user", "spouse__membership__user")
    return mailbox_readers(user_id).union(*pairs)
