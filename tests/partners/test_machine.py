"""Everything that moves money, or says whom it belongs to, in any order: after each step the books are the model's."""

import pytest

from accounts.models import User
from agencies.models import Agency
from tests.partners.machine.reading import read_here
from tests.partners.machine.whole import LEAST, run_in
from tests.partners.machine.world import make_world


@pytest.mark.django_db
def test_the_books_of_any_order(inside: Agency, alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    read_here(monkeypatch)
    assert run_in(make_world(inside, alice)) >= LEAST
