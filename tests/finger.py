"""Somebody with a phone, for tests that say in how many taps a thing is done."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.shown import read


class Finger:
    """Somebody who taps: counts every link followed and every button pressed; forms are sent as they are shown."""

    def __init__(self):
        self.taps, self.page, self.client, self.path = 0, "", None, ""
        self.ticked = {}

    def sit_down(self, client):
        """Come to the today page, as somebody does who was told; coming costs nothing."""
        self.client, self.path = client, "/"
        self.page = client.get("/").content.decode()

    def follow(self, words):
        """Tap the link that begins so."""
        links = re.findall(r'<a\s[^>]*href="([^"]+)"[^>]*>(.*?)</a>', self.page, re.DOTALL)
        (target, *_) = [url for url, inside in links if words in re.sub(r"<[^>]+>", "", inside)]
        self.taps, self.path = self.taps + 1, target
        self.page = self.client.get(target).content.decode()

    def tick(self, name, value):
        """Tick one box; it is sent with the next press."""
        self.taps += 1
        self.ticked.setdefault(name, []).append(value)

    def press(self, words, /, **more):
        """Press the button that says so; everything in its form is sent as it stands."""
        forms = re.findall(r"<form\b.*?</form>", self.page, re.DOTALL)
        (drawn,) = [drawn for drawn in forms if re.search(rf"<button[^>]*>{words}", drawn)]
        (form,) = read(drawn)[0]
        self.taps += 1
        sent = {}
        for each in form.fields:
            if each.value or each.kind not in {"checkbox", "radio"}:
                sent.setdefault(each.name, []).append(each.value)
        for name, values in self.ticked.items():
            assert re.search(rf'type="checkbox"[^>]*name="{name}"', drawn), name
            sent[name] = [*sent.get(name, []), *values]
        self.ticked = {}
        answer = self.client.post(form.action or self.path, sent | more, follow=True)
        if answer.redirect_chain:
            self.path = answer.redirect_chain[-1][0]
        assert answer.status_code == 200, answer.status_code
        if "attachment" not in answer.headers.get("Content-Disposition", ""):
            self.page = answer.content.decode()
        return answer

    def choose_file(self, data):
        self.taps += 1
        return {"file": SimpleUploadedFile("statement.csv", data)}
