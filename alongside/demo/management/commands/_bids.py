"""Money that Teaching together asked for: a no that was told and used again, and one still being written."""

from alongside.bids import operations as bids
from alongside.demo.management.commands._shapes import pay_line
from alongside.terms import operations as terms

# How those at the table of Teaching together are paid for being there, each by their own word.
PAID = {
    "chidi": "JOB", "farah": "JOB", "noor": "JOB", "jules": "FEE", "oleksandr": "FEE", "brendan": "COSTS", "kit": "FEE",
    "sam": "CHOICE", "dee": "WISH",
}  # fmt: skip


def refused(w):
    """A bid to a fund for learning, with an honest chance; the answer is no, and half of its text lives on."""
    yield 96
    bid = bids.begin(
        initiative=w.tables["teaching"], funder="The Lantern Fund", pence=1_200_000, due_on=w.clock.day(74), chance=8,
        what_for="Six more afternoons in which people who have been in hospital teach people who will work in one.",
        chance_from="its last report: 300 asked, 24 got it", fund_line=pay_line(w, w.tables["teaching"]), **w.by("jules"),
    )  # fmt: skip
    bids.propose(bid_id=bid.pk, person=w.people["oleksandr"], **w.by("jules"))
    yield 94
    bids.say_help(bid_id=bid.pk, state="YES", thanks="Tell me how it went, also when it is a no.", **w.by("oleksandr"))
    bids.say_help(bid_id=bid.pk, state="YES", **w.by("brendan"))
    yield 80
    bids.change(
        bid_id=bid.pk, seen=1, funder="The Lantern Fund", pence=1_200_000, due_on=w.clock.day(74), chance=8,
        what_for="Six more afternoons. People who have been in hospital teach people who will work in one.",
        chance_from="its last report: 300 asked, 24 got it", fund_line=pay_line(w, w.tables["teaching"]),
        reuse_plan="What the afternoons are for goes into the handbook. The budget goes to the school.", **w.by("jules"),
    )  # fmt: skip
    yield 76
    bids.send(bid_id=bid.pk, understood=True, answer_by=w.clock.day(40), **w.by("jules"))
    yield 41
    learned = "They liked that patients teach. They pay only for what is new, and this was not new to them."
    bids.answer(bid_id=bid.pk, state="NO", learned=learned, **w.by("jules"))
    yield 39
    bids.thank(bid_id=bid.pk, words="Your part was the one they wrote about. Thank you.", **w.by("jules"))
    yield 29
    bids.used_again(bid_id=bid.pk, words="Chapter 1 of the handbook: why we teach together", **w.by("jules"))


def open_one(w):
    """A small one that is still being written, and not paid, which the page says."""
    yield 6
    bids.begin(
        initiative=w.tables["teaching"], funder="Harbour Library Friends", pence=60_000, due_on=w.clock.day(-24),
        what_for="Printing the handbook for people without a screen.", unpaid=True, confirmed_unpaid=True, **w.by("jules"),
    )  # fmt: skip


def paid_for_being_here(w):
    """Nine people say, each for themselves, how they are paid for being there. The record holds no line of it."""
    yield 30
    for who, answer in PAID.items():
        terms.say_means(initiative=w.tables["teaching"], answer=answer, on=w.clock.on, by=w.people[who])


def stories(w):
    """What was asked for, and how people are paid."""
    return [refused(w), open_one(w), paid_for_being_here(w)]
