"""Data for tests that walk the whole product: one world, made by the real operations and row by row."""
