"""The formats that can be imported, by name, and how a single table shows which one it is in."""

from imports.reading.delimited import Table, column_key
from imports.reading.findings import FileRefused
from partners.imports.formats import donorhub, mpdx
from partners.imports.formats.civicrm import CONTRIBUTIONS
from partners.imports.formats.commitments import COMMITMENTS
from partners.imports.formats.datasync import DATASYNC
from partners.imports.formats.generic import GENERIC_GIFTS, GENERIC_PARTNERS, SPREADSHEET_GIFTS
from partners.imports.formats.giving_fund import GIVING_FUND
from partners.imports.formats.npsp import DATA_IMPORT
from partners.imports.formats.npsp_recurring import RECURRING
from partners.imports.formats.paypal import ACTIVITY
from partners.imports.formats.stripe import PAYOUTS
from partners.imports.formats.tnt_contacts import CONTACTS
from partners.imports.formats.tnt_xml import TNT_XML
from partners.imports.layouts import Layout, names_of
from partners.imports.statements import FORMATS as STATEMENTS

_FEWEST_KNOWN = 3
"""A header that shares fewer columns with a format is not taken for it, unless it has all that the format needs."""

_AMOUNTS = frozenset(map(column_key, ("amount", "gift amount", "donation amount", "total amount", "gift", "donation")))
"""What a list of partners never has: such a file is of gifts, and a person says which column holds their days."""
_OWN = (GENERIC_GIFTS, GENERIC_PARTNERS, SPREADSHEET_GIFTS)
_OTHERS = (COMMITMENTS, CONTACTS, DATA_IMPORT, RECURRING, CONTRIBUTIONS, PAYOUTS, ACTIVITY, GIVING_FUND)
TABLE_LAYOUTS = {layout.name: layout for layout in (*_OWN, *_OTHERS)} | {**donorhub.LAYOUTS, **mpdx.LAYOUTS}
FORMATS = (DATASYNC, TNT_XML, *TABLE_LAYOUTS, *STATEMENTS)
"""The names that `--format` takes, beside "auto"."""


def recognise(table: Table) -> Layout:
    """Say which format a single table is in: the layout that knows most of its columns. Raises not_recognised."""
    keys = {column_key(name) for name in table.columns if name}
    scores = [
        (_columns_known(layout, keys), layout)
        for layout in TABLE_LAYOUTS.values()
        if any(not keys.isdisjoint(names_of(layout, fact)) for fact in layout.told_by)
    ]
    score, layout = max(scores, key=lambda pair: pair[0], default=(0, None))
    if layout is None:
        raise FileRefused("not_recognised")
    has_needed = all(not keys.isdisjoint(names_of(layout, fact)) for fact in layout.needed)
    if score < _FEWEST_KNOWN and not has_needed:
        raise FileRefused("not_recognised")
    if layout is GENERIC_PARTNERS and keys & _AMOUNTS:
        raise FileRefused("not_recognised")
    return layout


def _columns_known(layout: Layout, keys: set[str]) -> int:
    """How many of these columns the format knows."""
    facts = sum(not keys.isdisjoint(names_of(layout, fact)) for fact in layout.columns)
    return facts + len(keys & layout.known)
