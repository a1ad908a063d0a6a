"""One stage at a time: a table of who acted and decided against the label, and three-valued honesty."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.calculations import content, labels
from alongside.calculations.labels import (
    GROUPS,
    Case,
    Declined,
    Relationship,
    Several,
    StageFacts,
    label_case,
    label_relationship,
)

NOT_KNOWN = Several()
PEOPLE = Relationship(id="p", words="People and professionals", between=("lived", "professionals"))
TOWN = Relationship(id="t", words="People and the town", between=("lived", "community"))


def only(*groups):
    """These groups and nobody else."""
    return Several(groups, complete=True)


def perhaps(*groups):
    """These groups, and there may be others."""
    return Several(groups, complete=False)


def verdict(relationship=PEOPLE, stage="design", others=(), **facts):
    """The verdict of one stage."""
    case = Case(title="T", stages=(StageFacts(stage=stage, **facts), *others), relationships=(relationship,))
    return label_relationship(case, relationship).stage(stage)


L, P, R, C = "lived", "professionals", "researchers", "community"


@pytest.mark.parametrize(
    ("acted", "decided", "label"),
    [
        (only(L, P), only(L, P), "co-production-broad"),
        (only(P), only(L, P), "co-production-broad"),
        (only(L, R), only(L, R), "co-production-broad"),
        (only("carers", P), only("carers", P), "co-production-broad"),
        (perhaps(L, P), perhaps(L, P), "co-production-broad"),
        (NOT_KNOWN, perhaps(L, P), "co-production-broad"),
        (only(L), only(L), "service-user-led"),
        (only(L, P), only(L), "service-user-led"),
        (only(L, C), only(L), "service-user-led"),
        (only(L), NOT_KNOWN, "service-user-led"),
        (only(L, P), only(P), "involvement"),
        (only(L), only(P), "involvement"),
        (only(L), only("deciding-body"), "involvement"),
        (only(L, P), perhaps(L), "co-production-partial"),
        (only(P), only(P), "professionally-led"),
        (only("client"), only("client"), "professionally-led"),
        (only(C), only(C), "community-involvement"),
        (only("others"), only("others"), "not-enough-known"),
        (only(), only(), "not-enough-known"),
        (NOT_KNOWN, NOT_KNOWN, "not-enough-known"),
        (only(P), NOT_KNOWN, "not-enough-known"),
        (perhaps(P), only(P), "not-enough-known"),
        (only(L, P), NOT_KNOWN, "not-enough-known"),
        (perhaps(L), NOT_KNOWN, "not-enough-known"),
    ],
)
def test_who_acted_and_decided_gives_the_label(acted, decided, label):
    assert verdict(acted=acted, decided=decided).label == label


@pytest.mark.parametrize(
    ("facts", "label"),
    [
        ({"acted": only(L, C), "decided": only(L)}, "community-involvement"),
        ({"acted": only(C), "decided": only(C)}, "community-involvement"),
        ({"acted": only(P), "decided": only(P), "joined": only(L, C)}, "inclusion-measure"),
        ({"joined": only(L, C), "produced": False}, "inclusion-measure"),
        ({"acted": only(L), "decided": only(L)}, "no-part"),
        ({"acted": only(P), "decided": only(P)}, "professionally-led"),
        ({"acted": perhaps(L)}, "not-enough-known"),
        ({}, "not-enough-known"),
    ],
)
def test_relationship_with_the_town_has_its_own_answers(facts, label):
    assert verdict(TOWN, **facts).label == label


@pytest.mark.parametrize(
    ("facts", "label", "questions"),
    [
        ({"asked": only(L)}, "consultation", 1),
        ({"asked": only(L), "answered": False}, "consultation", 1),
        ({"asked": only(L), "answered": True}, "consultation", 0),
        ({"told": only(L)}, "informing", 0),
        ({"asked": only(P)}, "professionally-led", 0),
    ],
)
def test_people_who_were_only_asked_or_told(facts, label, questions):
    got = verdict(acted=only(P), decided=only(P), **facts)
    assert (got.label, len(got.questions)) == (label, questions)


def test_people_who_were_asked_and_then_decided_were_not_merely_consulted():
    assert verdict(asked=only(L), acted=only(P), decided=only(L, P)).label == "co-production-broad"


def test_research_that_drove_the_design_speaks_for_the_delivery():
    design = StageFacts(stage="design", driven_by=only("research"))
    assert verdict(stage="deliver", others=(design,), acted=only(P), decided=only(P)).label == "evidence-based-practice"


def test_research_beside_people_who_decide_does_not_take_the_label():
    assert verdict(acted=only(L, P), decided=only(L, P), driven_by=only("research")).label == "co-production-broad"


def test_nothing_made_opens_a_door_and_is_no_co_production():
    assert verdict(produced=False).label == "rights-or-transparency"
    assert verdict(produced=False, acted=only(L), decided=only(L)).label == "service-user-led"


EQUAL = {"acted": only(L, P), "decided": only(L, P), "equal_votes": True, "can_undo": only()}
START = StageFacts(stage="initiate", started=only(L, P))
LOOK = StageFacts(stage="evaluate", acted=only(L, P))


def test_equal_partners_needs_all_four_terms():
    assert verdict(others=(START, LOOK), **EQUAL).label == "co-production-equal"


@pytest.mark.parametrize(
    ("others", "changed", "against", "missing"),
    [
        ((START, LOOK), {"equal_votes": False}, 1, 0),
        ((START, LOOK), {"equal_votes": None}, 0, 1),
        ((START, LOOK), {"can_undo": only("deciding-body")}, 1, 0),
        ((START, LOOK), {"can_undo": NOT_KNOWN}, 0, 1),
        ((StageFacts(stage="initiate", started=only(P)), LOOK), {}, 1, 0),
        ((START, StageFacts(stage="evaluate", acted=only(P))), {}, 1, 0),
        ((LOOK,), {}, 0, 1),
        ((START,), {}, 0, 1),
        ((), {"equal_votes": None, "can_undo": NOT_KNOWN}, 0, 4),
    ],
)
def test_each_term_of_equal_partners_counts(others, changed, against, missing):
    got = verdict(others=others, **{**EQUAL, **changed})
    assert (got.label, len(got.against), len(got.missing)) == ("co-production-broad", against, missing)


def test_stage_that_did_not_happen_has_no_label():
    assert verdict(happened=False, acted=only(P)) is None


def test_what_is_only_supposed_makes_the_label_unsure():
    facts = {"acted": only(P), "decided": only(P)}
    assert verdict(**facts).sure is True
    assert verdict(unsure=("decided",), **facts).sure is False
    assert verdict(unsure=("money_held_by",), **facts).sure is True


def test_reasons_name_the_partners():
    got = verdict(acted=only("carers", R), decided=only("carers", R))
    assert got.reasons[0] == "Carers decided together with researchers."
    assert "The work was done by carers and researchers." in got.reasons


def test_design_tried_with_users_is_said_beside_the_label_where_no_relationship_is_about_design():
    got = verdict(acted=only(P), decided=only(P), iterated_with=only(L))
    assert (got.label, got.also) == ("professionally-led", ("user-centred-design",))


def test_declined_label_comes_before_every_other():
    case = Case(title="T", stages=(StageFacts(stage="design", **EQUAL),), declined=Declined(reason="Them and us."))
    got = label_case(case)
    assert (got.verdict.label, got.verdict.also) == ("label-declined", ("co-production-broad",))


def test_case_without_any_fact_is_not_enough_known():
    got = label_case(Case(title="T"))
    assert got.verdict.label == "not-enough-known" and got.verdict.missing


def test_partners_across_two_relationships_are_never_averaged():
    facts = StageFacts(stage="deliver", acted=only(L, C), decided=only(L))
    got = label_case(Case(title="T", stages=(facts,), relationships=(PEOPLE, TOWN)))
    assert (got.verdict.label, set(got.verdict.also)) == ("mixed", {"service-user-led", "community-involvement"})


# What holds for any facts at all

groups = st.builds(
    lambda known, complete: Several(tuple(known), complete),
    st.lists(st.sampled_from(sorted(GROUPS)), unique=True, max_size=4),
    st.booleans(),
)
truths = st.sampled_from([True, False, None])
names = ("started", "acted", "decided", "asked", "told", "joined", "iterated_with", "can_undo", "money_held_by")
facts = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(names, groups),
        **dict.fromkeys(("equal_votes", "answered", "produced", "faces_public", "happened"), truths),
        "driven_by": st.builds(
            lambda k, c: Several(tuple(k), c), st.lists(st.just("research"), max_size=1), st.booleans()
        ),
    },
)
stages = st.dictionaries(st.sampled_from(labels.STAGES), facts, max_size=4)
relationships = st.lists(st.sampled_from([PEOPLE, TOWN]), min_size=1, max_size=2, unique=True).map(tuple)
KNOWN = {label.id for label in content.labels()}


def case_of(stages, relationships):
    """A case with these facts."""
    made = tuple(StageFacts(stage=name, **facts) for name, facts in stages.items())
    return Case(title="T", stages=made, relationships=relationships)


def every_verdict(got):
    """Each verdict of a CaseLabels."""
    yield got.verdict
    for relationship in got.relationships:
        yield relationship.verdict
        yield from (one.verdict for one in relationship.stages)


@given(stages, relationships)
def test_any_facts_give_labels_that_the_content_explains(stages, relationships):
    got = label_case(case_of(stages, relationships))
    for one in every_verdict(got):
        assert {one.label, *one.also} <= KNOWN
    labels.as_json(got)


@given(stages, relationships)
def test_co_production_always_has_both_sides_in(stages, relationships):
    case = case_of(stages, relationships)
    for one in label_case(case).relationships:
        for stage in one.stages:
            if stage.verdict.label in ("co-production-broad", "co-production-equal"):
                told = case.stage(stage.stage)
                decided = {*told.decided.known, *(told.started.known if stage.stage == "initiate" else ())}
                assert decided & set(labels.PEOPLE_SIDE) and decided & set(labels.PROFESSIONAL_SIDE)


@given(stages)
def test_facts_that_are_all_taken_away_leave_not_enough_known(stages):
    bare = {name: {} for name in stages}
    for one in every_verdict(label_case(case_of(bare, (PEOPLE,)))):
        assert one.label == "not-enough-known"


@given(groups, groups)
def test_taking_completeness_away_never_makes_a_stricter_name(acted, decided):
    known = verdict(acted=acted, decided=decided).label
    less = verdict(acted=perhaps(*acted.known), decided=perhaps(*decided.known)).label
    assert less in (known, "not-enough-known", "co-production-partial", "co-production-broad")
    if less == "co-production-broad":
        assert known == "co-production-broad"
