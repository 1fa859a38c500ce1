"""Holding a letter."""

from communications.models import Letter


def lock(letter: Letter) -> Letter:
    """The letter as it stands now, with its unit, for the rest of the transaction."""
    row: Letter = Letter.objects.select_for_update(of=("self",)).select_related("unit").get(pk=letter.pk)
    return row
