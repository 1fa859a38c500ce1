"""The people of the demo, one sign-in per role."""

from dataclasses import dataclass
from functools import cache

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from accounts.models import User
from agencies.demo import PARTS
from agencies.models import Role

PASSWORD = "walk the second mile"  # noqa: S105 - printed for everybody; demo people are refused outside development
DOMAIN = "harbor-light.example"


@dataclass(frozen=True)
class Cast:
    """Somebody of the demo and the role that they show."""

    email: str
    name: str
    role: str


HARBOR = (
    Cast(f"alice@{DOMAIN}", "Alice Warren", Role.ADMINISTRATOR),
    Cast(f"stan@{DOMAIN}", "Stan Ferry", Role.STAFF),
    Cast(f"fiona@{DOMAIN}", "Fiona Ledger", Role.FINANCE),
    Cast(f"dan@{DOMAIN}", "Dan Boardman", Role.BOARD),
    Cast(f"bob@{DOMAIN}", "Bob Rivers", Role.LEADER),
    Cast(f"mia@{DOMAIN}", "Mia Brooks", Role.MEMBER),
    Cast(f"carl@{DOMAIN}", "Carl Mentor", Role.COACH),
)


def person(email: str, name: str) -> User:
    """A person who can sign in with the demo's password; the same one when called again."""
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, name=name, is_demo=True)
        user.password = hashed_password()
        user.save(update_fields=["password"])
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


@cache
def hashed_password() -> str:
    """The demo's password, hashed once for everybody: it is no secret, and each hash takes a fifth of a second."""
    return make_password(PASSWORD)


def sign_ins() -> list[tuple[str, str]]:
    """(e-mail, role) of every demo person, in the order to try them."""
    roles = [(each.email, str(Role(each.role).label)) for each in HARBOR]
    return roles + [sign_in for part in PARTS for sign_in in part.sign_ins]
