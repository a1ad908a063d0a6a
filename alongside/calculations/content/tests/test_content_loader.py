"""The loader reads exactly what a kind's shape says, and names the file and the key when it cannot."""

from datetime import date

import pytest

from alongside.calculations import content

HEAD = 'words = "A word"\nsource = "Ours"\nlicence = "CC BY 4.0"\nreviewed_by = []\nreview_by = 2027-01-01\n'
TERM = HEAD + 'means = "What it means."\n'
CARD = HEAD + 'body = "B"\ncountry = "UK"\ncurrency = "GBP"\nuse = "offer"\n'


def period(start, end=None, pence='"27.50"', key="pence"):
    """One period with one line, as TOML."""
    to = f"to = {end}\n" if end else ""
    return (
        f'[[periods]]\nfrom = {start}\n{to}[[periods.lines]]\nid = "hour"\nwords = "H"\n{key} = {pence}\nper = "hour"\n'
    )


def write(root, kind, **files):
    """A content folder under `root` with these files; gives `root` back."""
    folder = root / kind
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return root


def test_entry_takes_its_id_from_the_file_name(tmp_path):
    (term,) = content.read_kind("glossary", write(tmp_path, "glossary", seat=TERM))
    assert (term.id, term.words, term.reviewed, term.review_by) == ("seat", "A word", False, date(2027, 1, 1))


def test_entry_is_reviewed_once_somebody_put_their_name_to_it(tmp_path):
    signed = TERM.replace("reviewed_by = []", 'reviewed_by = ["Asha"]')
    (term,) = content.read_kind("glossary", write(tmp_path, "glossary", seat=signed))
    assert term.reviewed is True


def test_entry_cannot_be_changed(tmp_path):
    (term,) = content.read_kind("glossary", write(tmp_path, "glossary", seat=TERM))
    with pytest.raises(AttributeError):
        term.words = "Another"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (TERM + 'wrods = "x"\n', "content/glossary/seat.toml: unknown key 'wrods'"),
        (HEAD, "content/glossary/seat.toml: missing key 'means'"),
        (TERM.replace('source = "Ours"\n', ""), "missing key 'source'"),
        (TERM.replace("2027-01-01", '"2027-01-01"'), "review_by: expected a day"),
        (TERM.replace('"A word"', "7"), "words: expected words, found 7"),
        (TERM.replace('"A word"', '"  "'), "words: is empty"),
        (TERM + 'see = "seat"\n', "see: expected a list"),
        (TERM + "see = [1]\n", "see 1: expected words"),
        (TERM + 'id = "seat"\n', "the id is the file name"),
        ("words = ", "cannot be read as TOML"),
    ],
)
def test_faulty_entry_is_refused_in_words_that_name_the_key(tmp_path, text, says):
    with pytest.raises(content.ContentError, match=says.replace("[", r"\[")):
        content.read_kind("glossary", write(tmp_path, "glossary", seat=text))


def test_same_id_in_other_letters_is_refused(tmp_path):
    write(tmp_path, "glossary", seat=TERM, Seat=TERM)
    if len(list((tmp_path / "glossary").iterdir())) == 1:
        pytest.skip("this disk cannot hold both names")
    with pytest.raises(content.ContentError, match="the id of 'Seat' and 'seat' is the same"):
        content.read_kind("glossary", tmp_path)


def test_same_place_in_the_order_is_refused(tmp_path):
    step = HEAD + 'order = 1\nmeans = "M."\n'
    with pytest.raises(content.ContentError, match="the place of 'a' and 'b' is the same"):
        content.read_kind("phases", write(tmp_path, "phases", a=step, b=step))


def test_same_id_inside_one_file_is_refused(tmp_path):
    ladder = HEAD + 'ordered = true\ncredit = "C"\n' + '[[rungs]]\nid = "low"\nwords = "Low"\n' * 2
    with pytest.raises(content.ContentError, match="rungs: the id 'low' is used twice"):
        content.read_kind("ladders", write(tmp_path, "ladders", one=ladder))


def test_unknown_kind_and_missing_folder_are_refused(tmp_path):
    with pytest.raises(content.ContentError, match="no kind of content called 'songs'"):
        content.read_kind("songs", tmp_path)
    with pytest.raises(content.ContentError, match="content/glossary is missing"):
        content.read_kind("glossary", tmp_path)


def test_money_is_written_as_words_and_held_as_whole_pence(tmp_path):
    (card,) = content.read_kind("rate-cards", write(tmp_path, "rate-cards", one=CARD + period("2026-01-01")))
    assert card.periods[0].lines[0].pence == 2750


@pytest.mark.parametrize("pence", ["27.5", "27.50", '"27.5"', '"27"', '"-1.00"', '"1,000.00"', '"£5.00"', '"5.001"'])
def test_money_in_any_other_writing_is_refused(tmp_path, pence):
    with pytest.raises(content.ContentError, match='pence: expected money as "27.50"'):
        content.read_kind("rate-cards", write(tmp_path, "rate-cards", one=CARD + period("2026-01-01", pence=pence)))


@pytest.mark.parametrize(
    ("periods", "says"),
    [
        (period("2025-04-01", "2026-04-01") + period("2026-05-01"), "a gap between 2026-04-01 and 2026-05-01"),
        (period("2025-04-01", "2026-04-01") + period("2026-03-01"), "overlap"),
        (period("2025-04-01") + period("2026-04-01"), "overlap"),
        (period("2026-04-01", "2027-04-01") + period("2025-04-01", "2026-04-01"), "overlap"),
        (period("2026-04-01", "2026-04-01"), "ends on or before its first day"),
        ("periods = []\n", "at least one period"),
        (period("2026-04-01", key="pounds"), "periods 1: lines 1: unknown key 'pounds'"),
    ],
)
def test_periods_with_a_gap_or_an_overlap_are_refused(tmp_path, periods, says):
    with pytest.raises(content.ContentError, match=says):
        content.read_kind("rate-cards", write(tmp_path, "rate-cards", one=CARD + periods))


def test_period_ends_before_its_last_day_and_no_older_figure_stands_in(tmp_path):
    text = CARD + period("2025-04-01", "2026-04-01") + period("2026-04-01", "2027-04-01", pence='"30.00"')
    (card,) = content.read_kind("rate-cards", write(tmp_path, "rate-cards", one=text))
    assert card.on(date(2026, 3, 31)).lines[0].pence == 2750
    assert card.on(date(2026, 4, 1)).lines[0].pence == 3000
    assert card.on(date(2027, 4, 1)) is None
    assert card.on(date(2025, 3, 31)) is None
