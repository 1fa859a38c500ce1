"""The test database, made by the owner and used by the web role, and the fixed cast."""

import gc

pytest_plugins = ["tests.database", "tests.cast", "tests.programs"]


def pytest_collection_finish() -> None:
    """What was imported and collected lives to the end: looking through it for garbage took a tenth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)
