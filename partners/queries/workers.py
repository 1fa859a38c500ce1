"""What is known of workers where givers name them."""

from ssu.models import Worker


def last_names() -> tuple[str, ...]:
    """The last names of everybody in service. One query."""
    return tuple(Worker.objects.exclude(last_name="").values_list("last_name", flat=True).distinct())
