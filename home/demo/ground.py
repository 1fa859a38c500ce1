"""Where the units of Harbor Light serve, and what each of them aims at. All of it is invented."""

from typing import NamedTuple


class Aim(NamedTuple):
    """An impact goal that can be measured."""

    statement: str
    indicator: str
    counted: str
    baseline: int
    target: int


class Ground(NamedTuple):
    """A unit's place, the region that is shown where the place may not be, and its goal."""

    place: str
    region: str
    aim: Aim | None


STRATEGY_GOALS = {
    "S1": "Deaf and disabled people lead churches of their own",
    "S2": "Peoples without a church have one that reaches the next people",
    "S3": "Neighbors trust the church because it serves with them",
}
GROUND = {
    "0900101": Ground(
        "Riverbend",
        "Lower River",
        Aim(
            "Deaf families meet Scripture in their own sign language",
            "families with Scripture in use",
            "families",
            12,
            120,
        ),
    ),
    "0900111": Ground(
        "Kareth Valley",
        "Eastern Highlands",
        Aim("Every village of the valley has a group led by neighbors", "home groups in villages", "groups", 4, 40),
    ),
    "0900121": Ground(
        "Tamrin Oasis",
        "Central Plateau",
        Aim("Believers in each of the nine clans", "clans with a fellowship", "clans", 1, 9),
    ),
    "0900131": Ground(
        "Oshar Delta",
        "Southern Coast",
        Aim("Oshari hear the story in their own language", "listening groups that meet weekly", "groups", 2, 30),
    ),
    "0900141": Ground(
        "Port Alderney",
        "North Coast",
        Aim("Children read in the language they pray in", "children who read", "children", 60, 900),
    ),
    "0900151": Ground(
        "Harbor quarter",
        "North Coast",
        Aim("Young people who cannot hear learn a trade", "young people in work", "people", 8, 80),
    ),
    "0900161": Ground(
        "Upper Sennet",
        "Eastern Highlands",
        Aim("Every hamlet drinks clean water that it looks after itself", "wells kept by a hamlet", "wells", 3, 45),
    ),
    "0900171": Ground("Alder City", "Home country", None),
}
