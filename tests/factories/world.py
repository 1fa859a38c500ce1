"""The world of the guard tests: two agencies and two alliances that must never see each other, with everything in them.

Alice runs Bay Light, Bob leads its first unit, Dan sits on the board, Gina is staff, Finn keeps the books, Eve has
left. The second unit is closed. Mallory runs an agency of her own; Nora belongs nowhere. Alice's agency and Mallory's
are in different alliances. Everything is committed, so that every connection sees it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps
from django.db import models, transaction
from psycopg2.extensions import cursor as Cursor  # noqa: N812

from accounts.models import User
from agencies import operations as people
from agencies import scope
from agencies.guard import scope_of
from agencies.models import Agency, Membership, Role
from agencies.scope import Scope
from alliances import demo
from alliances.demo import Built, Party
from tests.cast import make_agency, person
from tests.factories.canaries import Canaries, plant, plant_people
from tests.factories.rows import Ids, made_since, make_row, newest, provisioner, scoped_models
from tests.factories.spaces import Work, work_in

TRUE_NAME, TRUE_PLACE, TRUE_PERSON = "Tamrinese", "Tamrinvalley", "Tamrinworker"
OWN_IDS, FOREIGN_IDS = 300_000_000, 700_000_000
CLOSED = {
    "unit": {"name": TRUE_NAME, "place": TRUE_PLACE, "alias": "Cedar", "region": "Asia", "discretion": "closed"},
    "worker": TRUE_PERSON,
    "told": f"among the {TRUE_NAME}",
}


@dataclass
class Chain:
    """What one unit, or one whole alliance, consists of: the ids of its rows by model."""

    slug: str
    scope: Scope
    rows: Ids

    @property
    def owner(self) -> dict[str, int]:
        """The owner's column and id."""
        if self.scope.agency_id is not None:
            return {"agency_id": self.scope.agency_id}
        return {"alliance_id": self.scope.alliance_id or 0}

    def pick(self, cursor: Cursor, model: type[models.Model], meant: str = "", **keys: int) -> int:
        """A row of the chain with these foreign keys, one that is `meant` (SQL) first; made when there is none."""
        there = self.rows.get(model, [])
        where = "".join(f' AND "{column}" = {value:d}' for column, value in keys.items())
        where += f" ORDER BY ({meant}) DESC, id" if meant else " ORDER BY id"
        cursor.execute(f'SELECT id FROM "{model._meta.db_table}" WHERE id = ANY(%s){where}', [there])
        found = cursor.fetchone()
        if found:
            return found[0]
        given = {field.name: keys[field.column] for field in model._meta.local_fields if field.column in keys}
        made = make_row(cursor, model, self.owner, self.rows, **given)
        self.rows.setdefault(model, []).append(made)
        return made


@dataclass
class World:
    """`mine` (Bob's unit) and `closed` are in Alice's agency, `foreign` is Mallory's; each has an alliance."""

    mine: Chain
    closed: Chain
    foreign: Chain
    alliance: Chain
    other_alliance: Chain
    people: dict[str, User]
    canaries: Canaries

    @property
    def chains(self) -> list[Chain]:
        return [self.mine, self.closed, self.foreign, self.alliance, self.other_alliance]

    @staticmethod
    def model(label: str) -> type[models.Model]:
        """A model by its label: `ssu.Unit`."""
        return apps.get_model(label)


def someone(name: str) -> User:
    """A person of the world, whose address no other test uses."""
    made = person(f"world.{name}")
    made.name = name
    made.save(update_fields=["name"])
    return made


def recorded(cursor: Cursor, slug: str, owner: Scope, build: Callable[[], object]) -> Chain:
    """Run `build` in one transaction and note which rows it made."""
    before = newest(cursor)
    with transaction.atomic(), scope.within(scope.NOBODY):
        build()
    return Chain(slug, owner, made_since(cursor, before))


def count_from(cursor: Cursor, start: int) -> None:
    """Let the ids of every table go on from here, so that an id in an address or on a page tells whose it is."""
    for number, model in enumerate(scoped_models()):
        table, key = model._meta.db_table, model._meta.pk.column
        cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [f'"{table}"', key, start + 1000 * number])


