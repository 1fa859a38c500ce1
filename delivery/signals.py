"""What the outbox tells the apps above. Each is sent in the transaction of what happened, in the scope of the message
or link.
"""

from django.dispatch import Signal

# `address_hash`, `purpose`, `reference`: what the link was made with. Sent once per closing, never for a repeated
# click.
unsubscribed = Signal()

# `message`: its state has become accepted, failed, unknown, suppressed, delivered, bounced or complained.
message_ended = Signal()
