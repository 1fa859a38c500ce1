"""What the apps above may listen to. Sent after the transaction committed, with ids only; nothing is in scope then."""

from django.dispatch import Signal

item_changed = Signal()
"""`agency_id`, `unit_id`, `item_id`, `kind` (an ItemEvent kind), `actor_id`."""

rollout_declared = Signal()
"""`agency_id`, `unit_id`, `actor_id`."""
