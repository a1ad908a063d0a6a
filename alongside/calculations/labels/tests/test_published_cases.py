"""The cases of the literature: we answer as their authors did, and change the answer when the facts change."""

from dataclasses import replace

import pytest

from alongside.calculations import labels
from alongside.calculations.labels import Several

CASES = labels.cases()


def labelled(name, **stages):
    """The labels of a case; `stages` puts other facts in place: deliver={"acted": ...}."""
    case = CASES[name]
    changed = tuple(replace(facts, **stages.get(facts.stage, {})) for facts in case.stages)
    return labels.label_case(replace(case, stages=changed))


def of(verdict):
    """A verdict as (label, labels beside it)."""
    return verdict.label, set(verdict.also)


def only(*groups):
    """These groups and nobody else."""
    return Several(groups, complete=True)


EXPECTED = {
    "sleepwell": ("evidence-based-practice", {"consultation"}),
    "mhf-wales": (
        "mixed",
        {"attempted-not-achieved", "service-user-led", "user-centred-design", "community-involvement"},
    ),
    "heavy-metal-therapy": ("label-declined", {"co-production-broad"}),
    "east-lille-1-homes": ("inclusion-measure", set()),
    "east-lille-2-open-wards": ("not-enough-known", set()),
    "east-lille-3-short-waits": ("not-enough-known", set()),
    "east-lille-4-own-records": ("rights-or-transparency", set()),
    "east-lille-5-art": ("mixed", {"inclusion-measure", "professionally-led"}),
    "east-lille-6-housing": ("co-production-partial", set()),
    "east-lille-7-self-help": ("mixed", {"professionally-led", "service-user-led"}),
    "east-lille-8-image": ("professionally-led", {"public-facing"}),
    "include": ("mixed", {"co-production-broad", "consultation"}),
    "minds": ("co-production-broad", set()),
    "ems-young-people": ("mixed", {"consultation", "co-production-broad", "service-user-led"}),
    "lets-talk-literacy": ("co-production-broad", {"service-user-led", "agenda-from-people"}),
    "nsft-catch-all-group": ("consultation", set()),
    "toronto-education": ("co-production-broad", set()),
}


