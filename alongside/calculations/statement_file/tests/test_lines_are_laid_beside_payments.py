"""A reference decides; without one a person does; nothing is found twice."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from alongside.calculations.statement_file import Line, Sent, SentRun, Verdict, lay_beside

ON = date(2026, 11, 4)
DAY = timedelta(days=1)
ASHA = Sent("K7P2M00001", 1250, ON, "Asha Bell")
BO = Sent("K7P2M00002", 1250, ON, "Bo Ray")
RUN = SentRun("R4TQ9W2BHK", 2500, ON)


def line(text="", pence=-1250, on=ON + DAY, name="", returned=False):
    return Line(1, on, pence, "GBP", text, name, returned, "", "mark")


def found(*lines, sent=(ASHA, BO), runs=(RUN,)):
    return [(find.verdict, find.codes) for find in lay_beside(lines, sent, runs)]


@pytest.mark.parametrize(
    "text", ["K7P2M00001", "k7p2m00001", "FPS K7P2M00001 HARBOUR", "K7P2 M0000 1", "REF:K7P2M-00001/X", "xK7P2M00001x"]
)
def test_a_reference_is_found_however_the_bank_writes_it(text):
    assert found(line(text)) == [(Verdict.PAID, ("K7P2M00001",))]


@pytest.mark.parametrize(
    ("given", "verdict", "codes"),
    [
        (line("K7P2M00001", pence=-1251), Verdict.ASK, ("K7P2M00001",)),
        (line("K7P2M00001", pence=1250), Verdict.BACK, ("K7P2M00001",)),
        (line("K7P2M00001", pence=1000), Verdict.ASK, ("K7P2M00001",)),
        (line("K7P2M00001", on=ON - 5 * DAY), Verdict.ASK, ("K7P2M00001",)),
        (line("K7P2M00001 K7P2M00002", pence=-2500), Verdict.ASK, ("K7P2M00001", "K7P2M00002")),
        (line("R4TQ9W2BHK", pence=-2500), Verdict.RUN_PAID, ("R4TQ9W2BHK",)),
        (line("R4TQ9W2BHK", pence=-2400), Verdict.ASK, ("R4TQ9W2BHK",)),
        (line("R4TQ9W2BHK K7P2M00002"), Verdict.PAID, ("K7P2M00002",)),
        (line("FPS", pence=-2500), Verdict.ASK, ("R4TQ9W2BHK",)),
        (line("BELL A"), Verdict.ASK, ("K7P2M00001",)),
        (line("", name="Mr B Ray"), Verdict.ASK, ("K7P2M00002",)),
        (line("Somebody else"), Verdict.OTHER, ()),
        (line("BELL", on=ON + 20 * DAY), Verdict.OTHER, ()),
        (line("BELL", pence=1250), Verdict.OTHER, ()),
        (line("BELL RETURNED", pence=1250, returned=True), Verdict.ASK, ("K7P2M00001",)),
        (line("Rent", pence=-80000), Verdict.OTHER, ()),
    ],
)  # fmt: skip
def test_what_a_line_says(given, verdict, codes):
    assert found(given) == [(verdict, codes)]


def test_a_payment_is_paid_once_also_when_the_bank_shows_it_twice():
    assert [verdict for verdict, _ in found(line("K7P2M00001"), line("K7P2M00001"))] == [Verdict.PAID, Verdict.ASK]
    assert found(line("K7P2M00001"), sent=[replace(ASHA, arrived=True)]) == [(Verdict.ASK, ("K7P2M00001",))]
    assert found(line("BELL"), sent=[replace(ASHA, arrived=True)], runs=()) == [(Verdict.OTHER, ())]


def test_two_people_of_one_name_are_both_asked_about():
    twin = Sent("K7P2M00009", 1250, ON, "Ada Bell")
    assert found(line("BELL"), sent=[ASHA, twin]) == [(Verdict.ASK, ("K7P2M00001", "K7P2M00009"))]


def test_every_question_says_why():
    asked = lay_beside([line("K7P2M00001", pence=-9), line("BELL"), line("FPS", pence=-2500)], [ASHA], [RUN])
    assert all(find.why for find in asked)
