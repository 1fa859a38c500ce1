"""What the columns of a file of expenses hold."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Agency


def brought_in_words(*, new: int, there: int) -> str:
    """What a file of expenses came to: how many were posted, and how many stood there already."""
    posted = ngettext("%(count)s posted", "%(count)s posted", new) % {"count": new}
    stood = ngettext("%(count)s was there already", "%(count)s were there already", there) % {"count": there}
    return f"{posted}, {stood}" if there else posted


def column_facts(agency: Agency) -> list[dict[str, str]]:
    """Each column in a sentence, in the order of the template."""
    words = [
        ("date", _("The day on which it was paid, like 2026-03-14. Needed.")),
        ("designation", _("The code of the designation. Needed.")),
        ("category", _("The name or code of a category of expenses. Needed.")),
        ("amount", _("Above zero, like 1240.00. Needed.")),
        ("currency", _("Like USD; without one it is %(currency)s.") % {"currency": agency.base_currency}),
        ("paid_from", _("Name or code of a deposit account; without one the main account.")),
        ("payee, description, reference", _("Who was paid, what for, and the number of the receipt.")),
        ("id", _("The number of the expense where it comes from. One number is posted once.")),
    ]
    return [{"label": label, "value": value} for label, value in words]
