"""The agency of the demo works with the system: without a go-live date nothing would be news in it."""

from datetime import date

from accounts.models import User
from agencies.models import Agency
from home.demo.harbor import describe


def test_the_demo_is_live(inside: Agency, alice: User) -> None:
    assert describe(inside, alice).live_on == date(2026, 7, 1)
    assert Agency.objects.get(pk=inside.pk).is_live()
