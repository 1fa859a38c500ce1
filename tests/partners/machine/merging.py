"""Records made one and two again (ADR 14)."""

from typing import Any

from hypothesis import strategies as some
from hypothesis.stateful import precondition, rule

from partners.models import Merge, Partner
from partners.operations import merge_partners, undo_merge
from tests.partners.machine.base import WHO, Base
from tests.partners.machine.world import PEOPLE


class Merging(Base):
    """What somebody does who keeps the records."""

    def __init__(self) -> None:
        super().__init__()
        self.merges: list[tuple[int, int, int, list[int]]] = []

    @rule(survivor=WHO, loser=WHO)
    def merge(self, survivor: int, loser: int) -> None:
        stands = survivor != loser and self.at[survivor] == survivor and self.at[loser] == loser
        people = self.world.people
        pair = [Partner.objects.get(pk=people[survivor].pk), Partner.objects.get(pk=people[loser].pk)]
        made = self.tried(merge_partners, refused=not stands, survivor=pair[0], losers=pair[1:])
        if made:
            moved = [who for who in range(PEOPLE) if self.at[who] == loser]
            self.merges.append((made[0].pk, survivor, loser, moved))
            self.at = [survivor if at == loser else at for at in self.at]
        self.everybody_points_to_who_stands()

    @precondition(lambda self: self.merges)
    @rule(data=some.data())
    def unmerge(self, data: Any) -> None:
        """The last merge of a record is undone first."""
        undone = self.chosen(data, self.merges)
        if undone is None:
            return
        pk, survivor, loser, moved = undone
        later = self.merges[self.merges.index(undone) + 1 :]
        rests = any({survivor, loser} & {other[1], other[2]} for other in later)
        if self.tried(undo_merge, refused=rests, merge=Merge.objects.get(pk=pk)):
            self.merges.remove(undone)
            for who in moved:
                self.at[who] = loser
        self.everybody_points_to_who_stands()

    def everybody_points_to_who_stands(self) -> None:
        people = self.world.people
        pointers = dict(Partner.objects.filter(pk__in=[p.pk for p in people]).values_list("pk", "merged_into"))
        must = {people[who].pk: people[at].pk if at != who else None for who, at in enumerate(self.at)}
        assert pointers == must
