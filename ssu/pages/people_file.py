"""What the columns of a file of people hold, and the way to it."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models.people import AGENCY_ROLES, UNIT_ROLES
from ssu.models import Discretion
from ssu.pages.parts import Fact
from ssu.people_rows import COLUMNS


def columns() -> list[Fact]:
    """Each column with what to write into it."""
    agency_roles = ", ".join(role.value for role in AGENCY_ROLES)
    unit_roles = ", ".join(role.value for role in UNIT_ROLES)
    said = {
        "name": _(
            "As colleagues write it. Needed. Whoever of this name serves in the unit already, without a sign-in, is "
            "this person; of several, the one who joined on the day."
        ),
        "email": _("Only for who shall sign in. Spouses may share one."),
        "agency_roles": _("Several with ; between: %(roles)s.") % {"roles": agency_roles},
        "unit": _("The code of the unit in which the person serves."),
        "unit_role": _("One of: %(roles)s.") % {"roles": unit_roles},
        "joined_on": _("Day as YYYY-MM-DD. Needed with a unit."),
        "left_on": _("Day as YYYY-MM-DD, when the service ended or will end."),
        "spouse": _("Row, e-mail address or support account of the spouse in this file. One of the two is enough."),
        "discretion": _("One of: %(levels)s. Empty is open.") % {"levels": ", ".join(Discretion.values)},
        "alias": _("What others call a closed person."),
        "support_account": _("Number of the legacy support account. It finds the person again in the next file."),
    }
    return [Fact(name, said[name]) for name in COLUMNS]


def brought_in_words(counts: Mapping[str, int], people: int) -> str:
    """What a file of people came to, in a sentence; `counts` are those of `Brought`."""
    said = [
        ngettext("%(count)s person added", "%(count)s people added", counts["added"]) % {"count": counts["added"]},
        ngettext("%(count)s changed", "%(count)s changed", counts["changed"]) % {"count": counts["changed"]},
        ngettext("%(count)s service", "%(count)s services", counts["services"]) % {"count": counts["services"]},
        ngettext("%(count)s couple", "%(count)s couples", counts["couples"]) % {"count": counts["couples"]},
        ngettext("%(count)s invitation held", "%(count)s invitations held", counts["invitations"])
        % {"count": counts["invitations"]},
    ]
    came = [words for words, count in zip(said, counts.values(), strict=True) if count]
    nothing = ngettext("nothing changed: the one was here", "nothing changed: all %(count)s were here", people)
    return ", ".join(came) or nothing % {"count": people}


def people_file_link(request: Any, **context: Any) -> str:
    """The line in the menu of the page of people."""
    return render_to_string("ssu/_people_file_link.html", {}, request)
