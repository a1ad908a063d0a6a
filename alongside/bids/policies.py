"""What a bid says of itself in words: its chance, its pay, whose turn it is, and what in it is hard to read."""

import re

from alongside.bids.states import ENDED, LONG_SENTENCE, BidState, Next
from alongside.calculations import content

LETTERS = re.compile(r"\b[A-Z]{2,}s?\b")
LEADS = "Who leads"


def chance_words(text):
    """The honest chance of a bid in a sentence, with where the figure is from."""
    if text.chance is None:
        return f"Nobody knows. {text.chance_from}".strip()
    return f"About {text.chance} in 100 ({text.chance_from.rstrip('.')})."


def pay_words(text):
    """How those who write it are paid, in a sentence for everybody at the table."""
    if text.unpaid:
        return "Writing this is not paid. Nobody has to do it, and a no costs you nothing."
    return "Writing this is paid, from a fund that we have. An offer says how much: wait for yours before you begin."


def next_step(text, *, unthanked):
    """The Next of a bid. unthanked: how many who helped have not been thanked and told."""
    state = text.bid.state
    if state == BidState.WRITING:
        return Next(LEADS, "finishes it with those who help, and sends it", text.due_on)
    if state == BidState.SENT:
        return Next(text.funder, "answers", text.bid.answer_by)
    if unthanked:
        return Next(LEADS, "thanks those who helped, and tells them the answer")
    return Next("nobody", "it is finished; where its text is used again is written here")


def turn_words(step):
    """A Next as a sentence without its day."""
    if step.whose == "nobody":
        return "It is nobody’s turn: it is finished. Where its text is used again is written here."
    return f"{step.whose} {step.what}."


def ended(bid):
    """Whether a bid has its answer, or was taken back."""
    return bid.state in ENDED


def words_of(text):
    """Words of the glossary that a text uses, with what they mean: list of content.Term, in its order."""
    said = text.casefold()
    return [term for term in content.glossary() if re.search(rf"\b{re.escape(term.words.casefold())}s?\b", said)]


def letters_of(text):
    """Letters that stand for words and that the text does not explain in brackets, each once, in their order."""
    found = dict.fromkeys(LETTERS.findall(text))
    return [each for each in found if f"({each})" not in text and not re.search(rf"\b{each} \(", text)]


def long_sentences(text):
    """How many sentences of a text have more than LONG_SENTENCE words."""
    return sum(len(sentence.split()) > LONG_SENTENCE for sentence in re.split(r"[.?!:;\n]+", text))
