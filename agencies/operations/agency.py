"""Beginning an agency."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from accounts.models import User
from agencies import audit
from agencies.lookups import agency_by_slug
from agencies.models import Agency
from agencies.scope import Scope, enter
from core.errors import Refused


class SlugTaken(Refused):
    """Another agency has this address."""

    code = "slug_taken"
    field = "slug"
    message = "This address is taken. Choose another one."


class AgencyInvalid(Refused):
    """A field of the agency does not fit."""

    code = "invalid"
    status = 422


@transaction.atomic
def create_agency(*, actor: User | None, slug: str, name: str, **fields: Any) -> Agency:
    """Make an agency and enter its scope. Raises SlugTaken, or AgencyInvalid naming the field."""
    if agency_by_slug(slug) is not None:
        raise SlugTaken
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('agencies_agency_id_seq')")
        new_id = cursor.fetchone()[0]
    enter(Scope(agency_id=new_id))
    agency = Agency(pk=new_id, slug=slug, name=name, **fields)
    try:
        agency.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        raise AgencyInvalid("; ".join(f"{name}: {' '.join(texts)}" for name, texts in error.message_dict.items())) from error
    agency.save(force_insert=True)
    audit.record(actor=actor, verb="create agency", of=agency, label=name)
    return agency
