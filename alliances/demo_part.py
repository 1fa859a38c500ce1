"""The alliance of the demo: two agencies and two outside organizations under a third agency as backbone."""

from collections.abc import Callable

from accounts.models import User
from agencies.demo import Part
from alliances import demo

SLUG = "river-alliance"
COORDINATOR = ("carol@common-river.example", "Carol Haines")
MEMBERS = (
    ("bright-coast", "Bright Coast Fellowship", "ruth@bright-coast.example", "Ruth Okoro"),
    ("summit-bridge", "Summit Bridge Mission", "peter@summit-bridge.example", "Peter Lang"),
)


def build(agencies: dict[str, int], people: Callable[[str, str], User]) -> None:
    """Build it over the demo's agencies, known by their ids alone."""
    members = [demo.Party(name, email, person, agency_id=agencies[slug]) for slug, name, email, person in MEMBERS]
    demo.build(
        slug=SLUG,
        name="River Communities Alliance",
        purpose="Sixty-four communities along one river, reached together instead of side by side.",
        backbone=demo.Party("Common River Network", *COORDINATOR, agency_id=agencies["common-river"]),
        members=[*members, *demo.OUTSIDE],
        people=people,
    )


PART = Part(
    "alliance",
    build,
    [
        (COORDINATOR[0], "Backbone coordinator of the River Communities Alliance"),
        (MEMBERS[0][2], "Member representative, and administrator of Bright Coast"),
        (MEMBERS[1][2], "Member representative, and administrator of Summit Bridge"),
        (demo.OUTSIDE[0].email, "Representative of an organization outside"),
    ],
)
