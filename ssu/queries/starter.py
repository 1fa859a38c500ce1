"""What the agency has written of its starter pack."""

from ssu.models import StarterDraft, StarterText


def newest_texts() -> dict[str, StarterText]:
    """Of each part the newest version, by key. One query."""
    rows = StarterText.objects.order_by("key", "version").select_related("written_by")
    return {row.key: row for row in rows}


def open_drafts() -> set[str]:
    """The keys of the parts that somebody is writing anew. One query."""
    return set(StarterDraft.objects.filter(is_open=True).values_list("key", flat=True))


def draft_of(key: str) -> StarterDraft | None:
    """The draft of a part, open or not."""
    found: StarterDraft | None = StarterDraft.objects.filter(key=key).select_related("edited_by").first()
    return found


def versions_of(key: str) -> list[StarterText]:
    """All versions of a part, the newest first."""
    return list(StarterText.objects.filter(key=key).order_by("-version"))
