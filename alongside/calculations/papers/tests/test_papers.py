"""Papers are tagged, say their title and language, hold every word as it was typed, or say plainly why they cannot be."""

import pytest
import typst

from alongside.calculations import papers
from alongside.calculations.papers.tests import reading

MARKUP = r'#strong[x] *b* _i_ $1+1$ <label> @ref // note \ [y] #eval("1") `raw` = head - dash'
LETTER = {
    "title": "Letter about taking part",
    "sender": ["Asha"],
    "to": ["The benefits office"],
    "day": "Monday 2 November 2026",
    "greeting": "Dear reader",
    "paragraphs": ["I take part in a group.", "It is not a job."],
    "facts": [["Sum", "£40.00"], ["Day", "Friday 4 December 2026"]],
    "after": ["I can stop at any time."],
    "closing": ["Yours", "Asha"],
    "foot": "Nobody else was sent this.",
}
SHEET = {
    "title": "What this pack holds",
    "lead": "One quarter.",
    "facts": [["Fund", "Harbour"]],
    "paragraphs": ["All sums are in pounds."],
    "tables": [{"title": "Totals", "heads": ["What", "Sum"], "rows": [["Offers", "£1.00"], ["Receipts", "£2.00"]]}],
    "foot": "End.",
}


def flat(value):
    if isinstance(value, dict):
        return [word for each in value.values() for word in flat(each)]
    if isinstance(value, list):
        return [word for each in value for word in flat(each)]
    return [value]


@pytest.mark.parametrize(("name", "data"), [("letter", LETTER), ("sheet", SHEET)])
def test_every_word_is_in_the_paper(name, data):
    seen = reading.words(papers.pdf(name, data))
    assert [word for word in flat(data) if word not in seen] == []


@pytest.mark.parametrize(("name", "data"), [("letter", LETTER), ("sheet", SHEET)])
def test_a_paper_is_tagged_and_says_its_title_and_language(name, data):
    made = papers.pdf(name, data | {"language": "en-GB"})
    with reading.opened(made) as paper:
        assert paper.Root.MarkInfo.Marked
        assert str(paper.Root.Lang) == "en-GB"
        assert paper.Root.ViewerPreferences.DisplayDocTitle
        meta = paper.open_metadata()
        assert meta["dc:title"] == data["title"]
        assert meta["pdfuaid:part"] == "1"


def test_a_table_and_a_list_of_facts_are_told_as_such():
    assert {"Title", "P", "L", "LI"} <= set(reading.tags(papers.pdf("letter", LETTER)))
    found = reading.tags(papers.pdf("sheet", SHEET))
    assert {"Title", "H1", "Table", "TR"} <= set(found)
    assert (found.count("TH"), found.count("TD")) == (2, 4)


def test_a_table_over_many_pages_stays_one_table():
    rows = [[f"Line {number}", "£1.00"] for number in range(200)]
    made = papers.pdf("sheet", SHEET | {"tables": [{"title": "Long", "heads": ["What", "Sum"], "rows": rows}]})
    with reading.opened(made) as paper:
        assert len(paper.pages) > 4
    assert reading.tags(made).count("Table") == 1


@pytest.mark.parametrize("place", ["title", "greeting", "foot", "sender", "paragraphs", "facts"])
def test_markup_in_the_data_stays_text(place):
    value = {"sender": [MARKUP], "paragraphs": [MARKUP], "facts": [[MARKUP, "x"]]}.get(place, MARKUP)
    assert MARKUP in reading.words(papers.pdf("letter", LETTER | {place: value}))


def test_data_cannot_read_a_file(tmp_path):
    (tmp_path / "secret.txt").write_text("canary")
    words = f'#read("{tmp_path}/secret.txt")'
    assert "canary" not in reading.words(papers.pdf("letter", {"title": words, "paragraphs": [words]}))


@pytest.mark.parametrize("words", ["Ŵyl Tŷ", "Māori", "Zażółć gęślą jaźń", "Ελλάδα", "Привет", "café £ € –"])
def test_european_letters_are_set(words):
    assert words in reading.words(papers.pdf("letter", {"title": "Names", "paragraphs": [words]}))


@pytest.mark.parametrize("words", ["中文", "ਪੰਜਾਬੀ", "😀", "বাংলা", "日本語", "العربية"])
def test_letters_without_a_font_are_set_by_another_or_refused_in_plain_words(words):
    """Which of the two happens is up to the fonts of the computer; nothing is ever left out in silence."""
    try:
        made = papers.pdf("letter", {"title": "Names", "paragraphs": [words]})
    except papers.CannotSet as stop:
        assert "this computer has no letters to set" in str(stop)
        assert "Print the page" in str(stop)
    else:
        assert reading.words(made)


def test_without_other_fonts_chinese_is_refused_by_its_sign(monkeypatch):
    monkeypatch.setattr(papers, "_fonts", lambda: typst.Fonts(include_system_fonts=False))
    with pytest.raises(papers.CannotSet, match="no letters to set “中”. Print the page"):
        papers.pdf("letter", {"title": "Names", "paragraphs": ["中文"]})


def test_signs_that_cannot_be_seen_are_left_out_and_new_lines_stay():
    seen = reading.words(papers.pdf("letter", {"title": "A\x00 b\x07", "paragraphs": ["one\ntwo\x1b \ud800three"]}))
    assert "A b" in seen
    assert "one two three" in seen


def test_the_same_data_give_the_same_bytes():
    assert papers.pdf("letter", LETTER) == papers.pdf("letter", LETTER)


def test_almost_nothing_is_enough():
    assert "Only this" in reading.words(papers.pdf("sheet", {"title": "Only this", "foot": None}))


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("../letter", {"title": "x"}, "no paper"),
        ("letter", {}, "needs a title"),
        ("letter", {"title": " \x00"}, "needs a title"),
        ("letter", {"title": "x", "language": 'en"'}, "A language is written"),
    ],
)
def test_a_slip_of_the_programmer_is_named(name, data, says):
    with pytest.raises(ValueError, match=says):
        papers.pdf(name, data)


def test_a_template_that_fails_is_refused_in_plain_words():
    with pytest.raises(papers.CannotSet, match="We could not make this into a PDF. Print the page"):
        papers.pdf("sheet", {"title": "x", "tables": [{"heads": "none"}]})


def test_a_row_stands_whole_on_one_page():
    rows = [[f"file{place}.csv", " ".join([f"{place:08x}"] * 8)] for place in range(60)]
    data = papers.pdf("sheet", SHEET | {"tables": [{"title": "Files", "heads": ["File", "SHA-256"], "rows": rows}]})
    with reading.opened(data) as paper:
        assert len(paper.pages) > 1
    assert [name for name, row in rows if f"{name} {row}" not in reading.words(data)] == []
