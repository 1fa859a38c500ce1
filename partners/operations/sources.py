"""What the importer knows files by: the source of gifts and partner numbers, and the code of the agency's own files."""

from collections.abc import Collection

from agencies.models import Agency
from core.errors import Refused
from partners.models import ExternalId, Gift

KNOWN_BY = ("default_source", "organization_code")


class SourceInUse(Refused):
    """A gift is known again by its source and number; under another source the same file would bring it again."""

    code = "source_in_use"

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(
            "Gifts or partner numbers came in under the present source of gifts, so the source and the code stay: the "
            "same file would be taken for new gifts."
        )


def keep_source(agency: Agency, changed: Collection[str]) -> None:
    """Judge a change of the agency's settings (`changed` names them). Raises SourceInUse."""
    field = next((name for name in KNOWN_BY if name in changed), None)
    known = (rows.objects.filter(source=agency.default_source) for rows in (Gift, ExternalId))
    if field and any(found.exists() for found in known):
        raise SourceInUse(field)