def test_every_case_that_comes_with_us_has_an_expected_answer():
    assert sorted(CASES) == sorted(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_case_is_labelled_as_its_authors_did(name):
    assert of(labelled(name).verdict) == EXPECTED[name]


@pytest.mark.parametrize("name", EXPECTED)
def test_every_stage_of_every_case_has_a_reason(name):
    for relationship in labelled(name).relationships:
        for one in relationship.stages:
            assert one.verdict.reasons, (relationship.id, one.stage)


@pytest.mark.parametrize("name", EXPECTED)
def test_case_says_its_source_and_that_nobody_reviewed_it(name):
    assert CASES[name].source and CASES[name].licence


# SleepWell: good, and not co-production


def test_sleepwell_is_driven_by_evidence_and_asks_patients_only_at_the_end():
    got = labelled("sleepwell").relationship("patients-and-staff")
    assert [(s.stage, s.verdict.label) for s in got.stages] == [
        ("initiate", "evidence-based-practice"),
        ("design", "evidence-based-practice"),
        ("deliver", "evidence-based-practice"),
        ("evaluate", "consultation"),
    ]
    assert "Asked for their view: people with lived experience, carers and professionals of the service." in (
        got.stage("evaluate").reasons
    )
    assert "Published research drove it." in got.stage("design").reasons


def test_sleepwell_without_the_research_is_led_by_professionals():
    policy = {"driven_by": only("policy")}
    assert labelled("sleepwell", initiate=policy, design=policy).verdict.label == "professionally-led"


def test_sleepwell_with_patients_who_decide_in_design_is_co_production_there():
    shared = only("professionals", "lived")
    got = labelled("sleepwell", design={"acted": shared, "decided": shared})
    assert got.relationship("patients-and-staff").stage("design").label == "co-production-broad"
    assert got.verdict.label == "mixed"


def test_sleepwell_with_patients_who_only_work_in_design_is_involvement_there():
    got = labelled("sleepwell", design={"acted": only("professionals", "lived")})
    assert got.relationship("patients-and-staff").stage("design").label == "involvement"


def test_patients_who_were_told_what_became_of_it_leave_no_question():
    asked = labelled("sleepwell").verdict.questions
    assert asked == ("Were people asked for show? Ask those who were asked what became of it.",)
    assert labelled("sleepwell", evaluate={"answered": True}).verdict.questions == ()


@pytest.mark.parametrize("name", EXPECTED)
def test_outcomes_never_change_a_label(name):
    case = CASES[name]
    worse = replace(case, outcomes={"harm": 99, "patients": "Hated it.", "label": "co-production-equal"})
    assert labels.label_case(worse) == labels.label_case(case)
    assert labels.as_json(labels.label_case(worse)) == labels.as_json(labels.label_case(case))


# Mental Health Foundation, Wales: four relationships, four answers


def test_mhf_wales_names_each_relationship():
    got = labelled("mhf-wales")
    assert {one.id: one.verdict.label for one in got.relationships} == {
        "with-services": "attempted-not-achieved",
        "leadership": "service-user-led",
        "design-process": "user-centred-design",
        "community": "community-involvement",
    }


def test_mhf_wales_keeps_the_attempt_with_its_reason():
    (first, *_) = labelled("mhf-wales").relationship("with-services").verdict.reasons
    assert first.startswith("A partnership was tried and did not come about. No service became a partner;")


def test_mhf_wales_went_further_than_equal_partners_where_users_held_the_money():
    reasons = labelled("mhf-wales").relationship("leadership").stage("commission").reasons
    assert "They held the money too, which goes further than equal partners." in reasons


def test_mhf_wales_design_has_no_one_at_the_bottom():
    stage = labelled("mhf-wales").relationship("design-process").stage("pilot")
    assert any(reason.startswith("Designers had lived experience themselves") for reason in stage.reasons)


def test_mhf_wales_without_users_in_delivery_is_led_by_professionals_there():
    staff = {"acted": only("professionals"), "decided": only("professionals")}
    got = labelled("mhf-wales", deliver=staff)
    assert got.relationship("leadership").stage("deliver").label == "professionally-led"
    assert got.relationship("leadership").verdict.label == "mixed"
    assert got.relationship("community").verdict.label != "community-involvement"


def test_mhf_wales_with_services_that_share_design_is_no_longer_a_failed_attempt():
    shared = only("lived", "designers", "professionals")
    got = labelled("mhf-wales", design={"acted": shared, "decided": shared})
    assert got.relationship("with-services").stage("design").label == "co-production-broad"
    assert got.relationship("with-services").verdict.label == "mixed"
    assert got.relationship("leadership").stage("design").label == "co-production-broad"


def test_mhf_wales_with_a_design_that_nobody_tried_is_no_user_centred_design():
    untried = {"iterated_with": only()}
    got = labelled("mhf-wales", design=untried, pilot=untried)
    assert "user-centred-design" not in {got.relationship("design-process").verdict.label, *got.verdict.also}


def test_mhf_wales_without_the_towns_is_no_community_involvement():
    got = labelled("mhf-wales", deliver={"acted": only("lived")})
    assert got.relationship("community").verdict.label == "no-part"
    assert "community-involvement" not in got.verdict.also


# Heavy Metal Therapy: the word is declined


def test_declined_label_comes_first_with_its_reason_and_the_own_name():
    got = labelled("heavy-metal-therapy")
    assert got.verdict.label == "label-declined"
    assert "The word keeps a them and us." in got.verdict.reasons[0]
    assert got.verdict.reasons[1] == "Their own name for it: Run by metalheads for metalheads"


def test_declined_label_still_reports_what_the_records_show():
    got = labelled("heavy-metal-therapy")
    assert got.records_show.label == "co-production-broad"
    assert got.relationship("everybody-in-it").stage("design").label == "co-production-broad"
    assert labels.as_json(got)["declined"]["called"] == "Run by metalheads for metalheads"


def test_label_comes_back_when_it_is_no_longer_declined():
    case = replace(CASES["heavy-metal-therapy"], declined=None)
    assert labels.label_case(case).verdict.label == "co-production-broad"


# East Lille: some have no verdict, and that is an answer


def test_self_help_groups_are_led_by_users_at_delivery_only():
    got = labelled("east-lille-7-self-help").relationship("users-and-professionals")
    assert {s.stage: s.verdict.label for s in got.stages} == {
        "initiate": "professionally-led",
        "design": "professionally-led",
        "deliver": "service-user-led",
    }
    assert got.stage("design").sure is False
    assert any("This is supposed, not shown." in reason for reason in got.stage("design").reasons)


def test_housing_fits_in_part_and_says_what_is_not_known():
    stage = labelled("east-lille-6-housing").relationship("users-and-housing").stage("deliver")
    assert stage.sure is False
    assert "This is not a mental health service." in stage.reasons
    assert "Who else decided, and how." in stage.missing


def test_housing_becomes_co_production_once_it_is_known_that_both_decided():
    got = labelled("east-lille-6-housing", deliver={"decided": only("lived", "other-professionals")})
    assert got.verdict.label == "co-production-broad"


def test_records_that_were_written_together_are_more_than_a_right():
    shared = {"acted": only("lived", "professionals"), "decided": only("lived", "professionals"), "produced": True}
    assert labelled("east-lille-4-own-records", deliver=shared).verdict.label == "co-production-broad"


def test_respect_that_changes_no_power_is_said_beside_the_label():
    case = CASES["east-lille-2-open-wards"]
    kind = replace(case.relationships[0], respects=True, equalises=False)
    staff = {"acted": only("professionals"), "decided": only("professionals")}
    case = replace(case, relationships=(kind,), stages=tuple(replace(f, **staff) for f in case.stages))
    assert of(labels.label_case(case).verdict) == ("professionally-led", {"respectful-improvement"})


# Research and education


def test_minds_claims_equal_partners_and_not_enough_is_known_to_say_so():
    got = labelled("minds")
    assert (got.claim.label, got.claim.holds) == ("co-production-equal", None)
    assert "Whether every vote counted the same." in got.verdict.missing


def test_minds_is_by_equal_partners_once_all_four_terms_are_known():
    terms = {"equal_votes": True, "can_undo": only()}
    start = {"started": only("lived", "researchers"), "decided": only("lived", "researchers"), **terms}
    got = labelled("minds", initiate=start, design=terms, evaluate=terms)
    assert (got.verdict.label, got.claim.holds) == ("co-production-equal", True)


def test_claim_falls_when_one_side_could_undo_it():
    got = labelled("minds", design={"can_undo": only("deciding-body")})
    assert got.verdict.against == ("The body that has the last word could undo it alone.",)
    assert got.claim.holds is False


def test_claim_that_holds_for_a_part_says_so():
    got = labels.label_case(replace(CASES["ems-young-people"], claimed="co-production-broad"))
    assert (got.claim.holds, got.claim.words) == (False, "The facts show it for a part only. See which.")


def test_toronto_is_shared_under_a_body_that_could_stop_it_and_with_too_little_money():
    got = labelled("toronto-education")
    assert "The body that has the last word could undo it alone." in got.verdict.against
    report = got.relationship("educators").stage("report")
    assert "There was not enough money for everybody's time." in report.reasons


def test_include_is_shared_as_research_and_only_heard_by_the_classification():
    got = labelled("include")
    assert got.relationship("people-and-researchers").verdict.label == "co-production-broad"
    assert got.relationship("people-and-classification").verdict.label == "consultation"


def test_young_people_lead_the_interviews_with_a_researcher_standing_by():
    stage = labelled("ems-young-people").relationship("young-people-and-researchers").stage("deliver")
    assert stage.label == "service-user-led"
    assert "Stood by to help: researchers." in stage.reasons


def test_group_that_was_asked_for_show_gets_a_question_and_its_own_words():
    got = labelled("nsft-catch-all-group")
    assert got.verdict.questions and got.own_words.said.endswith("tokenism in the worst way.")


def test_literacy_question_came_from_the_network():
    stage = labelled("lets-talk-literacy").relationship("network-and-professionals").stage("initiate")
    assert "agenda-from-people" in stage.also
