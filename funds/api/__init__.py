"""The ledger for programs: the same lists, rights, operations and idempotency keys as the pages."""

from funds.api.accounts import urlpatterns as accounts
from funds.api.designations import urlpatterns as designations
from funds.api.expense_file import urlpatterns as expense_file
from funds.api.movements import urlpatterns as movements
from funds.api.postings import urlpatterns as postings
from funds.api.setup import urlpatterns as setup

urlpatterns = [*designations, *postings, *movements, *expense_file, *setup, *accounts]