def fill(cursor: Cursor, chain: Chain) -> None:
    """Each table that the chain may own has a row: one from before, or else one made from its fields."""
    kinds = ("agency", "shared") if chain.scope.agency_id is not None else ("alliance", "shared")
    column, owner = next(iter(chain.owner.items()))
    for model in scoped_models():
        if scope_of(model) not in kinds or chain.rows.get(model):
            continue
        cursor.execute(f'SELECT id FROM "{model._meta.db_table}" WHERE "{column}" = %s ORDER BY id', [owner])
        chain.rows[model] = [row[0] for row in cursor.fetchall()] or [make_row(cursor, model, chain.owner, chain.rows)]


def unit_of(cursor: Cursor, work: Work) -> Chain:
    """The chain of one unit."""

    def build() -> None:
        with scope.of_agency(work.agency.pk):
            work_in(work)

    chain = recorded(cursor, work.agency.slug, Scope(agency_id=work.agency.pk), build)
    with transaction.atomic(), scope.of_agency(work.agency.pk):
        # The agency and its people are everybody's in it, made before its first unit.
        chain.rows[Agency] = [work.agency.pk]
        leads = Membership.objects.filter(user=work.leader).values_list("pk", flat=True)
        chain.rows[Membership] = [*leads, *chain.rows[Membership]]
    return chain


def agency_of(slug: str, cast: dict[str, User], roles: dict[str, tuple[str, ...]]) -> Agency:
    """An agency run by the first of the cast, the others in their roles; Eve has left it."""
    first = next(iter(cast.values()))
    agency = make_agency(slug, first, name=f"{slug.title()} Light", address="1 Harbor Street\nBay")
    with transaction.atomic(), scope.within(Scope(agency_id=agency.pk)):
        for name, held in roles.items():
            membership = people.add_member(agency=agency, actor=first, user=cast[name], roles=held)
            if name == "eve":
                people.remove_member(agency=agency, actor=first, membership=membership)
    return agency


def alliance_of(cursor: Cursor, slug: str, agency: Agency, person: User, coordinator: User) -> Chain:
    """An active alliance with a report of each of four members and one publication."""
    built: list[Built] = []
    emails = {person.email: person, coordinator.email: coordinator}

    def find(email: str, name: str) -> User:
        if email not in emails:
            emails[email] = someone(email.partition("@")[0])
        return emails[email]

    def build() -> None:
        members = [Party(f"{slug} {n}", f"{slug}.member{n}@example.org", f"Member {n}") for n in (1, 2, 3)]
        first = Party(agency.name, person.sign_in, person.name, agency.pk)
        backbone = Party(f"{slug} backbone", coordinator.sign_in, coordinator.name)
        built.append(
            demo.build(
                slug=slug, name=f"{slug.title()} Alliance", backbone=backbone, members=[first, *members], people=find
            )
        )

    chain = recorded(cursor, slug, scope.NOBODY, build)
    chain.scope = Scope(alliance_id=built[0].alliance.pk)
    return chain


def build_world() -> World:
    """Everything, committed. About three seconds."""
    cast = {name: someone(name.title()) for name in ("alice", "bob", "dan", "gina", "finn", "eve", "mallory", "oscar")}
    cast |= {name: someone(name.title()) for name in ("nora", "carol", "trudy")}
    everybody: dict[str, tuple[str, ...]] = {
        "bob": (),
        "dan": (Role.BOARD,),
        "gina": (Role.STAFF,),
        "finn": (Role.FINANCE,),
        "eve": (Role.ADMINISTRATOR,),
    }
    alice, mallory = cast["alice"], cast["mallory"]
    with provisioner() as cursor:
        count_from(cursor, OWN_IDS)
        bay = agency_of("bay", {"alice": alice, **cast}, everybody)
        mine = unit_of(cursor, Work(bay, alice, cast["finn"], cast["bob"], "A"))
        closed = unit_of(cursor, Work(bay, alice, cast["finn"], alice, "B", CLOSED))
        alliance = alliance_of(cursor, "delta", bay, alice, cast["carol"])
        for chain in (mine, alliance):
            fill(cursor, chain)
        count_from(cursor, FOREIGN_IDS)
        far = agency_of("faraway", {"mallory": mallory, **cast}, {"oscar": (Role.FINANCE,)})
        foreign = unit_of(cursor, Work(far, mallory, cast["oscar"], mallory, "M"))
        other_alliance = alliance_of(cursor, "remote", far, mallory, cast["trudy"])
        canaries = Canaries()
        for chain in (foreign, other_alliance):
            fill(cursor, chain)
            plant(cursor, chain.rows, canaries)
        plant_people(cursor, [mallory, cast["oscar"], cast["trudy"]], canaries)
    return World(mine, closed, foreign, alliance, other_alliance, cast, canaries)
