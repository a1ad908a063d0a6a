"""Which pages there are, and who looks at them."""

from datetime import timedelta

from django.urls import reverse
from django.utils.timezone import localdate

from alongside.contributions.models import OfferPart
from alongside.design.states import day_words
from tests.test_access import ROWS, address, let_in, row_words

# Who sees most of a page first. Money and duties of the organisation are held by people who hold little else.
BY_SIGHT = (
    "author", "lead", "facilitator", "recorder", "approver", "payer", "operator", "commissioner", "member", "helper",
    "guest", "outsider", "gone",
)  # fmt: skip
SIGNED_OUT = {"account_login", "account_password", "people:claim", "safety:help", "safety:promises", "front:today"}
# They end the session, leave the site, or give a file to keep.
NOT_LOOKED_AT = {"safety:leave"}


def viewers(name, row):
    """The roles that look at one page: one of the table's people, and one who may do more there."""
    word = row_words(row)[0]
    if word is None or name in NOT_LOOKED_AT:
        return []
    may = [role for role in BY_SIGHT if role in let_in(word, "own")]
    seen_by = [role for role in ("author", "lead") if role in may] or may[:1]
    if name in SIGNED_OUT:
        seen_by = ["outsider", *seen_by[:1]]
    return seen_by


def pages_of(role, named):
    """[(name, address)] of the pages that `role` looks at, in the order of their names."""
    return [(name, address(name, row, named)) for name, row in sorted(ROWS.items()) if role in viewers(name, row)]


def all_viewers():
    """Every role that looks at something."""
    return sorted({role for name, row in ROWS.items() for role in viewers(name, row)})


def at(site, name, *args):
    """The address of a page; an argument that is a word is one of the world's samples."""
    named = site.world.named["own"]
    return reverse(name, args=[named.get(arg, arg) for arg in args])


def part_of(offer):
    """The number of the first part of an offer's money, which is what those who pay see. offer: its number, or words."""
    return OfferPart.objects.filter(offer=int(offer)).order_by("place").values_list("pk", flat=True).first()


def day(days=0):
    """A day from today on, as people write it."""
    when = localdate() + timedelta(days=days)
    return day_words(when, weekday=False)
