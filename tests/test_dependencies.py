"""What we stand on and what we give away: locked packages without known holes, licences that allow it, no secret.

The advisories of PyPI are asked when they can be reached. Where they cannot, that one test is skipped and says so; all
others need no network.
"""

import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from alongside.config import licences

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = ("base", "test")
PINNED = re.compile(
    r"(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)==(?P<version>[A-Za-z0-9.!+_-]+)(?: ; (?P<marker>[^\\]+?))? \\"
)
# What may stand in an SPDX expression of a package that we use, and what older packages write instead.
ALLOWED = {
    "MIT", "MIT-0", "MIT-CMU", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "Apache-2.0", "ISC", "MPL-2.0", "PSF-2.0",
    "Python-2.0", "Unlicense", "LGPL-3.0-only", "LGPL-3.0-or-later", "CC0-1.0", "Zlib", "HPND",
}  # fmt: skip
ALLOWED_WORDS = re.compile(
    r"MIT|BSD|Apache|ISC|Mozilla Public License 2\.0|MPL.2\.0|Python Software Foundation|Unlicense|"
    r"Lesser General Public License v3|Lesser General Public License v2 or later|LGPL-3",
    re.IGNORECASE,
)
FORBIDDEN_WORDS = re.compile(
    r"\bAGPL|Affero|(?<!L)(?<!Lesser )\bGPL(?!v?3 with)|not declared|Proprietary", re.IGNORECASE
)

# These say little of themselves, so their licence file was read: package: words that have to stand in it.
READ_BY_US = {
    "qrcode": "Redistribution and use in source and binary forms",
    "axe-playwright-python": "MIT License",
    "text-unidecode": "Artistic License",  # or the GPL, as we choose; for the tests of euro files and who wants these
}


def lock(name):
    """{package: match of PINNED with its hashes} of one lock; fails for a line that is neither."""
    found, last = {}, None
    for line in (ROOT / "requirements" / f"{name}.txt").read_text().splitlines():
        if line.lstrip().startswith("#") or not line.strip():
            continue
        if hashed := re.fullmatch(r"    --hash=sha256:([0-9a-f]{64})(?: \\)?", line):
            found[last][1].append(hashed[1])
            continue
        pinned = PINNED.fullmatch(line)
        assert pinned, f"requirements/{name}.txt: {line} is not pinned with a hash"
        last = canonicalize_name(pinned["name"])
        found[last] = (pinned, [])
    return found


def needs(group):
    """Requirements of pyproject.toml that hold on this machine: of the package itself, or of the group for tests."""
    lines = PROJECT["project"]["dependencies"] if group == "base" else PROJECT["dependency-groups"]["test"]
    found = map(Requirement, lines)
    return [need for need in found if need.marker is None or need.marker.evaluate()]


# --- locks ---


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_with_hashes(name):
    packages = lock(name)
    assert len(packages) > 10
    assert [package for package, (_, hashes) in packages.items() if not hashes] == []


@pytest.mark.parametrize("line", ["django>=6.1", "django==6.1.3", "-e .", "django @ https://example.org/django.whl"])
def test_a_line_that_is_not_pinned_would_be_seen(line):
    assert not PINNED.fullmatch(line)


@pytest.mark.parametrize("name", LOCKS)
def test_lock_holds_what_pyproject_asks_for(name):
    packages = lock(name)
    for need in needs(name):
        pinned, _ = packages[canonicalize_name(need.name)]
        assert Version(pinned["version"]) in need.specifier, need


def test_lock_holds_every_package_that_those_need():
    assert [row["name"] for row in licences.dependencies() if canonicalize_name(row["name"]) not in lock("base")] == []


def test_what_is_installed_is_what_is_locked():
    apart = []
    for package, (pinned, _) in lock("test").items():
        try:
            installed = distribution(package).version
        except PackageNotFoundError:
            continue  # for another system
        if Version(installed) != Version(pinned["version"]):
            apart.append(f"{package} {installed}, locked {pinned['version']}")
    assert apart == []


def test_no_package_has_a_known_hole(tmp_path):
    told = tmp_path / "audit.json"
    command = [sys.executable, "-m", "pip_audit", "--requirement", ROOT / "requirements" / "base.txt", "--disable-pip"]
    command += [
        "--require-hashes",
        "--progress-spinner",
        "off",
        "--timeout",
        "10",
        "--format",
        "json",
        "--output",
        told,
    ]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    except subprocess.TimeoutExpired:
        pytest.skip(
            "The list of known holes did not answer within two minutes. Run: pip-audit -r requirements/base.txt"
        )
    if not told.exists():
        pytest.skip(f"The list of known holes cannot be reached from here. {done.stderr.strip()[-200:]}")
    rows = json.loads(told.read_text())["dependencies"]
    holes = {row["name"]: [hole["id"] for hole in row["vulns"]] for row in rows if row.get("vulns")}
    assert holes == {}
    unknown = [row["name"] for row in rows if "vulns" not in row]
    if unknown:
        pytest.skip(f"The list of known holes does not know {len(unknown)} of {len(rows)} packages from here.")


# --- licences ---


