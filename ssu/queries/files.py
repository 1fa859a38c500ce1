"""Which evidence files a row names."""

from ssu.models import Evidence

FOLDER = "evidence"


def with_row(paths: list[str]) -> set[str]:
    """Those of these files of the agency in scope that a piece of evidence names, removed or not. One query."""
    return set(Evidence.objects.filter(file__in=paths).values_list("file", flat=True))
