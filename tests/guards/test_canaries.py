"""No word of another agency, alliance, or closed unit reaches anybody who may not know it (test 3, rule T6).

Everything that can be opened is opened: the addresses of the resolver with own ids, and all that links and searches
lead to.
"""

from collections.abc import Iterator
from itertools import islice

import pytest

from tests.factories.addresses import addresses
from tests.factories.browser import Browser
from tests.factories.canaries import texts_of
from tests.factories.parameters import below, fill_in
from tests.factories.rows import provisioner
from tests.factories.world import TRUE_NAME, TRUE_PERSON, TRUE_PLACE, Chain, World

pytestmark = pytest.mark.django_db
PREFIX = "Zqz"  # what is searched for: any canary that a search could find begins with it
TRUE_WORDS = (TRUE_NAME.lower(), TRUE_PLACE.lower(), TRUE_PERSON.lower())
SEARCHED = "tamrin"


def starts(chain: Chain, *spaces: str) -> list[str]:
    """Every address of these spaces with the chain's own ids."""
    chosen = below(*spaces)
    with provisioner() as cursor:
        return [fill_in(cursor, address, chain).path for address in addresses() if chosen(address)]


def leaks(world: World, pages: Iterator[tuple[str, object]]) -> tuple[list[str], int]:
    """(where a canary of the other side stood, or a page broke; how many pages were looked at)."""
    found, looked_at = [], 0
    for path, answer in pages:
        looked_at += 1
        places = {place for text in texts_of(answer) for place in world.canaries.found_in(text)}
        found += [f"{path} tells {', '.join(sorted(places))}"] if places else []
        found += [f"{path} broke: {answer.why}"] if answer.status_code >= 500 else []  # type: ignore[attr-defined]
    return found, looked_at


@pytest.mark.parametrize("name", ["alice", "carol"])
def test_nothing_of_another_agency_or_alliance_is_shown(name: str, world: World) -> None:
    own = {"alice": starts(world.mine, "a", "api") + starts(world.closed, "a"), "carol": []}[name]
    begin = ["/me/", "/me/spaces/", *own, *starts(world.alliance, "alliances")]
    found, looked_at = leaks(world, Browser(world, name).crawl(begin, PREFIX))
    assert found == []
    assert looked_at > 50


def test_the_canaries_sing_where_they_may(world: World) -> None:
    """The control: Mallory's own pages show hers, of many columns, so a leak would be seen."""
    pages = Browser(world, "mallory").crawl([f"/a/{world.foreign.slug}/"], PREFIX, each=1)
    places = {
        place
        for _path, answer in islice(pages, 80)
        for text in texts_of(answer)
        for place in world.canaries.found_in(text)
    }
    named = {"agencies.Agency.name", "ssu.Unit.name", "partners.Partner.name", "ssu.Strategy.name", "a person's name"}
    assert named - places == set()
    assert len(places) > 15


def test_canaries_stand_in_every_free_text(world: World) -> None:
    """What a constraint refused is known, so nobody's new column goes without a canary unnoticed."""
    assert sorted(place for place in world.canaries.refused if not place.endswith("currency")) == []


def test_a_page_that_leaks_is_found(world: World, leaking_site: None) -> None:
    unit = world.foreign.rows[world.model("ssu.Unit")][0]
    found, _ = leaks(world, Browser(world, "alice").crawl([f"/a/{world.mine.slug}/units/{unit}/"]))
    assert found == [f"/a/{world.mine.slug}/units/{unit}/ tells ssu.Unit.name"]


def told(pages: Iterator[tuple[str, object]]) -> list[str]:
    """Pages with a true word of the closed unit. What was searched for stands in the search field again."""
    found = []
    for path, answer in pages:
        words = {word for text in texts_of(answer) for word in TRUE_WORDS if word in text.lower()}
        found += [f"{path} tells {', '.join(sorted(words))}"] if words else []
    return found


@pytest.mark.parametrize("name", ["dan", "gina", "finn", "bob"])
def test_a_closed_units_true_words_are_kept(name: str, world: World) -> None:
    begin = starts(world.closed, "a", "api") + starts(world.mine, "a", "api")
    assert told(Browser(world, name).crawl(begin, SEARCHED, each=1)) == []


def test_who_may_know_sees_the_true_words(world: World) -> None:
    """The control: Alice, who may, reads all three."""
    pages = told(islice(Browser(world, "alice").crawl(starts(world.closed, "a"), SEARCHED), 100))
    assert {word for line in pages for word in TRUE_WORDS if word in line} == set(TRUE_WORDS)