def allows(words):
    """Whether a licence, as a package declares it, is one that we may stand on."""
    parts = {part for part in re.split(r"[\s()]+|\bAND\b|\bOR\b|\bWITH\b", words) if part}
    if parts and parts <= ALLOWED:
        return True
    return bool(ALLOWED_WORDS.search(words)) and not FORBIDDEN_WORDS.search(words)


def licence_file(package):
    """The words of the licence files that a package brings."""
    files = [file for file in package.files or [] if "LICEN" in file.name.upper()]
    return " ".join(file.read_text() for file in files)


def test_every_licence_lets_us_use_the_package():
    wrong = {}
    for name in lock("test"):
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue  # for another system
        words = licences.licence(package.metadata)
        read = name in READ_BY_US and READ_BY_US[name] in licence_file(package)
        if not allows(words) and not read:
            wrong[name] = words
    assert wrong == {}


@pytest.mark.parametrize(
    ("words", "may"),
    [
        ("MIT", True), ("Apache-2.0 AND MIT", True), ("BSD License", True), ("GPL-3.0-only", False),
        ("GNU Affero General Public License v3", False), ("AGPL-3.0-or-later", False), ("MIT AND GPL-2.0-only", False),
        ("not declared", False), ("", False), ("SSPL-1.0", False), ("Commercial", False),
    ],
)  # fmt: skip
def test_licences_are_told_apart(words, may):
    assert allows(words) is may


# --- static rules and secrets ---


def test_security_rules_of_the_linter_are_on():
    rules = PROJECT["tool"]["ruff"]["lint"]
    assert "S" in rules["select"]
    assert {rule for rule in rules["ignore"] if rule.startswith("S")} == {"S101", "S603", "S607", "S608"}
    spared = [paths for paths, off in rules["per-file-ignores"].items() if "S" in off]
    assert sorted(spared) == ["**/tests/*", "bench/*", "do.py", "tests/*"]


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ("eval(input())", "S307"),
        ("from django.utils.safestring import mark_safe\nmark_safe(input())", "S308"),
        ("import subprocess\nsubprocess.run(input(), shell=True)", "S602"),
        ("import pickle\npickle.loads(input())", "S301"),
    ],
)
def test_linter_sees_a_planted_hole(code, rule):
    command = [sys.executable, "-m", "ruff", "check", "--output-format", "concise", "--stdin-filename"]
    command += [str(ROOT / "alongside" / "people" / "planted.py"), "-"]
    done = subprocess.run(command, cwd=ROOT, input=code, capture_output=True, text=True, check=False)
    assert rule in done.stdout


def tracked():
    """Paths of all files that are given away."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("This is no git repository: which files are given away is not known.")
    return [path for path in done.stdout.split("\0") if path and (ROOT / path).is_file()]


SECRETS = {
    "a private key": re.compile(r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----"),
    "a key of a cloud": re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),
    "a token of a code host": re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{50,}|glpat-[\w-]{20})"),
    "a token of a chat or payment service": re.compile(r"\b(?:xox[abprs]-[\w-]{20,}|sk_live_\w{20,})"),
    "a signed web token": re.compile(r"\beyJ[\w-]{15,}\.eyJ[\w-]{15,}\.[\w-]{20,}"),
    "a password in an address": re.compile(
        r"\b[a-z]+://[\w.-]+:(?!secret@|password@|\{|\$)[^\s:@/{}$<>\"']{6,}@[\w.-]+"
    ),
    "a secret written into code": re.compile(
        r"(?i)\b\w*(?:secret_key|api_?key|auth_?token|passwd|password)\w*[\"']?\s*[:=]\s*[\"'](?=[^\"']*\d)[A-Za-z0-9+/_=-]{20,}[\"']"
    ),
}
PLANTED = {
    "a private key": "-----BEGIN RSA PRIVATE" + " KEY-----",
    "a key of a cloud": "AKIA" + "ABCDEFGHIJKLMNOP",
    "a token of a code host": "ghp_" + "a1B2" * 9,
    "a token of a chat or payment service": "xoxb-" + "1234567890-abcdefghij",
    "a signed web token": "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0." + "dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P",
    "a password in an address": "postgres://" + "asha:tr0ub4dor@db.example.org/alongside",
    "a secret written into code": "SECRET_" + 'KEY = "k3jh5kj3h4k5jh34k5jh3k4j5h"',
}


def secrets_in(text):
    """What kinds of secrets a text seems to hold."""
    return [kind for kind, pattern in SECRETS.items() if pattern.search(text)]


@pytest.mark.parametrize("kind", SECRETS)
def test_each_kind_of_secret_would_be_seen(kind):
    assert kind in secrets_in(f"x = 1\n{PLANTED[kind]}\n")


def test_no_secret_is_given_away():
    found = {path: secrets_in((ROOT / path).read_text(errors="ignore")) for path in tracked()}
    assert {path: kinds for path, kinds in found.items() if kinds} == {}


def test_no_file_of_an_installation_is_given_away():
    private = re.compile(r"(^|/)(var|\.env[^/]*|.*\.(key|pem|p12|sqlite3?|db|dump|log))(/|$)")
    assert [
        path for path in ("var/secret.key", ".env", "alongside.sqlite3", "a/b.pem") if not private.search(path)
    ] == []
    assert [path for path in tracked() if private.search(path)] == []
