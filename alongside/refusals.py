"""A rule answers with its reason: the code is for tests, the words are for the person."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """Why something may not happen now, and what would help.

    code: short and stable, for tests and the record. words: one or two plain sentences.
    """

    code: str
    words: str
    help: str = ""

    @property
    def said(self):
        """The reason and what would help, as one text for the person."""
        return f"{self.words} {self.help}".strip()


class Refused(Exception):
    """Raised by an operation when a rule stands in the way. Nothing has been changed."""

    def __init__(self, refusal):
        super().__init__(f"{refusal.code}: {refusal.words}")
        self.refusal = refusal

    @property
    def said(self):
        """What the refusal says to the person."""
        return self.refusal.said


def stop_if(refusal):
    """Raise Refused when a rule gave a reason; do nothing when it gave None."""
    if refusal:
        raise Refused(refusal)
