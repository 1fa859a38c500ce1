"""The verbs of the audit trail, said of somebody who did it: "add unit" becomes "added unit"."""

from typing import Final

IRREGULAR: Final = {
    "apply": "applied",
    "begin": "began",
    "bring": "brought",
    "choose": "chose",
    "copy": "copied",
    "drop": "dropped",
    "give": "gave",
    "leave": "left",
    "log": "logged",
    "make": "made",
    "map": "mapped",
    "plan": "planned",
    "prefer": "preferred",
    "put": "put",
    "read": "read",
    "run": "ran",
    "say": "said",
    "send": "sent",
    "set": "set",
    "submit": "submitted",
    "take": "took",
    "tell": "told",
    "transfer": "transferred",
    "undo": "undid",
    "withdraw": "withdrew",
    "write": "wrote",
}


def said(verb: str) -> str:
    """A verb of the trail in the past: its first word changes, the rest stays."""
    word, space, rest = verb.partition(" ")
    return f"{past(word)}{space}{rest}"


def past(word: str) -> str:
    """The simple past of an English verb that the trail uses."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    return f"{word}d" if word.endswith("e") else f"{word}ed"
