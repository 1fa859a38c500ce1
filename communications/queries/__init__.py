"""Questions about letters, audiences and consent. They never write."""

from communications.queries.audience import Verdict, audience_of, judge, readers_of
from communications.queries.consent import policy_in_force, standing

__all__ = ["Verdict", "audience_of", "judge", "policy_in_force", "readers_of", "standing"]
