"""How a program says who it is: `Authorization: Bearer yk_…`."""

import hmac
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.models import User
from agencies.key_text import digest_of, sign_of
from agencies.lookups import agency_by_slug
from agencies.models import Agency, ApiKey
from agencies.operations.api_keys import key_used
from agencies.scope import Scope, enter

SCHEME = "bearer"


class KeyAuthentication(BaseAuthentication):
    """A key of the agency in the address. A key that is unknown, ended, out of date, of another agency or of somebody
    who left is answered alike: 401.
    """

    def authenticate(self, request: Request) -> tuple[User, ApiKey] | None:
        scheme, _space, text = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() != SCHEME:
            return None
        parser: Any = request.parser_context
        key = working_key(parser["kwargs"].get("agency", ""), text.strip())
        if key is None or not key.membership.user.is_active:
            raise AuthenticationFailed(_("This key opens nothing here: it is unknown, ended, or out of date."))
        key_used(key)
        return key.membership.user, key

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


def working_key(slug: str, text: str) -> ApiKey | None:
    """The key of this text in the agency of this slug, if it works today. Sets the scope, to find it."""
    sign = sign_of(text)
    agency_id = agency_by_slug(slug) if sign else None
    if agency_id is None:
        return None
    enter(Scope(agency_id=agency_id))
    today = Agency.objects.get(pk=agency_id).today()
    found = ApiKey.objects.working(today).select_related("membership__user", "agency").filter(sign=sign).first()
    return found if found is not None and hmac.compare_digest(found.sha256, digest_of(text)) else None


class KeyInSchema(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How it stands in the schema."""

    target_class = KeyAuthentication
    name = "key"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": SCHEME, "description": "A key made in the settings of the agency."}
