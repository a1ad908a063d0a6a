"""The one page of this room: every component in every state, in made-up words."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.design import forms, queries
from alongside.refusals import Refusal

REFUSAL = Refusal(
    "closed", "The gate is shut until Friday 4 December 2026.", "Ask Bo for the key, or come on Saturday."
)
HELPING = "You are helping Asha, who is here with you. What you press counts as hers."
WRONG = {"name": "", "mail": "nobody", "start": "31 2 2026", "cost": "-3", "answer": "perhaps", "once": "x" * 22}


@require_safe
def gallery(request):
    return render(request, "design/gallery.html", everything())


def everything():
    """What the gallery shows."""
    return queries.everything() | {
        "form": forms.GalleryForm(prefix="fresh"),
        "wrong": forms.GalleryForm(WRONG),
        "refusal": REFUSAL,
        "helping_banner": HELPING,
    }
