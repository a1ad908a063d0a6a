"""Who may write, put forward, answer and bring in force."""

from alongside.agreements.states import NEXT, VersionState
from alongside.initiatives import permissions as initiatives
from alongside.refusals import Refusal


def why_not_write(initiative, *, by):
    """Everybody with a seat may write the next version."""
    return initiatives.why_not_take_part(initiative, by=by)


def why_not_change(version, *, by):
    """The words of a version change only while it is a draft."""
    if version.state != VersionState.DRAFT:
        words = f"Version {version.number} is {version.get_state_display().lower()}. Its words stay as they are."
        return Refusal("not-a-draft", words, "Begin a new version to change them.")
    return why_not_write(version.initiative, by=by)


def why_not_propose(version, *, by, clauses):
    """Who leads, chairs or keeps notes puts a draft forward, once it has words."""
    if refusal := initiatives.why_not_record(version.initiative, by=by):
        return refusal
    if VersionState.PROPOSED not in NEXT[version.state]:
        return Refusal("state", f"This version is {version.get_state_display().lower()}.")
    if not clauses:
        return Refusal("empty", "There is nothing in it yet.", "Write at least one clause first.")
    return None


def why_not_answer(version, *, by):
    """Everybody with a seat answers for themselves while a version is proposed or in force."""
    if refusal := initiatives.why_not_take_part(version.initiative, by=by):
        return refusal
    if version.state in {VersionState.PROPOSED, VersionState.IN_FORCE}:
        return None
    return Refusal("state", f"This version is {version.get_state_display().lower()}.", "Look at the newest one.")


def why_not_bring_in_force(version, *, by, missing, reason):
    """When all have said yes it comes in force by itself; before, who leads may do it and must say why."""
    if refusal := initiatives.why_not_lead(version.initiative, by=by):
        return refusal
    if VersionState.IN_FORCE not in NEXT[version.state]:
        return Refusal("state", f"This version is {version.get_state_display().lower()}.")
    if missing and not reason:
        return Refusal("no-reason", f"{missing} people have not said yes. Say why it begins without them.")
    return None
