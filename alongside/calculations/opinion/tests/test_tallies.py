"""Tallies, what may be shown of them, and the summary."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.calculations.opinion import (
    AGREE,
    DISAGREE,
    PASS,
    Tally,
    Thresholds,
    consensus,
    shown_tally,
    summarise,
    tallies,
    tallies_by_group,
)
from alongside.calculations.small_numbers import TOO_FEW

votes_of = st.dictionaries(
    st.integers(0, 40), st.dictionaries(st.integers(0, 6), st.sampled_from([AGREE, PASS, DISAGREE])), max_size=40
)
tally_of = st.builds(Tally, st.integers(0, 9), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))


def test_tallies_count_each_answer_once():
    votes = {"asha": {1: AGREE, 2: PASS}, "bo": {1: DISAGREE}, "cy": {1: AGREE}, "dee": {}}
    assert tallies(votes, [1, 2, 3]) == {1: Tally(1, 2, 1, 0), 2: Tally(2, 0, 0, 1), 3: Tally(3, 0, 0, 0)}


def test_a_tally_knows_its_shares_and_its_mean():
    tally = Tally(1, 6, 2, 2)
    assert (tally.seen, tally.mean, tally.share(tally.passed)) == (10, 0.4, 0.2)
    assert (Tally(1).mean, Tally(1).share(0)) == (0.0, 0.0)


@pytest.mark.parametrize("vote", [2, -2, None, "1", 0.5])
def test_any_other_vote_is_refused(vote):
    with pytest.raises(ValueError, match="A vote is 1, 0 or -1"):
        tallies({1: {1: vote}})


@given(votes_of, st.randoms())
def test_the_order_of_votes_changes_nothing(votes, chance):
    voters = list(votes)
    chance.shuffle(voters)
    turned = {voter: dict(reversed(votes[voter].items())) for voter in voters}
    assert list(tallies(turned).items()) == list(tallies(votes).items())
    assert summarise(tallies(turned), len(votes)) == summarise(tallies(votes), len(votes))


@given(votes_of)
def test_tallies_add_up_to_the_votes(votes):
    counted = tallies(votes)
    assert sum(tally.seen for tally in counted.values()) == sum(map(len, votes.values()))
    assert all(tally.seen <= len(votes) for tally in counted.values())


@given(votes_of)
def test_groups_add_up_to_the_whole(votes):
    groups = {voter: voter % 3 for voter in votes}
    by_group = tallies_by_group(votes, groups).values()
    for statement, tally in tallies(votes).items():
        assert sum(group[statement].agree for group in by_group) == tally.agree
        assert sum(group[statement].seen for group in by_group) == tally.seen


@given(tally_of, st.integers(5, 12))
def test_no_shown_number_breaks_the_rule(tally, k):
    shown = shown_tally(tally, k)
    given_away = []
    for name in ("agree", "disagree", "passed"):
        count = getattr(tally, name)
        if getattr(shown, name) != TOO_FEW:
            assert getattr(shown, name) == count >= k
            assert tally.seen - count >= k
            assert tally.seen >= 2 * k
        else:
            assert getattr(shown, f"{name}_percent") == TOO_FEW
            given_away.append(count)
    assert len(given_away) != 1
    assert len(given_away) in (0, 3) or sum(given_away) >= k


def test_a_group_before_filters_counts_for_the_size():
    assert shown_tally(Tally(1, 6, 6, 6), k=9).agree == TOO_FEW
    assert shown_tally(Tally(1, 12, 12, 12), k=9, group=36).agree == 12


def test_shown_tally_has_whole_percentages():
    shown = shown_tally(Tally(1, 20, 10, 10))
    assert (shown.agree_percent, shown.disagree_percent, shown.passed_percent) == (50, 25, 25)


def summary_of(*counts, participants=100, **more):
    return summarise({n: Tally(n, *each) for n, each in enumerate(counts)}, participants, **more)


def ids(points):
    return [point.statement for point in points]


def test_the_summary_sorts_statements_into_plain_words():
    summary = summary_of((80, 10, 10), (40, 40, 10), (30, 15, 45), (8, 75, 10), (50, 15, 25))
    assert ids(summary.common) == [3, 0]
    assert [point.side for point in summary.common] == ["disagree", "agree"]
    assert ids(summary.differ) == [1]
    assert ids(summary.unsure) == [2]
    assert ids(summary.most_passed) == [2, 4, 1, 3, 0]
    assert summary.common[1].words == "80 of 100 people agree."
    assert summary.common[0].words == "75 of 93 people disagree."
    assert summary.differ[0].words == "40 people agree and 40 disagree, of 90 who answered."
    assert summary.unsure[0].words == "45 of 90 people passed."
    assert summary.sentences == (
        "100 people took part and answered 5 statements.",
        "Most people see 2 statements the same way.",
        "People differ about 1 statement.",
        "Many people are unsure about 1 statement.",
    )


def test_an_almost_unanimous_statement_is_in_no_list():
    summary = summary_of((98, 1, 1), (100, 0, 0))
    assert summary.common == ()
    assert summary.hidden == 2
    assert "For 2 statements the numbers are too few to show." in summary.sentences
    assert "98" not in str(summary)


def test_a_small_neighbour_hides_numbers_and_leaves_the_words():
    summary = summary_of((12, 12, 1), participants=25)
    assert ids(summary.differ) == [0]
    assert summary.differ[0].words == "The 25 people who answered differ; some of the numbers are too few to show."


def test_few_people_or_few_answers_say_nothing_about_a_statement():
    few = summary_of((4, 4, 1), participants=9)
    assert few.sentences == ("Fewer than 10 people have taken part, so we show no numbers yet.",)
    assert (few.common, few.differ, few.unsure, few.most_passed) == ((), (), (), ())
    assert summary_of((5, 4, 0)).differ == ()
    assert summary_of((14, 6, 0), thresholds=Thresholds(least_seen=21)).common == ()


def test_thresholds_move_the_lists():
    counts = (60, 30, 10)
    assert ids(summary_of(counts).differ) == [0]
    assert ids(summary_of(counts, thresholds=Thresholds(common=0.6)).common) == [0]


def test_a_k_under_the_floor_is_a_mistake():
    with pytest.raises(ValueError, match="k is at least 5"):
        summary_of((80, 10, 10), k=4)
    with pytest.raises(ValueError, match="k is at least 5"):
        shown_tally(Tally(1, 20, 20, 20), k=1)


@settings(max_examples=300)
@given(st.lists(st.tuples(*[st.integers(0, 40)] * 3), max_size=8), st.integers(0, 130), st.integers(5, 9))
def test_no_point_of_a_summary_speaks_of_few_people(counts, participants, k):
    summary = summary_of(*counts, participants=participants, k=k)
    for point in summary.common + summary.differ + summary.unsure + summary.most_passed:
        agree, disagree, passed = counts[point.statement]
        seen = agree + disagree + passed
        spoken = {"agree": [agree], "disagree": [disagree]}.get(point.side, [passed])
        spoken = [agree, disagree] if point in summary.differ else spoken
        assert seen >= 2 * k
        assert all(k <= count <= seen - k for count in spoken)
    lists = ids(summary.common) + ids(summary.differ) + ids(summary.unsure)
    assert len(lists) == len(set(lists))


def test_consensus_takes_the_clearest_first():
    clear, clearer, split = Tally(1, 20, 10, 0), Tally(2, 28, 2, 0), Tally(3, 15, 15, 0)
    counted = {tally.statement: tally for tally in (clear, clearer, split)}
    assert consensus(counted) == [2, 1]
    assert consensus(counted, most=1) == [2]
    assert consensus(counted, side=DISAGREE) == []
