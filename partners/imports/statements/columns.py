"""What banks call the columns of their CSV files, in English, German, French, Spanish and Dutch."""

import re

from imports.reading.delimited import column_key

_WORDS: dict[str, tuple[str, ...]] = {
    "date": (
        *("date", "posting date", "posted date", "post date", "booking date", "date posted", "transaction date"),
        *("buchungstag", "buchungsdatum", "buchung", "datum", "boekdatum", "date de comptabilisation", "fecha"),
        *("date opération", "date comptable", "fecha operación", "date de l'opération", "data operazione"),
        *("data operacji", "bokföringsdatum", "bogføringsdato", "bokført dato", "kirjauspäivä", "data contabile"),
    ),
    "value_date": (
        "value date",
        "valuta",
        "valutadatum",
        "wertstellung",
        "date de valeur",
        "fecha valor",
        "rentedatum",
        "data valuta",
        "data waluty",
    ),
    "party": (
        *("name", "payee", "counterparty", "counterparty name", "beneficiary", "payer", "naam tegenpartij"),
        *(
            "auftraggeber/empfänger",
            "empfänger/auftraggeber",
            "beguenstigter/zahlungspflichtiger",
            "name zahlungsbeteiligter",
        ),
        *("partner name", "naam / omschrijving", "tegenpartij naam", "nadawca / odbiorca", "zahlungspflichtige*r"),
        *(
            "zahlungsbeteiligter",
            "auftraggeber / begünstigter",
            "begünstigter/zahlungspflichtiger",
            "zahlungsempfänger",
        ),
    ),
    "text": (
        *("description", "transaction description", "memo", "narrative", "payment details", "particulars"),
        *("verwendungszweck", "libellé", "concepto", "omschrijving", "original description"),
        *("details", "text", "transaction", "payment reference", "descrizione", "opis transakcji", "opis operacji"),
        *("descripción", "mededelingen", "omschrijving-1", "omschrijving 1"),
    ),
    "category": ("type", "transaction type", "buchungstext", "umsatzart", "code", "category", "mutatiesoort"),
    "amount": (
        *("amount", "betrag", "umsatz", "montant", "importe", "bedrag", "kwota", "belopp", "beløb", "beløp", "summa"),
        *("importo", "transaction amount", "net amount"),
    ),
    "debit": (
        *("debit", "debits", "debit amount", "withdrawal", "withdrawals", "withdrawal amount", "paid out", "money out"),
        *("soll", "débit", "débit euros", "débit en euros", "cargo", "dare", "addebiti", "uscite", "obciążenia"),
    ),
    "credit": (
        *("credit", "credits", "credit amount", "deposit", "deposits", "deposit amount", "paid in", "money in"),
        *("haben", "crédit", "crédit euros", "crédit en euros", "abono", "avere", "accrediti", "entrate", "uznania"),
    ),
    "balance": (
        *("balance", "running balance", "saldo", "kontostand", "solde", "saldo nach buchung", "running bal."),
        *("saldo po operacji", "saldo na trn", "saldo na mutatie", "solde après opération"),
    ),
    "currency": ("currency", "währung", "waehrung", "devise", "divisa", "ccy", "munt"),
    "reference": ("reference", "bank reference", "transaction id", "fitid", "bankreferenz", "transaction number"),
    "account": (
        *("account number", "account no", "account no.", "account", "auftragskonto", "iban auftragskonto"),
        *("iban/bban", "rekening", "rekeningnummer", "numéro de compte"),
    ),
    "status": ("status", "state", "info", "booking status", "buchungsstatus", "statut", "estado", "stato", "stan"),
    "check": ("check number", "check #", "check no.", "cheque number", "check or slip #"),
}
FACTS = {column_key(word): fact for fact, words in _WORDS.items() for word in words}
"""Key of a column's name -> what it holds."""

_RANKS = {column_key(word): rank for words in _WORDS.values() for rank, word in enumerate(words)}
"""Key of a column's name -> how late it comes among the names of its fact."""
_OTHER_MONEY = re.compile(r"foreign|orig|fremd|tendered|transaction", re.IGNORECASE)

OF_OTHER_SYSTEMS = frozenset(
    map(
        column_key,
        (
            *("donor", "donor id", "donor #", "person id", "user id", "first name", "last name", "fund", "fund(s)"),
            *("designation", "family id", "gift id", "contact id", "account name", "campaign"),
            *("spender", "spender-nr.", "spendername", "spendenzweck", "zweck", "spendendatum", "projekt"),
            *("email", "mail", "email address", "e-mail-adresse", "courriel", "correo"),
            *("donateur", "affectation", "montant du don", "donante", "proyecto", "doador", "projeto", "donatore"),
        ),
    )
)
"""A file with one of these is a list of gifts or people of some other system, not a bank's."""


_OF_ANYBODY = frozenset(map(column_key, _WORDS["account"][:4]))
"""Names under which some banks tell their customer's account, and others the account of the other one."""


def facts_in(names: list[str]) -> dict[str, int]:
    """Fact -> position of the column that holds it: of several that may, the one whose name says it best. An account
    right behind the name of the other one is theirs, and no fact.
    """
    found: dict[str, tuple[int, int]] = {}
    for place, name in enumerate(names):
        fact, rank = _meant(name)
        if fact and (fact not in found or rank < found[fact][0]):
            found[fact] = rank, place
    facts = {fact: place for fact, (_, place) in found.items()}
    place = facts.get("account", -1)
    if place > 0 and facts.get("party") == place - 1 and column_key(names[place]) in _OF_ANYBODY:
        del facts["account"]
    return facts


def _meant(name: str) -> tuple[str, int]:
    """(Fact, place among its names) of a column; what stands in brackets behind the name does not count, unless it
    says that the money is that of another account.
    """
    bare, _, bracketed = name.partition("(")
    keys = [column_key(name)]
    if bare.strip() and not _OTHER_MONEY.search(bracketed):
        keys.append(column_key(bare))
    key = next((key for key in keys if key in FACTS), "")
    return FACTS.get(key, ""), _RANKS.get(key, 0)


def is_header(names: list[str]) -> bool:
    """Whether a row is the header of a bank's file: a day, an amount or two, and words or a balance."""
    keys = frozenset(map(column_key, names))
    if not OF_OTHER_SYSTEMS.isdisjoint(keys) and not any("iban" in key for key in keys):
        return False
    facts = facts_in(names)
    amounts = "amount" in facts or {"debit", "credit"} <= facts.keys()
    words = facts.keys() & {"text", "party", "category", "balance"}
    return ("date" in facts or "value_date" in facts) and amounts and bool(words)
