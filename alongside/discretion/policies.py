"""When two ways of writing a name may mean the same person."""

import unicodedata


def alike(one, other):
    """Whether all words of one name stand in the other, whatever their case or accents. An empty name is like none.

    Wide on purpose: “Mary” is like “Mary Jones”. A question too many costs a talk; one too few may cost somebody their home.
    """
    ours, theirs = _words(one), _words(other)
    return bool(ours and theirs) and (ours <= theirs or theirs <= ours)


def _words(name):
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = (sign if sign.isalnum() else " " for sign in plain if not unicodedata.combining(sign))
    return set("".join(letters).split())
