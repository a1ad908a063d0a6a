"""Cells, tables and pairs of tables, and an attacker who subtracts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.calculations.small_numbers import (
    K_FLOOR,
    TOO_FEW,
    may_show,
    percent5,
    rounded5,
    shown,
    shown_outside,
    shown_part,
    shown_table,
)

NAMES = "abcd"
counts_of = st.lists(st.integers(0, 40), min_size=1, max_size=4).map(lambda n: dict(zip(NAMES, n, strict=False)))


@pytest.mark.parametrize(
    ("count", "total", "answer"),
    [
        (5, 10, 5),
        (6, 12, 6),
        (4, 12, TOO_FEW),  # too few in it
        (8, 12, TOO_FEW),  # too few outside it
        (11, 12, TOO_FEW),  # eleven of twelve names the one
        (12, 12, TOO_FEW),  # all of them names everybody
        (0, 12, TOO_FEW),
        (0, 0, TOO_FEW),
    ],
)
def test_shown_follows_the_table(count, total, answer):
    assert shown(count, total) == answer


def test_shown_needs_the_group_before_filters_to_hold_twice_k():
    assert shown(8, 16, k=8, group=16) == 8
    assert shown(8, 16, k=8, group=40) == 8
    assert shown(5, 10, k=6, group=40) == TOO_FEW


@pytest.mark.parametrize("k", [4, 1, 0, -5, 5.0, "5", None, True])
def test_k_cannot_go_below_the_floor(k):
    for ask in (
        lambda: shown(20, 40, k=k),
        lambda: may_show(20, 40, k=k),
        lambda: shown_table({"a": 20, "b": 20}, k=k),
        lambda: shown_part({"a": 20, "b": 20}, {"a": 10, "b": 10}, k=k),
        lambda: shown_outside(20, 40, k=k),
        lambda: percent5(20, 40, k=k),
    ):
        with pytest.raises(ValueError, match="k is at least 5"):
            ask()


@pytest.mark.parametrize(("count", "total", "group"), [(-1, 5, 5), (6, 5, 5), (3, 5, 4)])
def test_may_show_refuses_numbers_that_cannot_be(count, total, group):
    with pytest.raises(ValueError, match="Not a count"):
        may_show(count, total, group=group)


@given(st.integers(0, 200), st.integers(0, 200), st.integers(0, 50), st.integers(5, 20))
def test_no_cell_breaks_the_rule(count, outside, further, k):
    total = count + outside
    answer = shown(count, total, k, total + further)
    if answer != TOO_FEW:
        assert answer == count >= k
        assert outside >= k
        assert total + further >= 2 * k


@given(counts_of, st.integers(5, 9))
def test_no_cell_of_a_table_breaks_the_rule(counts, k):
    total = sum(counts.values())
    for name, answer in shown_table(counts, k).items():
        assert answer == TOO_FEW or may_show(counts[name], total, k)


@given(counts_of, st.integers(5, 9))
def test_hidden_cells_of_a_table_are_never_one_and_never_few_people(counts, k):
    answer = shown_table(counts, k)
    hidden = [name for name in counts if answer[name] == TOO_FEW]
    if hidden and len(hidden) < len(counts):
        assert len(hidden) >= 2
        assert sum(counts[name] for name in hidden) >= k


def test_a_table_hides_a_second_cell_when_subtraction_would_bring_back_the_first():
    assert shown_table({"agree": 60, "disagree": 30, "pass": 2}) == {
        "agree": 60,
        "disagree": TOO_FEW,
        "pass": TOO_FEW,
    }


def test_a_table_with_enough_in_every_cell_is_shown_whole():
    assert shown_table({"a": 5, "b": 6, "c": 7}) == {"a": 5, "b": 6, "c": 7}


def test_tables_that_do_not_belong_together_are_refused():
    with pytest.raises(ValueError, match="same names"):
        shown_part({"a": 20}, {"b": 20})
    with pytest.raises(ValueError, match="larger than its whole"):
        shown_part({"a": 20}, {"a": 21})


def test_a_part_equal_to_its_whole_shows_the_same():
    table = {"a": 20, "b": 20, "c": 20}
    assert shown_part(table, table) == (table, table)


def test_a_part_is_hidden_where_the_rest_would_be_few():
    whole, part = shown_part({"a": 30, "b": 30, "c": 30}, {"a": 28, "b": 15, "c": 15})
    assert whole == {"a": 30, "b": 30, "c": 30}
    assert part["a"] == TOO_FEW
    assert list(part.values()).count(TOO_FEW) >= 2


def possible(whole, part, total_whole, total_part, name):
    """All (in the part, in the rest) that `name` may have, for one who reads both tables and both totals."""
    others = [other for other in whole if other != name]
    ranges = range(total_part + 1) if part[name] == TOO_FEW else [part[name]]
    for in_part in ranges:
        rests = range(total_whole - total_part + 1) if whole[name] == TOO_FEW else [whole[name] - in_part]
        for in_rest in rests:
            left = (total_part - in_part, total_whole - total_part - in_rest)
            if in_rest >= 0 and min(left) >= 0 and fits(whole, part, others, *left):
                yield in_part, in_rest


def fits(whole, part, others, part_left, rest_left):
    """True when the other cells can make up exactly what is left of the part and of the rest."""
    movable, free = 0, False
    for other in others:
        if part[other] != TOO_FEW:
            part_left -= part[other]
            rest_left -= whole[other] - part[other]
        elif whole[other] != TOO_FEW:
            movable += whole[other]
        else:
            free = True
    if min(part_left, rest_left) < 0:
        return False
    together = part_left + rest_left
    return together >= movable if free else together == movable


def test_the_attacker_of_these_tests_can_subtract():
    whole, part = {"a": 20, "b": 20}, {"a": 18, "b": TOO_FEW}
    assert list(possible(whole, part, 40, 28, "b")) == [(10, 10)]


@settings(max_examples=1000, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), min_size=2, max_size=4), st.integers(5, 6))
def test_taking_one_table_from_another_brings_back_nobody(cells, k):
    part = {name: inside for name, (inside, _) in zip(NAMES, cells, strict=False)}
    rest = {name: outside for name, (_, outside) in zip(NAMES, cells, strict=False)}
    whole = {name: part[name] + rest[name] for name in part}
    shown_whole, shown_in_part = shown_part(whole, part, k)
    totals = (sum(whole.values()), sum(part.values()))
    for name in part:
        if totals[1] and totals[1] < totals[0]:
            sure = set(possible(shown_whole, shown_in_part, *totals, name))
            assert (part[name], rest[name]) in sure
            views = {(p, r, p + r) for p, r in sure}
            for place, count in enumerate((part[name], rest[name], whole[name])):
                assert count >= k or len({view[place] for view in views}) > 1


@given(st.integers(0, 10_000))
def test_rounded5_is_the_nearest_five(count):
    assert rounded5(count) % 5 == 0
    assert abs(rounded5(count) - count) <= 2


def test_rounded5_refuses_a_negative_count():
    with pytest.raises(ValueError, match="not negative"):
        rounded5(-1)


def test_what_leaves_the_initiative_is_rounded_and_needs_eight():
    assert shown_outside(7, 40) == TOO_FEW
    assert shown_outside(8, 40) == 10
    assert percent5(8, 40) == 25  # 10 of 40, not 8 of 40
    assert percent5(33, 40) == TOO_FEW


def test_the_floor_is_five():
    assert K_FLOOR == 5
