"""Who in the agency hears of what happens with commitments."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import capfirst

from partners.models import CommitmentEvent, EventAudience
from partners.notice_kinds import COMMITMENT_KINDS


@dataclass(frozen=True)
class AudienceLine:
    """An event with a box for each group, each with its words for who cannot see the head of its column."""

    label: str
    boxes: list[tuple[str, Any]]


def field_name(kind: str, group: str) -> str:
    return f"{kind}.{group}"


class AudienceForm(forms.Form):
    """A box for each event and group."""

    def __init__(self, *args: Any, stands: Mapping[str, frozenset[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in CommitmentEvent.Kind.values:
            for group in EventAudience.Group.values:
                box = forms.BooleanField(required=False, initial=group in stands[kind])
                self.fields[field_name(kind, group)] = box

    def lines(self) -> list[AudienceLine]:
        """The table."""
        return [
            AudienceLine(
                str(COMMITMENT_KINDS[kind].label),
                [(str(group.label), self[field_name(kind, group.value)]) for group in EventAudience.Group],
            )
            for kind in CommitmentEvent.Kind.values
        ]

    def heads(self) -> list[str]:
        """The groups."""
        return [str(capfirst(group.label)) for group in EventAudience.Group]

    def told(self) -> dict[tuple[str, str], bool]:
        """What was ticked."""
        return {
            (kind, group): bool(self.cleaned_data.get(field_name(kind, group)))
            for kind in CommitmentEvent.Kind.values
            for group in EventAudience.Group.values
        }
