"""CAMT.053 bank statements (ISO 20022, any version): statements, entries and their details, read entry by entry so
that memory stays small. Document types are refused before.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from xml.etree.ElementTree import iterparse

from imports.reading.findings import NoTable
from imports.reading.markup import as_utf8, refuse_bad_xml

FORMAT = "camt.053"
_WORDS = (b"BkToCstmrStmt", b"camt.053")
_OTHER_REPORTS = {
    b"BkToCstmrAcctRpt": "a report of the day (CAMT.052)",
    b"BkToCstmrDbtCdtNtfctn": "a notification of bookings (CAMT.054)",
}


class CamtDetail(NamedTuple):
    """One TxDtls: texts as they stand, "" where they are not told. instructed: what the payer sent, before charges and
    conversion. charges: (amount, currency, direction) of each.
    """

    amount: str = ""
    currency: str = ""
    direction: str = ""
    end_to_end: str = ""
    reference: str = ""
    mandate: str = ""
    party: str = ""
    party_account: str = ""
    text: str = ""
    is_return: bool = False
    return_reason: str = ""
    instructed: str = ""
    instructed_currency: str = ""
    charges: tuple[tuple[str, str, str], ...] = ()


_DAYS = ("BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm")


@dataclass(frozen=True)
class CamtEntry:
    """One Ntry. `place` counts entries of the file from 1."""

    place: int
    amount: str
    currency: str
    direction: str
    status: str
    day: str
    is_reversal: bool
    text: str
    reference: str
    code: str
    details: tuple[CamtDetail, ...]
    charges: tuple[tuple[str, str, str], ...] = ()


@dataclass
class CamtStatement:
    """One Stmt. balances: code (OPBD, PRCD, CLBD …) -> (amount, currency, direction), the first of each code."""

    statement_id: str = ""
    account: str = ""
    currency: str = ""
    balances: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    entries: list[CamtEntry] = field(default_factory=list)


@dataclass(frozen=True)
class CamtFile:
    """version: the name of the message, like camt.053.001.08."""

    version: str
    statements: tuple[CamtStatement, ...]


def looks_like_camt(data: bytes) -> bool:
    """Whether the bytes begin as a CAMT.053 file does."""
    head = as_utf8(data[:4096])
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<") and any(word in head for word in _WORDS)


def refuse_other_report(data: bytes) -> None:
    """Raise FileRefused not_recognised for the messages of banks that look like a statement and prove nothing."""
    head = as_utf8(data[:4096])
    for word, name in _OTHER_REPORTS.items():
        if word in head and head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
            sentence = f"This is {name}, which has no balances that prove it. Ask the bank for the statement, CAMT.053."
            raise NoTable("not_recognised", sentence)


def read_camt(data: bytes) -> CamtFile:
    """Read a whole file. Raises FileRefused doctype, not_well_formed, not_recognised."""
    data = as_utf8(data)
    refuse_bad_xml(data)
    version, statements, place = FORMAT, [], 0
    statement = CamtStatement()
    for name, space, element in _ended(data):
        if name == "Ntry":
            place += 1
            statement.entries.append(entry_of(element, place))
            element.clear()
        elif name == "Bal":
            code = text_at(element, "Tp/CdOrPrtry/Cd") or text_at(element, "Tp/Cd")
            statement.balances.setdefault(code, balance_of(element))
        elif name == "Acct" and not statement.account:
            statement.account = "".join(text_at(element, "Id/IBAN").split()) or text_at(element, "Id/Othr/Id")
            statement.currency = text_at(element, "Ccy").upper()
        elif name == "Stmt":
            statement.statement_id = text_at(element, "Id")
            statements.append(statement)
            statement, version = CamtStatement(), space.rpartition(":")[2] or FORMAT
            element.clear()
    if not statements:
        raise NoTable("not_recognised", "There is no statement (BkToCstmrStmt/Stmt) in this file.")
    return CamtFile(version, tuple(statements))


def _ended(data: bytes) -> Iterator[tuple[str, str, Any]]:
    """(Name without namespace, namespace, element) of each statement, its account, balances and entries as they end.

    Elements inside an entry are left to it.
    """
    depth = 0
    for event, element in iterparse(io.BytesIO(data), ("start", "end")):  # noqa: S314 - no document type
        space, _, name = element.tag.removeprefix("{").rpartition("}")
        if name == "Ntry":
            depth += 1 if event == "start" else -1
        if event == "end" and (depth == 0 or name == "Ntry") and name in {"Ntry", "Bal", "Acct", "Stmt"}:
            yield name, space, element


def balance_of(element: Any) -> tuple[str, str, str]:
    """(Amount, currency, direction) of a balance."""
    amount, currency = amount_at(element, "Amt")
    return amount, currency, text_at(element, "CdtDbtInd")


def entry_of(element: Any, place: int) -> CamtEntry:
    """One entry with its details."""
    amount, currency = amount_at(element, "Amt")
    family = [
        text_at(element, path) for path in ("BkTxCd/Domn/Cd", "BkTxCd/Domn/Fmly/Cd", "BkTxCd/Domn/Fmly/SubFmlyCd")
    ]
    return CamtEntry(
        place=place,
        amount=amount,
        currency=currency,
        direction=text_at(element, "CdtDbtInd"),
        status=text_at(element, "Sts/Cd") or text_at(element, "Sts"),
        day=next(filter(None, (text_at(element, path)[:10] for path in _DAYS)), ""),
        is_reversal=text_at(element, "RvslInd").casefold() in {"true", "1"},
        text=text_at(element, "AddtlNtryInf"),
        reference=text_at(element, "AcctSvcrRef") or text_at(element, "NtryRef"),
        code="/".join(filter(None, family)) or text_at(element, "BkTxCd/Prtry/Cd"),
        details=tuple(detail_of(each, element) for each in all_at(element, "NtryDtls/TxDtls")),
        charges=charges_of(element),
    )


def detail_of(element: Any, entry: Any) -> CamtDetail:
    """One part of an entry."""
    amount, currency = amount_at(element, "Amt")
    if not amount:
        amount, currency = amount_at(element, "AmtDtls/TxAmt/Amt")
    instructed, instructed_currency = amount_at(element, "AmtDtls/InstdAmt/Amt")
    side = side_of(element, entry)
    return CamtDetail(
        amount=amount,
        currency=currency,
        direction=text_at(element, "CdtDbtInd"),
        end_to_end=text_at(element, "Refs/EndToEndId"),
        reference=text_at(element, "Refs/AcctSvcrRef") or text_at(element, "Refs/TxId"),
        mandate=text_at(element, "Refs/MndtId") or text_at(element, "Refs/MntId"),
        party=party_of(element, side),
        party_account=text_at(element, f"RltdPties/{side}Acct/Id/IBAN")
        or text_at(element, f"RltdPties/{side}Acct/Id/Othr/Id"),
        text=remittance_of(element),
        is_return=first_at(element, "RtrInf") is not None,
        return_reason=text_at(element, "RtrInf/Rsn/Cd") or text_at(element, "RtrInf/Rsn/Prtry"),
        instructed=instructed,
        instructed_currency=instructed_currency,
        charges=charges_of(element),
    )


def side_of(element: Any, entry: Any) -> str:
    """Who is the other one: of money that came in the debtor, of money that went out the creditor. What is taken back
    keeps the sides of what it takes back. Where only one of the two is told, that one.
    """
    came_in = (text_at(element, "CdtDbtInd") or text_at(entry, "CdtDbtInd")) == "CRDT"
    is_reversal = text_at(entry, "RvslInd").casefold() in {"true", "1"}
    if is_reversal or first_at(element, "RtrInf") is not None:
        came_in = not came_in
    sides = ("Dbtr", "Cdtr") if came_in else ("Cdtr", "Dbtr")
    return next((side for side in sides if name_at(element, side)), sides[0])


def name_at(element: Any, side: str) -> str:
    """The name of a party, of older and newer versions."""
    names = (f"RltdPties/{side}/Nm", f"RltdPties/{side}/Pty/Nm", f"RltdPties/{side}/Agt/FinInstnId/Nm")
    return next(filter(None, (text_at(element, path) for path in names)), "")


def party_of(element: Any, side: str) -> str:
    """The other one, and in whose place, where somebody paid or was paid for another."""
    name, ultimate = name_at(element, side), name_at(element, f"Ultmt{side}")
    return f"{name} ({ultimate})" if name and ultimate and ultimate != name else name or ultimate


def charges_of(element: Any) -> tuple[tuple[str, str, str], ...]:
    """(Amount, currency, direction) of each charge, as older and newer versions tell them."""
    told = all_at(element, "Chrgs/Rcrd") or all_at(element, "Chrgs")
    return tuple((*amount_at(each, "Amt"), text_at(each, "CdtDbtInd")) for each in told if amount_at(each, "Amt")[0])


def remittance_of(element: Any) -> str:
    """What the payer wrote, and the reference that the creditor asked for where it does not say so already."""
    parts = [
        (each.text or "").strip()
        for path in ("RmtInf/Ustrd", "RmtInf/Strd/CdtrRefInf/Ref", "RmtInf/Strd/AddtlRmtInf")
        for each in all_at(element, path)
    ]
    free = ""
    for part in parts:
        free = f"{free} {part}".strip() if part not in free else free
    return free or text_at(element, "AddtlTxInf")


def all_at(element: Any, path: str) -> list[Any]:
    """Every element at a path of names, whatever their namespace."""
    found = [element]
    for name in path.split("/"):
        found = [child for each in found for child in each if child.tag.rpartition("}")[2] == name]
    return found


def first_at(element: Any, path: str) -> Any:
    return next(iter(all_at(element, path)), None)


def text_at(element: Any, path: str) -> str:
    """The text at a path, "" where it is not there."""
    found = first_at(element, path)
    return (found.text or "").strip() if found is not None else ""


def amount_at(element: Any, path: str) -> tuple[str, str]:
    """(Amount, currency) at a path."""
    found = first_at(element, path)
    return ((found.text or "").strip(), found.get("Ccy", "").upper()) if found is not None else ("", "")
