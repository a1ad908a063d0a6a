"""What every entry of reviewed content says of itself."""

from dataclasses import dataclass
from datetime import date
from typing import NewType

Pence = NewType("Pence", int)  # whole pence, or the hundredth of another currency


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What every entry says of itself. The id is the file name; `words` is what a person reads first."""

    id: str
    words: str
    source: str
    licence: str
    reviewed_by: tuple[str, ...]
    review_by: date

    @property
    def reviewed(self):
        """Whether anybody has put their name to it. Our first edition says no, because nobody has yet."""
        return bool(self.reviewed_by)
