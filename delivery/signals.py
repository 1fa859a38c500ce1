"""What the outbox tells the apps above. Each is sent in the transaction of what happened, in the scope of the message
or link.
"""

from django.dispatch import Signal

# `address_hash`, `purpose`, `reference`: what the link was made with. Sent at each click, also when the address is
# closed already: whose link it was may be new. Receivers do nothing for what they know.
unsubscribed = Signal()

# `message`: its state has become accepted, failed, unknown, suppressed, delivered, bounced or complained.
message_ended = Signal()
