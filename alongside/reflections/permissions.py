"""Who may write, read, share and take away a line: its person. Each rule answers with its reason."""

from alongside.initiatives import permissions as initiatives
from alongside.people import permissions as people
from alongside.refusals import Refusal


def why_not_read(person, *, by):
    """None for the person alone. A helper who is beside them does not read what they wrote on other days."""
    return people.why_not_alone(person, by=by)


def why_not_write(words, *, by):
    """None for anybody with a record, away or not, who wrote something."""
    if refusal := people.why_not_change(by, by=by):
        return refusal
    return None if words.strip() else Refusal("empty", "Write one line first.")


def why_not_share(line, initiative, *, by):
    """None for the person themselves, alone, with a table at which they are, for a line that is there."""
    if refusal := people.why_not_alone(line.person, by=by):
        return refusal
    if line.away_at:
        return Refusal("away", "You took this line away.")
    if line.shared_with_id:
        return Refusal("state", "You share this line already.", "Take it back first to share it elsewhere.")
    return initiatives.why_not_read(initiative, by=by)


def why_not_take_back(line, *, by):
    """None for the person themselves, for a line that they share."""
    if refusal := people.why_not_change(line.person, by=by):
        return refusal
    return None if line.shared_with_id else Refusal("state", "Only you see this line already.")


def why_not_take_away(line, *, by):
    """None for the person themselves, for a line that is there."""
    if refusal := people.why_not_change(line.person, by=by):
        return refusal
    return Refusal("state", "You took this line away already.") if line.away_at else None
