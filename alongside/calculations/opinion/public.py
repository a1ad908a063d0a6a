"""A conversation in the public format: statements, and who voted what by number, without names and without times."""

from dataclasses import dataclass, field

from alongside.calculations.opinion.tallies import tallies

ACCEPTED, NOT_MODERATED, REJECTED = 1, 0, -1

# The columns of the format. Time columns are part of it; we read them to find the last vote and never fill them.
COMMENTS = ("timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body")
VOTES = ("timestamp", "datetime", "comment-id", "voter-id", "vote")
PARTICIPANTS = ("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree")


@dataclass(frozen=True)
class Statement:
    """A statement: its number in the file, its words, how it was moderated, the number of its author or None."""

    id: int
    body: str
    moderated: int = NOT_MODERATED
    author: int | None = None


@dataclass(frozen=True)
class PublicConversation:
    """A conversation as read from a folder.

    votes: {voter: {statement id: vote}}, the last vote of each; None when the folder holds tallies only.
    counted: {statement id: Tally} when it holds tallies only. groups: {voter: published group}, where given.
    participants: how many people took part. notes: what the person should know about the reading, in sentences.
    """

    title: str
    statements: tuple[Statement, ...]
    votes: dict | None
    description: str = ""
    url: str = ""
    participants: int = 0
    counted: dict = field(default_factory=dict)
    groups: dict = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def rejected(self):
        """The ids of the statements that were rejected in moderation."""
        return tuple(statement.id for statement in self.statements if statement.moderated == REJECTED)

    def tallies(self):
        """{statement id: Tally} of all statements, rejected ones too; a hidden tally of a tallies-only folder is missing."""
        if self.votes is None:
            return dict(self.counted)
        return tallies(self.votes, [statement.id for statement in self.statements])

    def means(self):
        """The mean answer of each statement that has answers; 0 for rejected ones, which count for nobody."""
        rejected = set(self.rejected)
        answered = [tally for tally in self.tallies().values() if tally.seen]
        return {tally.statement: 0.0 if tally.statement in rejected else tally.mean for tally in answered}

    def open_tallies(self):
        """The tallies of the statements that were not rejected: those that a summary may speak of."""
        rejected = set(self.rejected)
        return {id: tally for id, tally in self.tallies().items() if id not in rejected}
