"""What is known about money and benefits, held against payments that somebody names. Nothing is kept or guessed.

    asked = Asked(payments=(Payment(date(2026, 11, 16), 16500),), day=12)
    for answer in look_up("GB", "UC", asked): answer.status, answer.words

An answer says well under, near, over, unknown or sources disagree; never what a benefit will be or what is lost.
"""

from alongside.calculations.benefits.asked import (
    DISAGREE,
    METHODS,
    NEAR,
    OVER,
    STATUS_WORDS,
    UNKNOWN,
    WELL_UNDER,
    Answer,
    Asked,
    Payment,
)
from alongside.calculations.benefits.days import long_day
from alongside.calculations.benefits.known import (
    ANY,
    JURISDICTIONS,
    Unknown,
    advice,
    country_of,
    least_sure,
    letter_words,
    needs,
    overdue,
    rules_of,
    scheme,
    schemes_of,
)
from alongside.calculations.benefits.money import currency_of, money
from alongside.calculations.benefits.reading import PaymentsError, read_payments
from alongside.calculations.benefits.reckoning import answer, look_up, told
from alongside.calculations.benefits.sentences import late, source

__all__ = [
    "ANY",
    "DISAGREE",
    "JURISDICTIONS",
    "METHODS",
    "NEAR",
    "OVER",
    "STATUS_WORDS",
    "UNKNOWN",
    "WELL_UNDER",
    "Answer",
    "Asked",
    "Payment",
    "PaymentsError",
    "Unknown",
    "advice",
    "answer",
    "country_of",
    "currency_of",
    "late",
    "least_sure",
    "letter_words",
    "long_day",
    "look_up",
    "money",
    "needs",
    "overdue",
    "read_payments",
    "rules_of",
    "scheme",
    "schemes_of",
    "source",
    "told",
]
