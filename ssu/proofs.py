"""The proof of the roll-out: every item stands where its events say."""

from agencies.models import Agency
from agencies.proofs import Finding
from ssu.models import ActionItem
from ssu.queries import states_that_differ


def prove_rollout(agency: Agency) -> Finding:
    """Compare the state kept on each action item with what its events add up to."""
    differences = [
        f"{item.unit.public_name}, item {item.key}: kept as {item.state}, events say {state}."
        for item, state in states_that_differ()
    ]
    return Finding("rollout", agency.slug, {"items": ActionItem.objects.count()}, differences)
