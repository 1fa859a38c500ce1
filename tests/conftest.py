"""The test database, made by the owner and used by the web role, and the fixed cast."""

pytest_plugins = ["tests.database", "tests.cast", "tests.programs"]
