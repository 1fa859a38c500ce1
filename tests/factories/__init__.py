"""Data for tests that walk the whole product: one world, filled by the real operations and, where none writes a table, row by row."""
