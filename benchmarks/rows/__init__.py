"""One module per row, or family of rows, of the table in docs/BENCHMARKS.md."""

from importlib import import_module

IN_ORDER = (
    *(
        "isolation",
        "policies",
        "search",
        "imports",
        "lists",
        "reports",
        "dashboards",
        "coverage",
        "summaries",
        "statements",
        "documents",
    ),
    *("agencies", "jobs"),
)


def load() -> None:
    """Register all of them, in the order of the table. Needs Django to be set up."""
    for name in IN_ORDER:
        import_module(f"benchmarks.rows.{name}")
