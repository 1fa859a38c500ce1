"""By which ways a person hears of a kind of matter: as chosen, else as the kind says."""

from collections.abc import Collection
from dataclasses import dataclass

from delivery.kinds import Kind, kind_named
from delivery.models import NoticeChoice


@dataclass(frozen=True)
class Channels:
    """Bell, mail, to-do."""

    in_app: bool
    email: bool
    task: bool

    @property
    def tells(self) -> bool:
        """Whether a sentence is wanted anywhere."""
        return self.in_app or self.email


def defaults(kind: Kind) -> Channels:
    """What holds for who chose nothing."""
    return Channels(kind.in_app, kind.email, kind.task and kind.asks)


def channels_for(kind: str, user_ids: Collection[int]) -> dict[int, Channels]:
    """How these people hear of a kind. One query for any number."""
    known = kind_named(kind)
    usual = defaults(known)
    chosen = {
        each.user_id: Channels(each.in_app, each.email, each.task and known.asks)
        for each in NoticeChoice.objects.filter(kind=kind, user__in=user_ids)
    }
    return {user_id: chosen.get(user_id, usual) for user_id in user_ids}


def channels_of(user_id: int) -> dict[str, Channels]:
    """How one person hears of each kind that they chose about. One query."""
    return {
        each.kind: Channels(each.in_app, each.email, each.task) for each in NoticeChoice.objects.filter(user=user_id)
    }
