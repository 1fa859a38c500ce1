"""What a person changes about themselves, accounts that share a mailbox, and sealing second factors anew when their
key is changed.
"""

import secrets
from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.text import slugify

from accounts.models import User
from accounts.sealing import sealed_anew


@transaction.atomic
def update_profile(*, actor: User, name: str, theme: str) -> User:
    """Change one's own name and theme; the caller has checked both."""
    person = User.objects.select_for_update().get(pk=actor.pk)
    person.name, person.theme = name, theme
    person.save(update_fields=["name", "theme"])
    return person


SEALED = frozenset({"secret", "seed"})
"""What of a second factor is sealed; `migrated_codes` of allauth is a list of such texts."""


_others: list[Callable[[], int]] = []


def reseal_also(work: Callable[[], int]) -> None:
    """An app above seals its own secrets anew when the key is changed: `work()` returns how many."""
    if work not in _others:
        _others.append(work)


def reseal_others() -> int:
    """Seal the secrets of the apps above under the first key; return how many. Raises CannotOpen."""
    return sum(work() for work in _others)


@transaction.atomic
def reseal_second_factors() -> int:
    """Seal all second factors under the first key, so that the others can go; return how many. Raises CannotOpen, and
    then nothing is changed.
    """
    found = list(Authenticator.objects.select_for_update().order_by("pk"))
    for each in found:
        each.data = {name: resealed(name, value) for name, value in each.data.items()}
        each.save(update_fields=["data"])
    return len(found)


def resealed(name: str, value: Any) -> Any:
    """One value of a second factor under the first key."""
    if name == "migrated_codes":
        return [sealed_anew(code) for code in value]
    return sealed_anew(value) if name in SEALED else value


def new_sign_in_name(name: str) -> str:
    """A name to sign in with that nobody has: the person's own, and four digits. It is given, not chosen, so that
    nobody learns which names are taken.
    """
    word = slugify(name).replace("-", ".")[:40].strip(".") or "person"
    while True:
        made = f"{word}.{secrets.randbelow(9000) + 1000}"
        if not User.objects.filter(sign_in_name=made).exists():
            return made


@transaction.atomic
def share_mailbox(*, email: str, sign_in_name: str, name: str, password: str) -> User:
    """An account of its own for whoever reads the mailbox of another account, their spouse's; `password` is hashed.

    The caller has seen that the person holds a link that went to the address.
    """
    owner = User.objects.select_for_update().get(email=email)
    made: User = User.objects.create(
        email=None, mailbox=owner, shared_with=owner, sign_in_name=sign_in_name, name=name, password=password
    )
    return made


@transaction.atomic
def hand_over_mailbox(*, owner: User, address: str) -> User | None:
    """Whoever shared an address has it for their own once its owner signs in by another: mails and password resets of
    one must never follow the other. Return that person; None where nobody shared it.
    """
    sharers = list(User.objects.select_for_update().filter(mailbox=owner).order_by("pk"))
    if not sharers:
        return None
    heir, *others = sharers
    EmailAddress.objects.filter(user=heir, email=address).delete()
    EmailAddress.objects.filter(user=owner, email=address).update(user=heir, verified=True, primary=True)
    heir.email = address
    heir.save(update_fields=["email"])
    User.objects.filter(pk__in=[other.pk for other in others]).update(mailbox=heir)
    return heir
