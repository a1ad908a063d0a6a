"""Facts in plain words, for the reasons of a label. Numbers of people under five are never written out."""

from alongside.calculations.labels.case import DRIVERS, GROUPS

SHOWN_FROM = 5

SAID = (  # field, sentence when some are named, sentence when it is known to be nobody
    ("started", "Started by {who}.", "Nobody in particular started it."),
    ("acted", "The work was done by {who}.", "Nobody did any work."),
    ("decided", "Decided by {who}.", "Nobody took a decision."),
    ("asked", "Asked for their view: {who}.", "Nobody was asked."),
    ("told", "Told about it: {who}.", ""),
    ("joined", "Took part in what was on offer: {who}.", ""),
    ("supported", "Stood by to help: {who}.", ""),
    ("iterated_with", "Tried out with, and changed after: {who}.", "Nobody tried a first version."),
    ("can_undo", "Could undo it alone: {who}.", "Nobody could undo it alone."),
    ("money_held_by", "The money was held by {who}.", ""),
)
YES_NO = (
    ("equal_votes", "Every vote counted the same.", "Votes did not count the same."),
    (
        "answered",
        "Those who were asked heard what became of it.",
        "Those who were asked did not hear what became of it.",
    ),
    ("produced", "", "Nothing was made at this stage."),
    ("money_enough", "", "There was not enough money for everybody's time."),
)


def people(number, exact=True):
    """A number of people, hidden when it is small: 7, "fewer than 5", or "5 or more" beside a hidden one."""
    if number < SHOWN_FROM:
        return f"fewer than {SHOWN_FROM}"
    return str(number) if exact else f"{SHOWN_FROM} or more"


def may_be_exact(several):
    """Whether numbers may be written out. One hidden number could be reckoned from the others and a total."""
    return not any(0 < number < SHOWN_FROM for number in (*dict(several.counts).values(), several.unshown))


def listed(words):
    """a; a and b; a, b and c."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def who(several, only=None):
    """The groups of a list in words, with their numbers where records gave them; only those of one side if asked."""
    counts, exact = dict(several.counts), may_be_exact(several)
    named = []
    for group in several.known:
        if only is None or group in only:
            number = f" ({people(counts[group], exact)})" if group in counts else ""
            named.append(GROUPS[group] + number)
    return listed(named) if named else "nobody"


def told_facts(facts):
    """Every known fact of a stage as a sentence, in a set order; what is only supposed says so."""
    said = []
    for name, some, none in SAID:
        said.append(_one(facts, name, some, none))
    for name, yes, no in YES_NO:
        value = getattr(facts, name)
        said.append("" if value is None else _perhaps(facts, name, yes if value else no))
    if facts.driven_by.known:
        said.append(f"What drove it: {listed([DRIVERS[one] for one in facts.driven_by.known])}.")
    return tuple(sentence for sentence in (*said, *facts.notes) if sentence)


def _one(facts, name, some, none):
    several = getattr(facts, name)
    if not several.known:
        return _perhaps(facts, name, none if several.complete else "")
    sentence = _perhaps(facts, name, some.format(who=who(several)))
    if several.unshown:
        number = people(several.unshown, may_be_exact(several))
        return f"{sentence} {number.capitalize()} more chose to show nothing, so others may be in."
    return sentence if several.complete else f"{sentence} There may be others."


def _perhaps(facts, name, sentence):
    return f"{sentence} This is supposed, not shown." if sentence and name in facts.unsure else sentence
