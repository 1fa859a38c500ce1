"""How much data a run is measured on."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """Agencies, gift lines in all, lines and units of the one big agency, rows of the import, and rounds."""

    name: str
    agencies: int
    lines: int
    big_lines: int
    big_units: int
    import_rows: int
    write_rows: int
    documents: int
    rounds: int

    @property
    def usual_lines(self) -> int:
        """Gift lines of every other agency."""
        return (self.lines - self.big_lines) // max(self.agencies - 1, 1)


SCALES = {
    "tiny": Scale("tiny", 3, 2_200, 1_100, 20, 60, 100, 3, 1),
    "small": Scale("small", 20, 200_000, 100_000, 200, 5_000, 20_000, 16, 5),
    "full": Scale("full", 1_000, 10_000_000, 2_000_000, 1_000, 50_000, 200_000, 200, 7),
}
"""`tiny` is for the tests: it shows that a benchmark runs, never how fast."""
