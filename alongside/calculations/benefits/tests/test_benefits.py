"""Looking up: what is known, every way of reading, and plain words that predict nothing."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.calculations import benefits
from alongside.calculations.benefits import Asked, Payment, PaymentsError, Unknown, read_payments
from alongside.calculations.benefits.reckoning import status_of

NOV = date(2026, 11, 16)
GIVEN = [(code, each.code) for code in benefits.JURISDICTIONS for each in benefits.schemes_of(code)]


def look(jurisdiction, code, *payments, **more):
    """The answers by id."""
    found = benefits.look_up(jurisdiction, code, Asked(tuple(payments), **more))
    return {each.rule.id: each for each in found}


def codes(jurisdiction):
    """The short names of the benefits of a place."""
    return [each.code for each in benefits.schemes_of(jurisdiction)]


def test_benefits_of_each_place():
    assert codes("GB") == ["UC", "ESA", "CA", "PIP", "ANY"]
    assert codes("GB-SCT") == ["UC", "ESA", "CSP", "PIP", "ANY"]
    assert codes("GB-NIR") == codes("GB-WLS") == codes("GB-ENG") == codes("GB")
    assert codes("IE") == ["DA", "IB", "CA", "ANY"]
    assert codes("CA-ON") == ["ODSP", "OW", "ANY"]
    assert codes("NZ") == ["JS", "SLP", "ANY"]
    assert codes("AU") == ["JSP", "ANY"]


@pytest.mark.parametrize(
    ("code", "people"),
    [
        ("JS", ["If you are single without children", "If you bring up children without a partner", "If you have a partner"]),
        ("SLP", ["If you have no partner, with or without children", "If you have a partner"]),
    ],
)  # fmt: skip
def test_in_new_zealand_everybody_finds_the_answer_that_is_about_them(code, people):
    found = benefits.look_up("NZ", code, Asked((Payment(date(2024, 11, 20), 26_000),), week_day=0))
    assert [each.rule.for_whom for each in found] == people
    together = [
        each.rule.for_whom for each in found if "35 cents in the dollar for each of you" in " ".join(each.words)
    ]
    assert together == ["If you have a partner"]


def test_parts_of_a_country_have_its_rules_and_their_own():
    def ids(place):
        return {rule.id for rule in benefits.rules_of(place)}

    assert ids("GB-WLS") - ids("GB") == {"wls-hcrw"}
    assert ids("GB-NIR") - ids("GB") == {"ni-hsc"}
    assert ids("GB-SCT") - ids("GB") == {"sct-csp", "uk-tax-sct"}
    assert ids("GB") - ids("GB-SCT") == {"uk-ca"}


@pytest.mark.parametrize(("place", "code"), [("FR", "UC"), ("GB", "DA"), ("GB-SCT", "CA"), ("gb", "UC")])
def test_what_we_do_not_know_is_refused_with_what_we_know(place, code):
    with pytest.raises(Unknown, match=r"We know no .*We know "):
        benefits.look_up(place, code, Asked((Payment(NOV, 100),)))


def test_a_look_up_names_where_to_ask():
    found = benefits.advice(benefits.rules_of("GB", "UC"))
    assert "Citizens Advice" in [each.words for each in found]


def test_what_would_sharpen_an_answer():
    assert benefits.needs(benefits.rules_of("GB", "UC")) == {"day"}
    assert benefits.needs(benefits.rules_of("GB", "CA")) == {"week_day"}
    assert benefits.needs(benefits.rules_of("CA-ON", "OW")) == {"since"}
    assert benefits.needs(benefits.rules_of("NZ", "JS")) == {"week_day", "earned"}
    assert benefits.needs(benefits.rules_of("AU", "JSP")) == frozenset()


def test_told_rules_come_with_their_disagreement():
    found = {rule.id: rule for rule in benefits.told("GB", "UC")}
    assert found["uk-uc-voucher"].agreement == "sources_disagree"
    assert [rule.kind for rule in benefits.told("GB", "UC")][-1] == "guidance"
    assert "uk-uc-wa-lo" not in found


@pytest.mark.parametrize(
    ("pence", "limit", "status"),
    [(0, 0, "well-under"), (1, 0, "over"), (79, 100, "well-under"), (80, 100, "near"), (100, 100, "near"), (101, 100, "over")],
)  # fmt: skip
def test_eighty_percent_is_near_and_the_limit_is_not_over(pence, limit, status):
    assert status_of(pence, limit) == status


def test_three_in_one_month_or_one_a_month():
    together = [Payment(day, 16500) for day in (date(2026, 11, 12), date(2026, 11, 26), date(2026, 12, 10))]
    apart = [Payment(day, 16500) for day in (date(2026, 11, 16), date(2026, 12, 16), date(2027, 1, 18))]
    assert look("GB", "UC", *together, day=12)["uk-uc-wa-lo"].status == "over"
    assert look("GB", "UC", *apart, day=12)["uk-uc-wa-lo"].status == "well-under"
    assert [spell.pence for spell in look("GB", "UC", *apart, day=12)["uk-uc-wa-lo"].spells] == [16500] * 3


def test_without_the_first_day_the_answer_says_so_only_where_it_matters():
    once = look("GB", "UC", Payment(NOV, 10000))["uk-uc-wa-lo"]
    assert once.words[0] == "Whichever day your month begins, each month is well under £427.00."
    assert once.spells == ()


def test_costs_and_gifts_to_charity_are_left_out_in_words():
    found = look("GB", "ESA", Payment(NOV, 50000, "expenses"), Payment(NOV, 9000, "donation"), week_day=0)["uk-esa-pw"]
    assert found.status == "well-under"
    assert found.words[:3] == (
        "Nothing of what you wrote counts here.", "£500.00 that pays back costs is left out.",
        "£90.00 that you give away is left out.",
    )  # fmt: skip


def test_the_gravest_week_is_the_answer():
    found = look("GB", "CA", Payment(NOV, 1000), Payment(NOV + timedelta(7), 30000), week_day=0)["uk-ca"]
    assert (found.status, [spell.status for spell in found.spells]) == ("over", ["well-under", "over"])


def test_two_figures_in_one_stretch_are_held_against_the_lower():
    found = look("GB", "UC", Payment(date(2026, 4, 5), 42000), day=12)["uk-uc-wa-lo"]
    assert (found.status, found.spells[0].limit) == ("over", 41100)


@pytest.mark.parametrize("way", ["paid", "earned"])
def test_either_office_choice_that_agrees_is_said(way):
    days = {"paid": date(2024, 11, 20), "earned": date(2024, 11, 18)}
    found = look("NZ", "SLP", Payment(days["paid"], 12700, "bank", days["earned"]), week_day=0)["nz-slp"]
    assert found.status == "well-under"


def test_either_office_choice_that_differs_is_unknown_and_says_why():
    pay = date(2024, 11, 20)
    found = look("NZ", "SLP", *(Payment(pay, 13000, "bank", day) for day in (pay, pay - timedelta(7))), week_day=0)
    assert found["nz-slp"].words == (
        "It depends on how the office counts: the office may count by the day you are paid or by the day you worked.",
    )


@pytest.mark.parametrize(("place", "code"), GIVEN)
def test_no_answer_predicts_a_loss_or_names_a_benefit_amount(place, code):
    more = {"day": 12, "week_day": 0, "since": date(2026, 10, 1)}
    for pence in (100, 16500, 30000, 5000000):
        for each in benefits.look_up(place, code, Asked((Payment(NOV, pence),), **more)):
            words = " ".join(each.words).casefold()
            assert not re.search(r"you (will )?lose|reduced by|goes down|your benefit will|less benefit", words), words
            allowed = {benefits.money(pence, each.rule.currency)}
            for figure in each.rule.periods:
                allowed |= {benefits.money(one.up_to, each.rule.currency) for one in figure.slices if one.up_to}
                allowed.add(benefits.money(figure.limit, each.rule.currency))
            assert set(re.findall(r"[£€$][\d,]+\.\d\d", " ".join(each.words))) <= allowed


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(GIVEN),
    st.lists(
        st.builds(
            Payment,
            st.dates(date(2015, 1, 1), date(2030, 12, 31)),
            st.integers(0, 10**7),
            st.sampled_from(sorted(benefits.METHODS)),
            st.none() | st.dates(date(2015, 1, 1), date(2030, 12, 31)),
        ),
        min_size=1,
        max_size=5,
    ),
    st.none() | st.integers(1, 31),
    st.none() | st.integers(0, 6),
    st.none() | st.dates(date(2015, 1, 1), date(2030, 12, 31)),
)
def test_any_payments_are_answered_with_one_of_five(where, payments, day, week_day, since):
    asked = Asked(tuple(payments), day=day, week_day=week_day, since=since)
    for each in benefits.look_up(*where, asked):
        assert each.status in benefits.STATUS_WORDS
        assert each.words
        for spell in each.spells:
            assert spell.limit is not None or spell.status == "unknown"


# --- files ---


def test_a_csv_file_is_read():
    text = (
        'date,amount,currency,method,earned\n2026-11-16,£165.00,GBP,bank,\n2026-11-17,"1,200",,Time credit,2026-11-01\n'
    )
    assert read_payments(text, currency="GBP") == (
        Payment(date(2026, 11, 16), 16500), Payment(date(2026, 11, 17), 120000, "time_credit", date(2026, 11, 1)),
    )  # fmt: skip


def test_a_json_file_is_read():
    rows = '[{"date": "2026-11-16", "amount": 165.5}, {"date": "2026-11-17", "amount": "20", "method": "cash"}]'
    wanted = (Payment(date(2026, 11, 16), 16550), Payment(date(2026, 11, 17), 2000, "cash"))
    assert read_payments(rows, currency="EUR", name="mine.json") == wanted
    assert read_payments('{"payments": ' + rows + "}", currency="EUR") == wanted


def test_every_faulty_row_is_named():
    text = "date,amount,currency,method\n16/11/2026,165,,\n2026-11-16,-5,,\n2026-11-16,5,EUR,\n2026-11-16,5,,shells\n2026-02-30,5,,\n"
    with pytest.raises(PaymentsError) as stop:
        read_payments(text, currency="GBP")
    assert stop.value.faults == (
        "Row 2: the day '16/11/2026' is none we can read. Write it like 2026-11-22.",
        "Row 3: the amount '-5' is none we can read. Write it like 165.00.",
        "Row 4: this is in EUR, and the benefit counts in GBP. We do not change money.",
        f"Row 5: the method 'shells' is not known. Known are {', '.join(benefits.METHODS)}.",
        "Row 6: the day '2026-02-30' is none we can read. Write it like 2026-11-22.",
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no payment"),
        ("date,amount\n", "no payment"),
        ("day,amount\n2026-11-16,5\n", "no heading date"),
        ("date,amount,note\n", "'note' is not known"),
        ("date,amount,amount\n", "twice"),
        ("date,amount\n2026-11-16,5,6\n", "Row 2: it has not the same columns"),
        ('date,amount\n"2026-11-16,5\n', "cannot be read as CSV"),
        ("[", "cannot be read as JSON"),
        ('{"a": 1}', "must hold a list"),
        ("[7]", "Row 1: it has not"),
        ('[{"date": true, "amount": 5}]', "Row 1: date is not words"),
        ('[{"date": "2026-11-16", "amount": 1e30}]', "the amount '1e+30'"),
        ('[{"date": "2026-11-16", "amount": NaN}]', "the amount 'nan'"),
        ("date,amount\n" + "2026-11-16,5\n" * 1001, "At most 1,000"),
        ("x" * 200_001, "too long"),
        ("date,amount\n" + "2026-11-16,x\n" * 30, "10 more rows have a fault"),
        ("[" * 100_000, "cannot be read as JSON"),
    ],
)
def test_what_cannot_be_read_is_said_plainly(text, says):
    with pytest.raises(PaymentsError, match=re.escape(says)):
        read_payments(text, currency="GBP")
