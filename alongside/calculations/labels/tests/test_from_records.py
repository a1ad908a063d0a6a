"""From counts in the records: the same answers, reasons that quote the counts, and nothing supposed about anybody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.calculations.labels import BySide, StageRecords, from_records

BOTH = BySide(lived=7, professional=6)


def stage(name="design", **records):
    """The verdict of one stage from its records."""
    got = from_records([StageRecords(stage=name, **records)])
    return got.relationships[0].stage(name)


def said(verdict):
    """All reasons of a verdict in one string."""
    return " ".join(verdict.reasons)


def test_both_sides_who_decide_are_co_production_with_the_counts_quoted():
    got = stage(worked=BOTH, deciders=BOTH, decisions=4, votes=47)
    assert got.label == "co-production-broad"
    assert "people with lived experience or carers (7) and professionals of the service (6)" in said(got)
    assert "Decisions taken: 4, with 47 votes." in got.reasons


def test_people_who_spoke_while_others_decided_were_consulted():
    professional = BySide(professional=6)
    got = stage(spoke=BySide(lived=9), worked=professional, deciders=professional, proposals=12, proposals_answered=5)
    assert got.label == "consultation"
    assert "People with lived experience or carers (9) gave their view; others decided." in got.reasons
    assert "Answered: 5 of 12 things put forward." in got.reasons
    assert got.questions


def test_consultation_in_which_all_were_answered_leaves_no_question():
    professional = BySide(professional=6)
    got = stage(spoke=BySide(lived=9), worked=professional, deciders=professional, proposals=12, proposals_answered=12)
    assert (got.label, got.questions) == ("consultation", ())


def test_people_who_show_no_lens_are_never_taken_for_a_side():
    got = stage(worked=BySide(professional=6, not_shown=8), deciders=BySide(professional=6, not_shown=8))
    assert got.label == "not-enough-known"
    assert "8 more chose to show nothing" in said(got)


def test_nobody_who_shows_a_lens_gives_not_enough_known():
    assert stage(worked=BySide(not_shown=12), deciders=BySide(not_shown=12)).label == "not-enough-known"


def test_enough_people_who_show_a_lens_carry_the_label_beside_others_who_do_not():
    mixed = BySide(lived=7, professional=6, not_shown=9)
    assert stage(worked=mixed, deciders=mixed).label == "co-production-broad"


def test_nothing_recorded_is_not_nobody():
    assert stage(worked=BySide(), deciders=BySide()).label == "not-enough-known"
    assert stage().label == "not-enough-known"
    assert from_records([]).verdict.label == "not-enough-known"


@pytest.mark.parametrize(
    ("worked", "deciders", "label"),
    [
        (BySide(lived=8), BySide(lived=8), "service-user-led"),
        (BOTH, BySide(professional=6), "involvement"),
        (BySide(professional=6), BySide(professional=6), "professionally-led"),
        (BOTH, None, "not-enough-known"),
        (BOTH, BySide(lived=5, not_shown=1), "co-production-partial"),
    ],
)
def test_counts_give_the_same_labels_as_described_facts(worked, deciders, label):
    assert stage(worked=worked, deciders=deciders).label == label


def test_equal_partners_from_records_needs_all_four_terms():
    records = [
        StageRecords(stage="initiate", started=BOTH),
        StageRecords(stage="design", worked=BOTH, deciders=BOTH, equal_votes=True, undone_elsewhere=False),
        StageRecords(stage="evaluate", worked=BOTH, deciders=BOTH),
    ]
    got = from_records(records, claimed="co-production-equal")
    assert got.relationships[0].stage("design").label == "co-production-equal"
    assert got.relationships[0].stage("evaluate").label == "co-production-broad"
    assert got.claim.holds is None


def test_decision_that_somebody_else_can_undo_stands_against_equal_partners():
    got = stage(worked=BOTH, deciders=BOTH, equal_votes=True, undone_elsewhere=True)
    assert got.against == ("The body that has the last word could undo it alone.",)


def test_documented_search_gives_evidence_based_practice_where_people_had_no_part():
    staff = BySide(professional=6)
    assert stage(worked=staff, deciders=staff, research_driven=True).label == "evidence-based-practice"


def test_seats_and_chairs_are_quoted():
    got = stage(worked=BOTH, deciders=BOTH, seats=BySide(lived=8, professional=5), chairs=BySide(lived=1))
    assert "Seats: people with lived experience or carers (8) and professionals of the service (5)." in got.reasons
    assert "Chairs: people with lived experience or carers (fewer than 5)." in got.reasons


def test_seats_alone_are_never_taken_for_a_say():
    assert stage(seats=BOTH, chairs=BOTH).label == "not-enough-known"


def test_small_number_is_hidden_and_so_is_the_number_that_would_give_it_away():
    got = stage(worked=BySide(lived=2, professional=13), deciders=BySide(lived=2, professional=13))
    assert "people with lived experience or carers (fewer than 5) and professionals of the service (5 or more)" in (
        said(got)
    )
    assert not any(number in said(got) for number in ("(2)", "13"))


def test_skipped_stage_has_no_label():
    assert from_records([StageRecords(stage="pilot", happened=False)]).relationships[0].stages == ()


def test_stage_that_comes_twice_is_refused():
    with pytest.raises(ValueError, match="a stage comes twice"):
        from_records([StageRecords(stage="design"), StageRecords(stage="design")])


sides = st.none() | st.builds(
    BySide,
    lived=st.integers(0, 30),
    professional=st.integers(0, 30),
    community=st.integers(0, 30),
    not_shown=st.integers(0, 30),
)


@given(worked=sides, deciders=sides, spoke=sides, seats=sides)
def test_no_small_number_of_people_is_ever_written(worked, deciders, spoke, seats):
    text = said(stage(worked=worked, deciders=deciders, spoke=spoke, seats=seats))
    assert not [n for n in range(5) if f"({n})" in text or f" {n} more" in text]


@given(lived=st.integers(0, 30), professional=st.integers(1, 30), not_shown=st.integers(1, 30))
def test_nobody_is_ever_said_to_be_missing_while_some_show_nothing(lived, professional, not_shown):
    counts = BySide(lived=lived, professional=professional, not_shown=not_shown)
    expected = "co-production-broad" if lived else "not-enough-known"
    assert stage(worked=counts, deciders=counts).label == expected


def test_decision_above_the_table_is_taking_part_without_a_share():
    got = stage(worked=BOTH, deciders=BySide(body=True), undone_elsewhere=True)
    assert got.label == "involvement"
    assert "Decided by the body that has the last word." in got.reasons


def test_deciders_whom_the_records_do_not_name_are_never_taken_for_nobody():
    staff = BySide(professional=6)
    assert stage(worked=staff, deciders=staff).label == "professionally-led"
    assert stage(worked=staff, deciders=BySide(professional=6, more=True)).label == "not-enough-known"


@given(worked=sides, deciders=sides, spoke=sides, seats=sides, votes=st.none() | st.integers(0, 60))
def test_labels_for_outside_are_the_same_and_say_no_number_of_people(worked, deciders, spoke, seats, votes):
    records = [
        StageRecords(
            stage="design", worked=worked, deciders=deciders, spoke=spoke, seats=seats, votes=votes, decisions=77
        )
    ]
    inside = from_records(records).relationships[0].stage("design")
    outside = from_records(records, numbers=False).relationships[0].stage("design")
    assert (inside.label, inside.also, inside.missing) == (outside.label, outside.also, outside.missing)
    assert not [letter for letter in said(outside).replace("77", "") if letter.isdigit()]
