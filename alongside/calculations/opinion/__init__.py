"""What a conversation says: tallies, the summary in plain words, and the public file format in both directions.

Votes are {voter: {statement id: AGREE, DISAGREE or PASS}}. No times are kept anywhere here, and no order of votes matters.
"""

from alongside.calculations.opinion.public import PublicConversation, Statement
from alongside.calculations.opinion.reading import read_folder
from alongside.calculations.opinion.setting_out import LEAST_VOTERS, write_folder
from alongside.calculations.opinion.summary import Point, Summary, Thresholds, summarise
from alongside.calculations.opinion.tallies import (
    AGREE,
    DISAGREE,
    PASS,
    ShownTally,
    Tally,
    consensus,
    shown_tally,
    tallies,
    tallies_by_group,
)

__all__ = [
    "AGREE",
    "DISAGREE",
    "LEAST_VOTERS",
    "PASS",
    "Point",
    "PublicConversation",
    "ShownTally",
    "Statement",
    "Summary",
    "Tally",
    "Thresholds",
    "consensus",
    "read_folder",
    "shown_tally",
    "summarise",
    "tallies",
    "tallies_by_group",
    "write_folder",
]
