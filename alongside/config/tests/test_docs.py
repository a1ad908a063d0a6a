"""What the operator reads is what the settings read."""

import re

from alongside.config.tests.factories import ROOT

FOR_TESTS = {"ALONGSIDE_TEST_SQLITE"}


def test_every_setting_is_in_the_install_page():
    source = (ROOT / "alongside" / "config" / "settings.py").read_text()
    page = (ROOT / "docs" / "install.md").read_text()
    named = set(re.findall(r'"((?:ALONGSIDE_|DATABASE_)[A-Z_]+)"', source)) - FOR_TESTS
    assert named - set(re.findall(r"`([A-Z_]+)`", page)) == set()
