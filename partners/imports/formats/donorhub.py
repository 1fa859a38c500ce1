"""DonorHub and other DataServers: their answers as CSV, with the column names of DataSync."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from partners.imports.context import Context
from partners.imports.formats.datasync import DATASYNC_DONORS, DATASYNC_GIFTS
from partners.imports.layouts import Cells, Layout, keys_of

DONATIONS = replace(DATASYNC_GIFTS, name="donorhub_donations")
ADDRESSES = replace(
    DATASYNC_DONORS, name="donorhub_addresses", told_by=frozenset({"address1", "person_type", "last_name", "city"})
)


def _profiles(rows: Iterable[Cells], context: Context) -> dict[str, Any]:
    codes = [row.text("code") for row in rows]
    return {"unknown_designations": sorted({code for code in codes if code and code not in context.designations})}


PROFILES = Layout(
    "donorhub_profiles",
    "rows",
    {"code": "PROFILE_CODE", "description": "PROFILE_DESCRIPTION"},
    needed=("code",),
    told_by=frozenset({"code"}),
    also={"code": ("ROLE_CODE",), "description": ("ROLE_DESCRIPTION",)},
    tells=_profiles,
)


def _balance(rows: Iterable[Cells], context: Context) -> dict[str, Any]:
    """One answer may be about several designations, whose codes and names then stand in one cell each."""
    told: dict[str, Any] = {"designations": [], "names": [], "balance": "", "as_of": ""}
    for row in rows:
        told["designations"] += parts_of(row.text("code"), ",;")
        told["names"] += parts_of(row.text("name"), "")
        told["balance"] = row.text("amount").replace(",", "").replace("$", "")
        told["as_of"] = row.text("day").split(" ")[0]
    return told


def parts_of(text: str, signs: str) -> list[str]:
    r"""The parts of a list in one cell, between lines (also written \n) and the given signs."""
    return [part.strip() for part in re.split(rf"\\n|[\r\n{re.escape(signs)}]", text) if part.strip()]


BALANCE = Layout(
    "donorhub_balance",
    "rows",
    {"code": "EMPLID", "day": "EFFDT", "amount": "BALANCE", "name": "ACCT_NAME"},
    needed=("code", "amount"),
    told_by=frozenset({"code"}),
    known=keys_of("DESIGNATION"),
    tells=_balance,
)

LAYOUTS: Mapping[str, Layout] = {each.name: each for each in (DONATIONS, ADDRESSES, PROFILES, BALANCE)}
