"""Proofs: each app registers how to check, from the raw rows, that what the pages show is true. Run by `prove` and
every night.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from agencies.models import Agency


@dataclass(frozen=True)
class Finding:
    """What one proof saw in one agency: how much it compared, and a sentence for each difference."""

    proof: str
    agency: str
    compared: dict[str, int]
    differences: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.differences


Proof = Callable[[Agency], Finding]
_proofs: dict[str, Proof] = {}


class UnknownProof(LookupError):
    """No app registered a proof of this name."""


def register(name: str, proof: Proof) -> None:
    """An app tells how to prove something. Called when the app is ready."""
    _proofs[name] = proof


def names() -> list[str]:
    return sorted(_proofs)


def prove(agency: Agency, name: str | None = None) -> list[Finding]:
    """Run one proof, or all, in the scope of the agency (the caller set it)."""
    if name is not None and name not in _proofs:
        raise UnknownProof(name)
    return [_proofs[each](agency) for each in ([name] if name else names())]
