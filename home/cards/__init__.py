"""The parts of the landing pages: each answers one question of one role."""

from home.cards.agency import setup_and_health
from home.cards.asked import asked
from home.cards.board import overview
from home.cards.changes import changes, usual_since
from home.cards.finance import giving
from home.cards.parts import Card, Row, Tile
from home.cards.today import today
from home.cards.units import coach, my_units

__all__ = [
    "Card",
    "Row",
    "Tile",
    "asked",
    "changes",
    "coach",
    "giving",
    "my_units",
    "overview",
    "setup_and_health",
    "today",
    "usual_since",
]
