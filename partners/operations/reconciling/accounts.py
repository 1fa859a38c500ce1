"""Saying which deposit account an account at the bank is."""

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from funds.models import Account
from partners.models import StatementAccount, StatementLine


class NoSuchStatementAccount(Refused):
    """Only accounts whose statements came in are deposit accounts."""

    code = "no_such_statement_account"
    status = 422
    message = "No statement of this account was imported. Import one first."


@transaction.atomic
def say_deposit(*, agency: Agency, actor: User | None, account: str, deposit: Account) -> StatementAccount:
    """Lines of this account came to this deposit account; the newest word counts, matches stay as they are. Raises
    NoSuchStatementAccount.
    """
    if not StatementLine.objects.standing().filter(account=account).exists():
        raise NoSuchStatementAccount
    made: StatementAccount = StatementAccount.objects.create(
        agency=agency, account=account, deposit=deposit, said_by=actor
    )
    changes = {"account": f"…{account[-4:]}", "deposit account": deposit.pk}
    audit.record(actor=actor, verb="name deposit account", of=made, label=f"account …{account[-4:]}", changes=changes)
    return made
