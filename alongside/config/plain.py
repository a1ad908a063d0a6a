"""Answers of the command line as lines to read, where no JSON was asked for."""


def table(rows):
    """Dicts with the same keys as lines of columns, the names of the columns first."""
    columns = list(rows[0])
    cells = [columns, *([_words(row[column]) for column in columns] for row in rows)]
    widths = [max(len(line[place]) for line in cells) for place in range(len(columns))]
    return [
        "  " + "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in cells
    ]


def _words(value):
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value or "")


def label(answer):
    """A label as `alongside.calculations.labels.label_file` answers: the verdict, its reasons, each stage."""
    lines = [answer["title"], "", *_verdict(answer["label"])]
    for one in answer["relationships"]:
        lines += ["", f"{one['words']}: {one['label']['words']}"]
        lines += [f"  {stage['words']}: {stage['label']['words']}" for stage in one["stages"]]
    if answer["dissent"]:
        lines += ["", "Not everybody sees it so:", *(f"  {words}" for words in answer["dissent"])]
    return lines


def _verdict(verdict):
    lines = [f"Label: {verdict['words']}", f"  It means: {verdict['means']}"]
    for key, heading in (("reasons", "Because"), ("against", "What speaks against it"), ("missing", "Not known")):
        if verdict[key]:
            lines += [f"{heading}:", *(f"  {words}" for words in verdict[key])]
    return lines
