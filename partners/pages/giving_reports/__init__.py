"""The reports of giving as tables: the same rows on the screen, on paper, in files and for programs."""
