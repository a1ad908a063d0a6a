"""Somebody at a keyboard: Tab, Enter, Space, arrows and letters, nothing else.

    asha = by_hand("author")
    asha.go(url).press("Give my answer").choose("Yes, I agree").press("Keep my answer").sees("Your answer is kept")

Each stop on the way is looked at: focus must show, and nothing may lie over what has it. On a fresh page the first
stop is the way out.
"""

from playwright.sync_api import TimeoutError, expect

MOST_STOPS = 400
HERE = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const tidy = text => (text || '').replace(/\\s+/g, ' ').trim();
  const label = [...(e.labels || [])].map(l => l.innerText).join(' ');
  const box = e.getBoundingClientRect(), drawn = e.matches('[type=radio], [type=checkbox]') && e.labels[0] || e;
  const style = getComputedStyle(e), outer = getComputedStyle(drawn);
  const ring = s => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2;
  const on = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20));
  return {
    tag: e.tagName.toLowerCase(), type: e.type || '', id: e.id, kind: e.className, checked: !!e.checked,
    name: tidy(e.getAttribute('aria-label') || label || (e.matches('a, button, summary') ? e.innerText : '')),
    group: tidy(e.closest('fieldset')?.querySelector('legend')?.innerText),
    value: e.tagName === 'SELECT' ? tidy(e.selectedOptions[0]?.innerText) : e.value || '',
    ringed: ring(style) || ring(outer) || e.matches('[tabindex="-1"]'),
    bare: !on || e.contains(on) || on.contains(e) || (e.labels && [...e.labels].some(l => l.contains(on))),
    html: e.outerHTML.slice(0, 120),
  };
}"""


class Hands:
    def __init__(self, page):
        self.page = page
        self.fresh = True
        page.on("framenavigated", lambda frame: frame == page.main_frame and self._new_page())

    def _new_page(self):
        self.fresh = True

    # --- moving about ---

    def go(self, url):
        """Type an address. No other step of a journey does."""
        self.page.goto(url)
        return self

    def step(self, key="Tab"):
        """Press Tab once; what has focus then, or None where the page ends."""
        fresh, before = self.fresh, self.page.evaluate(HERE)
        self.page.keyboard.press(key)
        self.fresh, here = False, self.page.evaluate(HERE)
        if here is None:
            return None
        assert here["ringed"], f"{self.page.url}: focus does not show on {here['html']}"
        assert here["bare"], f"{self.page.url}: something lies over {here['html']}"
        if fresh and before is None:
            assert here["kind"] == "leave", f"{self.page.url}: the first stop is {here['html']}, not the way out"
        return here

    def reach(self, words, *, fits):
        """Tab on until the stop that fits; round once when it was passed."""
        here, stops = self.page.evaluate(HERE), []
        for _ in range(MOST_STOPS):
            if here and fits(here):
                return here
            stops.append(here and (here["name"] or here["html"]))
            if stops.count(stops[-1]) > 12 and stops[-1] is None:
                break
            here = self.step()
        raise AssertionError(f"No stop “{words}” on {self.page.url}; there are {list(dict.fromkeys(stops))}")

    # --- doing things ---

    def press(self, words, *, key="Enter"):
        """Reach the link or button that begins with these words and press it; wait for the next page."""
        self.reach(words, fits=lambda here: here["tag"] in {"a", "button"} and here["name"].startswith(words))
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
        return self

    def fold_out(self, words):
        """Open a part that is folded away."""
        self.reach(words, fits=lambda here: here["tag"] == "summary" and here["name"].startswith(words))
        self.page.keyboard.press("Enter")
        return self

    def write(self, label, text):
        """Reach a field and write, in place of what stands there."""
        boxes = {"input", "textarea"}
        self.reach(label, fits=lambda here: here["tag"] in boxes and here["name"].startswith(label))
        self.page.keyboard.press("Control+A")
        for number, line in enumerate(text.split("\n")):
            if number:
                self.page.keyboard.press("Enter")
            self.page.keyboard.insert_text(line)
        return self

    def choose(self, choice, *, of=""):
        """Reach a question with one answer and move to the one that begins with these words."""

        def fits(here):
            return here["type"] == "radio" and here["group"].startswith(of) and self._offers(here, choice)

        here = self.reach(choice, fits=fits)
        for _ in range(40):
            if here["name"].startswith(choice):
                if not here["checked"]:
                    self.page.keyboard.press("Space")
                return self
            here = self.step("ArrowDown")
        raise AssertionError(f"No answer “{choice}”.")

    def _offers(self, here, choice):
        """Whether one of the answers to the question that has focus begins with these words."""
        answers = self.page.evaluate(
            "() => [...document.activeElement.closest('fieldset').querySelectorAll('label')].map(l => l.innerText.trim())"
        )
        return any(answer.startswith(choice) for answer in answers)

    def tick(self, label):
        """Reach a box and tick it."""
        here = self.reach(label, fits=lambda here: here["type"] == "checkbox" and here["name"].startswith(label))
        if not here["checked"]:
            self.page.keyboard.press("Space")
        return self

    def pick(self, label, option):
        """Reach a list and type the beginning of one of its lines."""
        self.reach(label, fits=lambda here: here["tag"] == "select" and here["name"].startswith(label))
        self.page.keyboard.type(option)
        assert self.page.evaluate(HERE)["value"].startswith(option)
        return self

    def bring(self, label, file):
        """Reach a field for a file, open the machine's own window with Enter and choose there."""
        self.reach(label, fits=lambda here: here["type"] == "file" and here["name"].startswith(label))
        try:
            with self.page.expect_file_chooser(timeout=3000) as window:
                self.page.keyboard.press("Enter")
        except TimeoutError:  # a busy browser drops one now and then; people press again
            with self.page.expect_file_chooser() as window:
                self.page.keyboard.press("Space")
        window.value.set_files(file)
        return self

    def take_file(self, words):
        """Press what gives a file; its path."""
        self.reach(words, fits=lambda here: here["tag"] in {"a", "button"} and here["name"].startswith(words))
        with self.page.expect_download() as download:
            self.page.keyboard.press("Enter")
        return download.value.path()

    def say(self, words):
        """Press an answer under a statement; with JavaScript the page stays and the next statement comes in."""
        before = self.page.inner_text("#turn")
        self.reach(words, fits=lambda here: here["tag"] == "button" and here["name"].startswith(words))
        self.page.keyboard.press("Enter")
        expect(self.page.locator("#turn")).not_to_have_text(before, use_inner_text=True)
        self.page.wait_for_load_state()
        return self

    # --- seeing ---

    def sees(self, *words):
        """What the page says, in its main part or beside it."""
        self.page.wait_for_load_state()
        said = self.text()
        for each in words:
            assert each in said, f"{self.page.url} does not say “{each}” but: {said[:3000]}"
        return self

    def sees_not(self, *words):
        said = self.text()
        for each in words:
            assert each not in said, f"{self.page.url} says “{each}”"
        return self

    def text(self):
        return " ".join(self.page.inner_text("body").split())

    @property
    def path(self):
        return self.page.evaluate("location.pathname")
