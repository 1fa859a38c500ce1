"""Units for the landing pages: those of the tests of units."""

from tests.ssu.conftest import led, make_unit, serve, strategy, units

__all__ = ["led", "make_unit", "serve", "strategy", "units"]
