"""Pictures of the main pages of a running demo, as the people in it see them.

    python -m tests.browser.shots FOLDER [ADDRESS]     every page, phone to desk, light and dark, for people to look at
    python -m tests.browser.shots --docs [ADDRESS]     the few small ones that the docs show: docs/pictures/

ADDRESS is where the demo runs: http://127.0.0.1:8000 when nothing is said.
"""

import os
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

PICTURES = Path(__file__).parent.parent.parent / "docs" / "pictures"
WIDTHS = (320, 768, 1280)
SCHEMES = ("light", "dark")
STEPS = 12_000  # a page that is longer than this many pixels is cut


@dataclass(frozen=True)
class Shot:
    """One page: whose eyes, and the way to it from the first page: the beginning of each address to press, in turn."""

    name: str
    who: str = ""
    way: tuple = ()


OWN_TABLE = r"/initiatives/\d+/$"
SHOTS = (
    Shot("welcome"),
    Shot("find", way=("/find/",)),
    Shot("advert", way=(r"/initiatives/adverts/\d+/",)),
    Shot("sign-in", way=("/door/sign-in/",)),
    Shot("help", way=("/safety/$",)),
    Shot("today", "Aoife"),
    Shot("initiative", "Aoife", (OWN_TABLE,)),
    Shot("agreement", "Aoife", (OWN_TABLE, "/agreements/of/")),
    Shot("gathering", "Aoife", (OWN_TABLE, r"/gatherings/\d+/")),
    Shot("conversation", "Aoife", (OWN_TABLE, r"/conversations/\d+/")),
    Shot("decision", "Aoife", (OWN_TABLE, r"/decisions/\d+/")),
    Shot("label", "Aoife", (OWN_TABLE, r"/labels/of/\d+/$")),
    Shot("work", "Aoife", ("/work/$",)),
    Shot("offer", "Aoife", ("/work/$", r"/work/\d+/")),
    Shot("money", "Aoife", ("/work/$", "/payments/mine/")),
    Shot("my-page", "Aoife", ("/me/",)),
    Shot("my-words", "Aoife", ("/credit/$",)),
    Shot("gave", "Aoife", ("/credit/$", "/credit/gave/")),
    Shot("offer-answer", "Aoife", ("/work/$", r"/work/\d+/", r"/work/\d+/answer/yes/")),
    Shot("letter", "Aoife", ("/work/$", r"/work/\d+/", r"/work/\d+/letter/")),
    Shot("look-up", "Aoife", ("/benefits/$",)),
    Shot("ceilings", "Aoife", ("/benefits/$", "/benefits/ceilings/")),
    Shot("costs", "Aoife", ("/claims/$",)),
    Shot("claim", "Aoife", ("/claims/$", r"/claims/\d+/")),
    Shot("log", "Aoife", ("/claims/$", "/claims/log/$")),
    Shot("quote", "Aoife", ("/credit/$", r"/credit/words/\d+/")),
    Shot("credit", "Aoife", ("/credit/$", r"/credit/named/\d+/$")),
    Shot("lead-today", "Marta"),
    Shot("lead-runs", "Marta", (OWN_TABLE, r"/initiatives/\d+/run/")),
    Shot("people", "Marta", ("/organisation/", r"/organisation/\d+/people/")),
    Shot("payments", "Niall", ("/payments/$",)),
    Shot("runs", "Niall", ("/runs/$",)),
    Shot("choose-run", "Niall", ("/runs/$", r"/runs/of/\d+/")),
    Shot("run", "Niall", ("/runs/$", r"/runs/\d+/$")),
    Shot("cover", "Niall", ("/runs/$", r"/runs/\d+/$", r"/runs/\d+/cover/")),
    Shot("funds", "Niall", (r"/funds/\d+/$",)),
    Shot("output", "Jules", (OWN_TABLE, r"/credit/at/\d+/$", r"/credit/output/\d+/$")),
    Shot("year", "Harjit", ("/reports/of/",)),
)
# What the docs show: (shot, width, height, scheme). Only what is in the window, so that each stays small.
FOR_DOCS = (
    ("welcome", 360, 640, "light"),
    ("today", 360, 640, "light"),
    ("offer", 360, 640, "light"),
    ("decision", 360, 640, "light"),
    ("label", 360, 640, "dark"),
)


def named(name):
    return next(shot for shot in SHOTS if shot.name == name)


def come_in(page, home, who):
    """Look through somebody's eyes, by the button of the demo's own page and the digits that it shows."""
    page.goto(f"{home}/demo/")
    button = page.locator("button", has_text=re.compile(rf"Look as .*{who}"))
    button.click()
    digits = re.search(r"Type (\d{3}) (\d{3})", page.inner_text("main"))
    page.fill("input[name=code]", "".join(digits.groups()))
    page.click("main form button.press >> nth=0")


def walk(page, home, shot):
    """Go to the page of a shot; False when the demo has no such thing on the way."""
    page.goto(f"{home}/")
    for step in shot.way:
        addresses = page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))")
        found = next((address for address in addresses if re.match(step, address)), None)
        if found is None:
            print(f"{shot.name}: no way by {step} from {page.url}")
            return False
        page.goto(home + found)
        _pass_the_lock(page)
    return True


def _pass_the_lock(page):
    """Pages of money ask for a second thing, without which one can go on in the demo."""
    on = page.locator("button", has_text="Go on in the demonstration")
    if on.count():
        on.click()


def take(page, path, width, scheme, height=None):
    """One picture of the page that is open: the whole of it, or only the window when a height is given."""
    page.set_viewport_size({"width": width, "height": height or 800})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    tall = page.evaluate("document.documentElement.scrollHeight")
    whole = {"full_page": True, "clip": {"x": 0, "y": 0, "width": width, "height": min(tall, STEPS)}}
    page.screenshot(path=path, **({} if height else whole))
    print(path)


def take_all(page, home, shots, folder):
    for shot in shots:
        if walk(page, home, shot):
            for width in WIDTHS:
                for scheme in SCHEMES:
                    take(page, folder / f"{shot.name}-{width}-{scheme}.png", width, scheme)


def take_for_docs(page, home, shots, folder):
    for shot in shots:
        for name, width, height, scheme in FOR_DOCS:
            if name == shot.name and walk(page, home, shot):
                take(page, folder / f"{name}.png", width, scheme, height)


def go_through(home, folder, do):
    """Open a browser for each person and let `do` take their pictures."""
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("ALONGSIDE_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for who in dict.fromkeys(shot.who for shot in SHOTS):
            page = browser.new_page(locale="en-GB")
            if who:
                come_in(page, home, who)
            do(page, home, [shot for shot in SHOTS if shot.who == who], folder)
            page.context.close()
        browser.close()


def main(words):
    if not words or words[0] in {"-h", "--help"}:
        print(__doc__)
        return
    home = words[1].rstrip("/") if len(words) > 1 else "http://127.0.0.1:8000"
    if words[0] == "--docs":
        go_through(home, PICTURES, take_for_docs)
    else:
        go_through(home, Path(words[0]), take_all)


if __name__ == "__main__":
    main(sys.argv[1:])
