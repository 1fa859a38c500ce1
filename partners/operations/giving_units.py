"""Whom a receipt addresses, and how often."""

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from partners.models import GivingUnit
from partners.operations.erased import refuse_erased


class GiverUnnamed(Refused):
    """A receipt addresses somebody."""

    code = "giver_unnamed"
    field = "name"
    message = "Enter the name that receipts address."


class NobodysReceipt(Refused):
    """Who gave unidentified gets no receipt."""

    code = "nobodys_receipt"
    message = "These gifts wait for a giver. Nobody can be addressed before the giver is known."


@transaction.atomic
def change_giving_unit(*, agency: Agency, actor: User, giving_unit: GivingUnit, name: str, receipts: str) -> GivingUnit:
    """From now receipts address this name, this often; those made already stay as they are. A name that is not the
    partner's own does not follow the partner's any more. Raises GiverUnnamed, NobodysReceipt.
    """
    found: GivingUnit = GivingUnit.objects.select_for_update(of=("self",)).get(pk=giving_unit.pk)
    if found.is_unidentified:
        raise NobodysReceipt
    refuse_erased(found.partner)
    if not (name := name.strip()):
        raise GiverUnnamed
    changes = {"receipts": [found.receipts, receipts], "renamed": found.name != name}
    found.name, found.receipts = name, receipts
    found.save(update_fields=["name", "receipts"])
    audit.record(actor=actor, verb="change giving unit", of=found, label=f"giving unit {found.pk}", changes=changes)
    return found
