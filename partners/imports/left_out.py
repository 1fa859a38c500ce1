"""What a file holds and an import does not bring: counted by kind, a sentence for each. It stays with the rows."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.translation import ngettext_lazy

from imports.reading.delimited import column_key
from partners.imports.formats.npsp_recurring import RECURRING_FORMAT, is_ended
from partners.imports.layouts import Bound, Cells

_COLUMNS = {
    "phases": ("MPD Phase", "MPDPhaseID", "Status"),
    "pledges": ("Pledge Amount", "Commitment Amount"),
    "newsletter": ("Send Newsletter", "Newsletter", "NewsletterMediaPref", "Send Appeals"),
    "asks": ("Never Ask", "Next Ask"),
    "addresses": ("Business Street Address", "Other Street Address"),
    "phones": (
        *("Home Phone 2", "Business Phone 2", "Company Main Phone", "Assistant Phone", "Other Phone", "Car Phone"),
        *("Pager Number", "Callback Phone", "ISDN Phone", "Primary Phone", "Radio Phone", "Home Fax", "Business Fax"),
        *("Other Fax", "Telex Phone", "TTY/TDD Phone"),
    ),
    "birthdays": (
        *("Birthday Month", "Spouse Birthday Month", "Anniversary Month", "Contact1 Birthdate", "Contact2 Birthdate"),
    ),
    "people": (
        *("Children", "Hobby", "Nickname", "Spouse Nickname", "Spouse Hobby", "Profession", "Spouse Profession"),
        *("Company Name", "Job Title", "Referred By", "Referred By List", "Likely To Give", "LikelyToGiveID"),
    ),
    "online": ("Web Page", "Personal Home Page", "Website", "LinkedIn", "Twitter", "Facebook", "Voice/Skype"),
}
_KINDS = {column_key(name): kind for kind, names in _COLUMNS.items() for name in names}
_SAID_WHATEVER = frozenset({"newsletter"})
"""Kinds of which a no is said as well."""
_NOTHING = frozenset({"", "0", ".00", "0.00", "false", "no", "none", "0.0", "1899-12-30"})
_TOLD = frozenset({"phase", "newsletter", "media", "commitment_amount"})
"""Facts that are counted, and bring nothing by themselves."""
_TABLES = {"history": "history", "task": "tasks", "pendingaction": "tasks"}
SENTENCES: Final = {
    "phases": ngettext_lazy(
        "%(count)s contact has a phase or a status. No stage is made of it: a stage is toward one unit.",
        "%(count)s contacts have a phase or a status. No stages are made of them: a stage is toward one unit.",
        "count",
    ),
    "pledges": ngettext_lazy(
        "%(count)s contact has a pledge. No commitment is made of it: the file does not say to which designation.",
        "%(count)s contacts have pledges. No commitments are made of them: the file does not say to which "
        "designations.",
        "count",
    ),
    "ended": ngettext_lazy(
        "%(count)s recurring donation has ended. No commitment is made of it.",
        "%(count)s recurring donations have ended. No commitments are made of them.",
        "count",
    ),
    "history": ngettext_lazy(
        "%(count)s entry of the history is not brought into the contact log.",
        "%(count)s entries of the history are not brought into the contact log.",
        "count",
    ),
    "tasks": ngettext_lazy(
        "%(count)s task is not brought in. Write down what still counts as a follow-up.",
        "%(count)s tasks are not brought in. Write down what still counts as follow-ups.",
        "count",
    ),
    "newsletter": ngettext_lazy(
        "%(count)s contact says whether and how newsletters are wanted. No consent is made of it.",
        "%(count)s contacts say whether and how newsletters are wanted. No consent is made of it.",
        "count",
    ),
    "asks": ngettext_lazy(
        "%(count)s contact says when to ask, or never to ask. Write it in the note of the partner.",
        "%(count)s contacts say when to ask, or never to ask. Write it in the notes of the partners.",
        "count",
    ),
    "addresses": ngettext_lazy(
        "%(count)s contact has further postal addresses. Only the one for mail is brought in.",
        "%(count)s contacts have further postal addresses. Only the one for mail is brought in.",
        "count",
    ),
    "phones": ngettext_lazy(
        "%(count)s contact has further telephones or fax numbers. Home, mobile and business phone are brought in.",
        "%(count)s contacts have further telephones or fax numbers. Home, mobile and business phone are brought in.",
        "count",
    ),
    "birthdays": ngettext_lazy(
        "%(count)s contact has a birthday or an anniversary. It is not brought in.",
        "%(count)s contacts have birthdays or anniversaries. They are not brought in.",
        "count",
    ),
    "people": ngettext_lazy(
        "%(count)s contact has notes on family, work or likelihood to give. They are not brought in.",
        "%(count)s contacts have notes on family, work or likelihood to give. They are not brought in.",
        "count",
    ),
    "online": ngettext_lazy(
        "%(count)s contact has addresses on the web. They are not brought in.",
        "%(count)s contacts have addresses on the web. They are not brought in.",
        "count",
    ),
}
"""Kind -> what is said of it, in this order."""
FORMATS = frozenset(
    {
        *("tnt_contacts_csv", "tnt_xml", "mpdx_contacts_import", "mpdx_contacts_export", "npsp_data_import"),
    }
)
"""Of contacts, whose systems keep more of a person than this one takes from a file."""


def left_out_of(bound: Bound, rows: Iterable[Cells]) -> Counter[str]:
    """How many rows tell something of each kind that is not brought in. Other formats hold nothing of that."""
    places = [
        (place, kind)
        for place, name in enumerate(bound.columns)
        if (kind := _KINDS.get(column_key(name))) and bound.facts.get(place, "phase") in _TOLD
    ]
    found: Counter[str] = Counter()
    if bound.layout.name == RECURRING_FORMAT:
        return Counter(ended=sum(map(is_ended, rows))) + found
    if bound.layout.name in FORMATS and places:
        for row in rows:
            found.update({kind for place, kind in places if is_said(kind, place, row)})
    return found


def is_said(kind: str, place: int, row: Cells) -> bool:
    """Whether a cell says something that the partner has not got; a torn row has no such cell."""
    cells = row.record.cells
    text = cells[place].strip() if place < len(cells) else ""
    if kind == "addresses":
        return text not in {"", row.text("address1")}
    return text != "" if kind in _SAID_WHATEVER else text.casefold() not in _NOTHING


def left_out_tables(tables: Iterable[tuple[str, int]]) -> Counter[str]:
    """The same of tables (name, rows) that are kept whole."""
    found: Counter[str] = Counter()
    for name, rows in tables:
        if kind := _TABLES.get(name):
            found[kind] += rows
    return found


def left_out_words(outcome: Mapping[str, Any]) -> list[str]:
    """A sentence for each kind, in the language of the reader."""
    told = outcome.get("left_out", {})
    return [sentence % {"count": told[kind]} for kind, sentence in SENTENCES.items() if told.get(kind)]
