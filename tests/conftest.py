"""The test database, made by the owner and used by the web role, and the fixed cast."""

import gc

from hypothesis import HealthCheck, settings

# A machine that is busy is no fault of an example: time is measured by ./dev bench, never by a test.
settings.register_profile("patient", parent=settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

pytest_plugins = ["tests.database", "tests.cast", "tests.programs", "tests.readers"]


def pytest_collection_finish() -> None:
    """What was imported and collected lives to the end: looking through it for garbage took a tenth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)
