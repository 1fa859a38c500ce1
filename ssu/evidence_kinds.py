"""The kinds of evidence that are objects of this app."""

from typing import Final

from ssu.evidence import Resolver
from ssu.operations.goals import GOAL_KIND
from ssu.operations.tactics import INVENTORY_KIND
from ssu.queries.coaching_evidence import COACHING, COACHING_KIND, MODEL_KIND, MODELS
from ssu.queries.dialogue import CONVERSATIONS, CONVERSATIONS_KIND, LEADERS, LEADERS_KIND
from ssu.queries.goals import GOALS
from ssu.queries.tactics import INVENTORY

RESOLVERS: Final[dict[str, Resolver]] = {
    GOAL_KIND: GOALS,
    LEADERS_KIND: LEADERS,
    CONVERSATIONS_KIND: CONVERSATIONS,
    MODEL_KIND: MODELS,
    COACHING_KIND: COACHING,
    INVENTORY_KIND: INVENTORY,
}
