"""What comes with the product: complete, in order, honest about review, and out of date means out of use."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from alongside.calculations import content
from alongside.calculations.content.files import content_root
from alongside.calculations.content.shapes import KINDS

TODAY = date(2026, 11, 22)
NEVER = ("best practice", "mentally ill", "non-compliant", "user type", "!")


def ids(entries):
    """The ids, in order."""
    return [entry.id for entry in entries]


def every_entry():
    """Each entry of each kind that comes with the product, as (kind, entry)."""
    return [(folder, entry) for folder in KINDS for entry in content.entries(folder)]


def test_stages_are_eight_in_order_each_under_a_co_word():
    assert ids(content.stages()) == [
        "initiate", "commission", "design", "pilot", "deliver", "evaluate", "report", "sustain",
    ]  # fmt: skip
    assert ids(content.co_words()) == ["co-commission", "co-design", "co-deliver", "co-assess"]
    assert {stage.co_word for stage in content.stages()} == set(ids(content.co_words()))


def test_kinds_duties_methods_principles_actions_and_phases_are_complete():
    assert ids(content.kinds()) == ["service", "education", "research", "policy", "community", "pilot"]
    assert len(content.duties()) == 9
    assert ids(content.payment_methods()) == ["bank", "cash", "voucher"]
    assert [p.order for p in content.principles()] == list(range(1, 12))
    assert [p.order for p in content.principles() if p.hard] == [2, 3, 4, 6]
    assert [a.order for a in content.actions()] == list(range(1, 10))
    assert ids(content.phases()) == ["map-it", "focus-it", "people-it", "market-it", "grow-it"]
    assert len(content.checklist("payment-policy").points) == 24


def test_voucher_is_never_filled_in_for_anybody():
    assert [m.id for m in content.payment_methods() if m.may_be_default] == ["bank", "cash"]
    assert content.payment_method("voucher").can_go_wrong


def test_duty_is_found_by_the_word_of_the_database():
    assert content.duty("DISTRESS_LEAD").id == "distress-lead"


def test_ladders_carry_their_credit_and_the_terms_of_others():
    assert ids(content.ladders()) == ["arnstein", "hart", "hse-engagement", "lundy", "nef", "tlap"]
    tlap = content.ladder("tlap")
    assert [r.words for r in tlap.rungs][::6] == ["Coercion", "Co-production"]
    assert tlap.link.startswith("https://www.thinklocalactpersonal.org.uk/")
    assert "credit and link" in tlap.licence
    assert len(content.ladder("arnstein").rungs) == len(content.ladder("hart").rungs) == 8
    assert content.ladder("lundy").ordered is False


def test_rungs_of_one_band_stand_together():
    for ladder in content.ladders():
        bands = [rung.band for rung in ladder.rungs]
        changes = sum(1 for one, after in pairwise(bands) if one != after)
        assert changes == len(set(bands)) - 1, ladder.id


def test_every_label_says_what_it_means_what_it_does_not_claim_and_its_standing():
    for label in content.labels():
        assert label.means and label.does_not_claim and label.standing
    assert content.label("label-declined").standing.startswith("A respected answer")


def test_unknown_id_is_refused_with_the_known_ones():
    with pytest.raises(content.ContentError, match=r"content/stages has no 'plan'; known are initiate, commission"):
        content.stage("plan")


def test_nobody_has_reviewed_anything_and_the_content_says_so():
    assert len(content.unreviewed()) == sum(content.check().values())


def test_every_entry_names_its_source_and_licence_and_is_reviewed_in_time():
    for folder, entry in every_entry():
        assert entry.source and entry.licence, (folder, entry.id)
        assert TODAY < entry.review_by <= TODAY + timedelta(days=366), (folder, entry.id)


def test_words_that_we_never_use_are_not_used():
    for folder, entry in every_entry():
        said = repr({k: v for k, v in vars(entry).items() if k != "source"}).lower()
        assert not [word for word in NEVER if word in said], (folder, entry.id)


def test_no_folder_of_content_lies_unread():
    found = {path.name for path in content_root().iterdir() if path.is_dir()}
    assert found == set(KINDS) | {"cases"}


def test_everything_is_read_once():
    assert content.stages() is content.stages()


def test_signposts_come_emergency_first_in_each_country():
    for country in ("UK", "IE", "CA", "AU", "NZ"):
        found = content.signposts(country, on=TODAY)
        assert found[0].emergency and len(found) >= 2, country
        assert all(s.country == country for s in found)
    assert content.signposts("GB", on=TODAY) == content.signposts("UK", on=TODAY)
    assert content.signposts("FR", on=TODAY) == ()


def test_signpost_out_of_date_is_not_shown_and_is_listed_for_checking():
    first_day_out = content.signpost("uk-samaritans", on=TODAY).expires_on
    last_day_in = first_day_out - timedelta(days=1)
    assert "uk-samaritans" in ids(content.signposts("UK", on=last_day_in))
    assert ids(content.signposts("UK", on=first_day_out)) == ["uk-emergency"]
    assert "uk-samaritans" in ids(content.signposts_expired("UK", on=first_day_out))
    with pytest.raises(content.ContentExpired, match=f"not to be used from {first_day_out}"):
        content.signpost("uk-samaritans", on=first_day_out)


def test_helping_lines_expire_after_ninety_days_and_say_how_they_were_checked():
    for signpost in content.entries("signposts"):
        assert signpost.expires_after_days == (1830 if signpost.emergency else 90)
        assert signpost.checked_how and signpost.channels


def test_benefit_line_is_plain_and_names_no_amount():
    for country in ("UK", "IE", "CA", "AU", "NZ", "any"):
        line = content.benefit_line(country)
        assert line.country == country and line.ask
        spoken = " ".join(line.say + tuple(scheme.say for scheme in line.schemes))
        assert not any(sign in spoken for sign in "£$€%"), country
        assert all(len(sentence.split()) <= 40 for sentence in line.say)
    assert content.benefit_line("SE") == content.benefit_line("any")


def test_official_sources_that_disagree_stand_side_by_side():
    vouchers = next(s for s in content.benefit_line("UK").schemes if s.id == "vouchers")
    assert vouchers.agreed is False
    assert "gov.scot" in vouchers.source and "nihr.ac.uk" in vouchers.source


def test_rate_cards_say_which_figures_were_not_seen_in_print():
    lines = {line.id: line for line in content.rate_card("nihr").on(TODAY).lines}
    assert (lines["lowest"].pence, lines["highest"].pence) == (1380, 49500)
    assert lines["lowest"].seen and not lines["half-day"].seen


def test_living_wage_of_a_year_that_we_do_not_know_is_not_last_years():
    wage = content.rate_card("uk-living-wage")
    assert wage.use == "floor"
    assert [wage.on(date(year, 4, 1)).lines[0].pence for year in (2024, 2025, 2026)] == [1144, 1221, 1271]
    assert wage.on(date(2027, 4, 1)) is None


def test_access_needs_ask_for_no_reason():
    needs = content.access_needs()
    assert len(needs) == 31
    assert not [n.id for n in needs if "because" in n.hint or "diagnos" in n.hint]


def test_glossary_points_only_to_words_that_are_there():
    known = set(ids(content.glossary()))
    assert not [t.id for t in content.glossary() if not set(t.see) <= known]


def test_contribution_kinds_hold_what_the_credit_list_lacks():
    without = {kind.id for kind in content.contribution_kinds() if not kind.credit_roles}
    assert {"heavy-lifting-inside", "hosting", "access-work", "stepping-back-and-returning"} <= without


def test_contributor_roles_are_the_fourteen_of_credit_and_those_it_lacks():
    named = [role.credit_name for role in content.contributor_roles() if role.credit_name]
    assert sorted(named) == [
        "Conceptualization", "Data curation", "Formal analysis", "Funding acquisition", "Investigation", "Methodology",
        "Project administration", "Resources", "Software", "Supervision", "Validation", "Visualization",
        "Writing – original draft", "Writing – review & editing",
    ]  # fmt: skip
    assert all(bool(role.credit_name) == bool(role.credit_uri) for role in content.contributor_roles())
    lacking = {role.id for role in content.contributor_roles() if not role.credit_name}
    assert {"lived-experience-analysis", "emotional-work", "access-work", "hosting"} < lacking
    assert "stepping-back-and-returning" in lacking


def test_every_credit_role_of_a_contribution_kind_is_a_contributor_role():
    known = {role.credit_name for role in content.contributor_roles()}
    assert {name for kind in content.contribution_kinds() for name in kind.credit_roles} <= known


def test_authorship_has_four_questions_and_each_says_what_would_help():
    assert ids(content.authorship_questions()) == ["contributed", "wrote", "approved", "answers-for-it"]
    assert all(len(question.helps) >= 2 for question in content.authorship_questions())


def test_euro_reach_the_countries_of_their_area_and_no_others():
    (area,) = content.payment_areas()
    assert (area.currency, len(area.countries), len(set(area.countries))) == ("EUR", 42, 42)
    assert area.address.startswith("https") and area.confidence in {"high", "middle", "low"} and area.read_on <= TODAY
    came_last = {"ME", "AL", "MK", "MD", "RS"}
    assert came_last | {"IE", "DE", "GB", "CH", "GI", "VA"} <= set(area.countries)
    for iban, currency, reached in (
        ("IE29AIBK93115212345678", "EUR", True), ("rs35260005601001611379", "EUR", True),
        ("TR330006100519786457841326", "EUR", False), ("SA0380000000608010167519", "EUR", False), ("", "EUR", False),
        ("TR330006100519786457841326", "GBP", True),
    ):  # fmt: skip
        assert content.is_reached(iban, currency) is reached, iban


def test_bank_holidays_hold_three_years_each_day_once_and_say_where_they_are_from():
    places = {one.id: one for one in content.bank_holidays()}
    assert [one.id for one in content.bank_holidays()][:3] == ["england-and-wales", "scotland", "northern-ireland"]
    for one in places.values():
        assert one.address.startswith("http") and one.confidence in {"high", "middle", "low"}, one.id
        assert len({day.on for day in one.days}) == len(one.days), one.id
        assert all(7 <= len(one.of(year)) <= 12 for year in (2026, 2027, 2028)), one.id
        assert one.of(2029) == () == one.of(2025), one.id
    assert all(day.on.weekday() < 5 for one in ("scotland", "northern-ireland", "aotearoa") for day in places[one].days)
    assert date(2026, 6, 15) in {day.on for day in places["scotland"].days}


def test_movable_bank_holidays_are_where_the_calendar_puts_them():
    for year, easter_monday in ((2026, date(2026, 4, 6)), (2027, date(2027, 3, 29)), (2028, date(2028, 4, 17))):
        for one in content.bank_holidays():
            named = {day.words: day.on for day in one.of(year)}
            assert named.get("Easter Monday", easter_monday) == easter_monday, one.id
            assert named.get("Good Friday", easter_monday - timedelta(days=3)) == easter_monday - timedelta(days=3), (
                one.id
            )


@pytest.mark.parametrize(
    ("country", "day", "rates"),
    [
        ("CA", date(2025, 12, 31), [7200]), ("CA", date(2026, 1, 1), [7300]), ("CA", date(2027, 1, 1), None),
        ("AU", date(2026, 6, 30), [8800]), ("AU", date(2026, 7, 1), None),
        ("NZ", date(2026, 3, 31), [12000, 13000, 9000, 12200]), ("NZ", date(2026, 4, 1), None),
        ("IE", date(2025, 1, 1), None),
    ],
)  # fmt: skip
def test_a_mileage_rate_holds_for_the_days_that_its_source_names_and_no_others(country, day, rates):
    found = content.mileage(country).on(day)
    assert (found and [line.pence_each for line in found.lines]) == rates


def test_open_sheets_have_rows_and_only_some_may_go_outside():
    assert [(s.id, len(content.sheet_rows(s)), s.public) for s in content.open_sheets()] == [
        ("who-decides-money", 8, True), ("strings", 6, True), ("who-gains", 7, True), ("what-came-of-it", 3, True),
        ("from-fee-to-post", 6, False),
    ]  # fmt: skip
    assert content.open_sheet("what-came-of-it").empty == "Nothing yet."


def test_rows_of_an_open_sheet_come_from_another_list_or_are_its_own():
    for sheet in content.open_sheets():
        assert bool(sheet.rows) != bool(sheet.rows_from), sheet.id
        assert bool(sheet.rows_from) == bool(sheet.asks), sheet.id
    stages = content.sheet_rows(content.open_sheet("who-decides-money"))
    assert ids(stages) == ids(content.stages())
    assert stages[2].words == "Design: who decides about the money?"
    assert [len(row.choices) for row in stages] == [5] * 8


def test_the_way_from_a_fee_to_a_post_says_what_each_step_brings_and_that_law_differs():
    sheet = content.open_sheet("from-fee-to-post")
    rows = content.sheet_rows(sheet)
    assert [bool(row.facts) for row in rows] == [bool(row.choices) for row in rows] == [True] * 4 + [False] * 2
    assert "differs from country to country" in sheet.note
    assert sheet.as_of <= TODAY
