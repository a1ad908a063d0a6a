"""Counts that belong together: hiding one is no use when subtraction brings it back."""

from alongside.calculations.small_numbers.cells import K_FLOOR, TOO_FEW, checked_k, may_show


def shown_table(counts, k=K_FLOOR, group=None):
    """Each count of a table, or "too few to show".

    counts: {name: people}; every person is in exactly one cell and the total is taken as known to the reader.
    When only one cell is too small, or all the small ones together are under k, the next smallest cells
    are hidden too; otherwise total minus the rest would give the hidden ones away.
    """
    hidden = _hidden(counts, checked_k(k), group)
    return {name: TOO_FEW if name in hidden else count for name, count in counts.items()}


def shown_part(whole, part, k=K_FLOOR):
    """Two tables of one release, (whole, part), such that taking one from the other gives nothing away.

    whole and part: {name: people} with the same names; everybody in `part` is in `whole` as well (all people and
    those on the phone; last year and this year's newcomers). A cell of the part is shown only when the
    people of that cell who are in the whole but not in the part could be shown too.
    Raises ValueError when a part is larger than its whole.
    """
    rest = _rest(whole, part)
    hidden_in_whole = _hidden(whole, checked_k(k), None)
    hidden_in_part = hidden_in_whole if not any(rest.values()) else _hidden_in_both(part, rest, hidden_in_whole, k)
    return (
        {name: TOO_FEW if name in hidden_in_whole else count for name, count in whole.items()},
        {name: TOO_FEW if name in hidden_in_part else count for name, count in part.items()},
    )


def _rest(whole, part):
    if set(whole) != set(part):
        raise ValueError("The two tables need the same names")
    rest = {name: whole[name] - part[name] for name in whole}
    if any(count < 0 for count in rest.values()):
        raise ValueError("A part cannot be larger than its whole")
    return rest


def _hidden(counts, k, group):
    total = sum(counts.values())
    hidden = {name for name, count in counts.items() if not may_show(count, total, k, group)}
    return _widened(hidden, [counts], k)


def _hidden_in_both(part, rest, start, k):
    hidden = set(start)
    for counts in (part, rest):
        total = sum(counts.values())
        hidden |= {name for name, count in counts.items() if not may_show(count, total, k)}
    return _widened(hidden, [part, rest], k)


def _widened(hidden, tables, k):
    """Hide further cells, smallest first, until the hidden ones together say nothing about fewer than k people."""
    if not hidden:
        return hidden
    hidden = set(hidden)
    left = sorted((name for name in tables[0] if name not in hidden), key=lambda name: tables[0][name])
    while left and (len(hidden) < 2 or any(_together(counts, hidden) < k for counts in tables)):
        hidden.add(left.pop(0))
    return hidden


def _together(counts, names):
    return sum(counts[name] for name in names)
