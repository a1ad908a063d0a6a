"""One count at a time."""

K_FLOOR = 5  # nobody may go below this, whatever a setting says
K_OUTSIDE = 8  # the usual figure for anything that leaves the initiative
TOO_FEW = "too few to show"


def checked_k(k):
    """Return k; raise ValueError when it is not a whole number of at least K_FLOOR."""
    if not isinstance(k, int) or isinstance(k, bool) or k < K_FLOOR:
        raise ValueError(f"k is at least {K_FLOOR}, and {k!r} is not")
    return k


def may_show(count, total, k=K_FLOOR, group=None):
    """True when `count` of `total` people may be shown.

    group: how many people there were before any filter; the total when not given.
    The people outside the count need k as well: "11 of 12 said yes" names the one who did not.
    Raises ValueError for a k under the floor, a negative count, or a count above its total.
    """
    checked_k(k)
    group = total if group is None else group
    if not 0 <= count <= total <= group:
        raise ValueError(f"Not a count within a total within a group: {count}, {total}, {group}")
    return count >= k and total - count >= k and group >= 2 * k


def shown(count, total, k=K_FLOOR, group=None):
    """The count itself when it may be shown, else the words "too few to show"."""
    return count if may_show(count, total, k, group) else TOO_FEW
