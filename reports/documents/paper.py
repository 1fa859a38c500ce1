"""What every paper about a unit has: the agency's letterhead, whose it is, and the foot of its pages."""

from dataclasses import dataclass

from agencies.letterhead import STANDARD, Letterhead
from core.pdf.direction import direction_of, isolated


@dataclass(frozen=True)
class Paper:
    """`name` is what the unit is called on it. `logo` is a `data:` address, `accent` a color, both "" for an agency
    that chose none; `paper` is a size of CSS, `as_of` a day in words.
    """

    agency: str
    logo: str
    accent: str
    name: str
    lang: str
    paper: str
    as_of: str

    @property
    def letterhead(self) -> Letterhead:
        """What stands on top, as the settings show it."""
        return Letterhead(self.agency, self.accent or STANDARD, self.logo, width=None, height=None)

    @property
    def foot(self) -> str:
        """What stands at the foot of each page, each name in its own order."""
        direction = direction_of(self.lang)
        return " · ".join(isolated(text, direction) for text in (self.agency, self.name, self.as_of))
