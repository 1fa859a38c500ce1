"""What a person changes about themselves."""

from django.db import transaction

from accounts.models import User


@transaction.atomic
def update_profile(*, actor: User, name: str, theme: str) -> User:
    """Change one's own name and theme; the caller has checked both."""
    person = User.objects.select_for_update().get(pk=actor.pk)
    person.name, person.theme = name, theme
    person.save(update_fields=["name", "theme"])
    return person
