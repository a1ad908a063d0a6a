"""The letter says what was given, in the words of the country, and the same on the page and in the PDF."""

from datetime import date

import pytest

from alongside.benefits import queries
from alongside.benefits.queries import LetterFacts, Sum
from alongside.benefits.tests import factories as make
from alongside.calculations import papers
from alongside.calculations.papers.tests import reading

NOV = date(2026, 11, 16)
FACTS = LetterFacts(
    organisation="Harbour Trust",
    country="GB",
    activity="I read drafts of letters with eight other people.",
    on=NOV,
    sums=(Sum(date(2026, 12, 4), 4000, "reading"), Sum(date(2027, 1, 8), 16500)),
    costs=(Sum(date(2026, 12, 4), 620, "the bus"),),
)


@pytest.fixture
def asha(db):
    return make.person("Asha")


def everything(letter):
    """All words of a letter."""
    parts = [letter.title, letter.day, letter.greeting, letter.foot, *letter.sender, *letter.to, *letter.paragraphs]
    return "\n".join([*parts, *(f"{name} {words}" for name, words in letter.facts), *letter.after, *letter.closing])


def test_it_says_the_activity_no_job_the_end_the_sums_and_the_guidance(asha):
    said = everything(queries.letter(asha, FACTS))
    for words in (
        "Asha", "16 November 2026", "The organisation that invites me is Harbour Trust.", "I read drafts of letters",
        "It is not a job.", "I can stop at any time", "4 December 2026 £40.00 for reading", "8 January 2027 £165.00",
        "Costs paid back, 4 December 2026 £6.20 for the bus", "SCIE at a glance 50",
        "has not sent this letter to anybody",
    ):  # fmt: skip
        assert words in said


def test_it_says_no_job_only_where_the_offer_says_so(asha):
    facts = LetterFacts(organisation="H", country="GB", activity="A", on=NOV, not_employment=False)
    said = everything(queries.letter(asha, facts))
    assert "not a job" not in said
    assert "No money is paid to me for it." in said


@pytest.mark.parametrize(
    ("country", "to", "guidance"),
    [
        ("GB", "Department for Work and Pensions or Jobcentre Plus", "SCIE"),
        ("IE", "Department of Social Protection", "HSE national policy"),
        ("CA-ON", "Your caseworker", "directive 5.1"),
        ("NZ", "Work and Income", "income abatement"),
        ("AU", "Services Australia", "NSW Health"),
    ],
)
def test_each_country_has_its_own_office_and_guidance(asha, country, to, guidance):
    letter = queries.letter(asha, LetterFacts(organisation="H", country=country, activity="A", on=NOV))
    assert letter.to == (to,)
    assert guidance in "\n".join(letter.after)


def test_a_country_we_know_nothing_of_gets_the_general_letter(asha):
    letter = queries.letter(asha, LetterFacts(organisation="H", country="SE", activity="A", on=NOV))
    assert letter.to == ("The office that pays my benefit",)
    assert "guidance" not in "\n".join(letter.after)


def test_without_a_person_there_is_a_line_for_the_name():
    assert queries.letter(None, FACTS).sender[0].strip("…") == ""


def test_other_money_keeps_its_sign(asha):
    facts = LetterFacts(organisation="H", country="IE", activity="A", on=NOV, sums=(Sum(NOV, 1000, "", "EUR"),))
    assert queries.letter(asha, facts).facts == (("16 November 2026", "€10.00"),)


def test_the_paper_says_what_the_page_says(asha):
    letter = queries.letter(asha, FACTS)
    seen = reading.words(queries.letter_pdf(letter))
    for line in everything(letter).splitlines():
        assert line in seen or all(word in seen for word in line.split()), line


def test_markup_in_what_was_typed_stays_what_was_typed(asha):
    facts = LetterFacts(organisation="#read(1)", country="GB", activity="*b* $x$ <a>", on=NOV, lines=("#eval(2)",))
    seen = reading.words(queries.letter_pdf(queries.letter(asha, facts)))
    assert "#read(1)" in seen
    assert "*b* $x$ <a>" in seen
    assert "#eval(2)" in seen


def test_what_no_font_can_set_is_refused_in_words(asha, monkeypatch):
    monkeypatch.setattr(papers, "_set", lambda *_: (_ for _ in ()).throw(papers.CannotSet("No letters for that.")))
    with pytest.raises(papers.CannotSet):
        queries.letter_pdf(queries.letter(asha, FACTS))
