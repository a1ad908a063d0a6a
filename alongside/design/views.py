"""The one page of this room: every component in every state, in made-up words."""

from django.shortcuts import render

from alongside.design import forms, queries
from alongside.refusals import Refusal

REFUSAL = Refusal(
    "closed", "The gate is shut until Friday 4 December 2026.", "Ask Bo for the key, or come on Saturday."
)

HELPING = "You are helping Asha, who is here with you. What you press counts as hers."


def gallery(request):
    wrong = {"name": "", "mail": "nobody", "start": "31 2 2026", "cost": "-3", "answer": "perhaps", "once": "x" * 22}
    return render(
        request,
        "design/gallery.html",
        {
            "threads": queries.threads(),
            "today": queries.lines(),
            "small_table": queries.small_table(),
            "long_table": queries.long_table(),
            "mirror_rows": queries.mirror_rows(),
            "ladders": queries.ladders(),
            "bars": queries.bars(),
            "hidden_bars": queries.hidden_bars(),
            "answers": queries.answers(),
            "form": forms.GalleryForm(prefix="fresh"),
            "wrong": forms.GalleryForm(wrong),
            "refusal": REFUSAL,
            "icons": queries.icons(),
            "helping_banner": HELPING,
        },
    )
