"""`./dev manage account_mail [ADDRESS]`: read the mail that belongs to no agency, such as password resets, newest
last.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from delivery.models import OutgoingMessage

NEWEST = 10


class Command(BaseCommand):
    """No page shows these mails, because their links sign their reader in; whoever runs the server may read them
    here.
    """

    help = "Print the newest account mails, which are kept for a week. Useful where no mail server is, as in the demo."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", nargs="?", help="only mail to this address")

    def handle(self, *args: Any, address: str | None, **options: Any) -> None:
        rows = OutgoingMessage.objects.filter(purpose=OutgoingMessage.Purpose.ACCOUNT).exclude(text="")
        if address:
            rows = rows.filter(to=address.strip().lower())
        for row in reversed(rows.order_by("-id")[:NEWEST]):
            self.stdout.write(f"To: {row.to}\nSubject: {row.subject}\nState: {row.state}\n\n{row.text.strip()}\n\n---")
