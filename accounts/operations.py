"""What a person changes about themselves, and sealing second factors anew when their key is changed."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

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
