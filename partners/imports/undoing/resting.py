"""Whether anything rests on a partner, a giving unit or a commitment that an import made. Asked of every foreign key
that there is, also of those that apps above will add.
"""

from django.db.models import Field, ForeignObjectRel, Model

from partners.models import (
    Address,
    Commitment,
    EmailAddress,
    ExternalId,
    Gift,
    GivingUnit,
    ImportMatch,
    Partner,
    Phone,
    Stage,
    Tag,
    Tagging,
)

PARTS = (EmailAddress, Phone, Address, ExternalId, ImportMatch)
"""What belongs to a partner and goes with it. One that a person added stands in the audit trail."""


BROUGHT = (*PARTS, Tagging)
"""What goes with a partner on whom nothing rests."""


def free_tag(alias: str) -> str:
    """The condition that nobody has a word that the import brought, and no person touched it."""
    return f"{alias}.import_run_id = %(run)s AND {untouched(Tag, alias)}{unnamed(Tag, alias)}"


def free_commitment(alias: str) -> str:
    """The condition that a commitment of the import is as it came."""
    return f"{alias}.import_run_id = %(run)s AND {untouched(Commitment, alias)}{unnamed(Commitment, alias)}"


def free_partner(alias: str) -> str:
    """The condition that a partner of the import is as it came, and nothing but this import knows of it."""
    gifts = " AND {row}.import_id IS DISTINCT FROM %(run)s"
    promised = f" AND NOT ({free_commitment('{row}')})"
    of_unit = unnamed(GivingUnit, "u", {Gift: gifts, Commitment: promised})
    given = " AND {row}.by_id IS NOT NULL"  # by a person
    staged = " AND NOT ({row}.import_run_id IS NOT DISTINCT FROM %(run)s AND {row}.left_at IS NULL)"
    but: dict[type[Model], str] = {Gift: gifts, Tagging: given, Stage: staged}
    of_partner = unnamed(Partner, alias, but, (*PARTS, GivingUnit))
    units = (
        f" AND NOT EXISTS (SELECT FROM partners_givingunit u WHERE u.agency_id = {alias}.agency_id "
        f"AND u.partner_id = {alias}.id AND NOT (true{of_unit}))"
    )
    return f"{alias}.import_run_id = %(run)s AND {untouched(Partner, alias)}{of_partner}{units}"


def untouched(model: type[Model], alias: str) -> str:
    """The condition that no person did anything to a row."""
    return (
        f"NOT EXISTS (SELECT FROM agencies_auditentry a WHERE a.agency_id = {alias}.agency_id "
        f"AND a.kind = '{model._meta.label_lower}' AND a.object_id = {alias}.id)"
    )


def unnamed(
    model: type[Model], alias: str, but: dict[type[Model], str] | None = None, parts: tuple[type[Model], ...] = ()
) -> str:
    """The condition that no row names a row of the model: AND NOT EXISTS … for each key that points to it. `but` adds
    to the condition of a model, in which "{row}" is its row; `parts` are not asked.
    """
    asked = []
    for number, key in enumerate(keys_to(model)):
        if key.model not in parts:
            row = f"{alias}_{number}"
            extra = (but or {}).get(key.model, "").replace("{row}", row)
            asked.append(
                f" AND NOT EXISTS (SELECT FROM {key.model._meta.db_table} {row} "
                f"WHERE {row}.agency_id = {alias}.agency_id AND {row}.{key.column} = {alias}.id{extra})"
            )
    return "".join(asked)


def keys_to(model: type[Model]) -> list[Field]:  # type: ignore[type-arg]
    """Every foreign key to a model, by table and column."""
    found = [
        relation.field
        for relation in model._meta.get_fields(include_hidden=True)
        if isinstance(relation, ForeignObjectRel) and relation.field.concrete
    ]
    return sorted(found, key=lambda key: (key.model._meta.db_table, str(key.column)))
