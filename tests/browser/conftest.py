"""A real Chromium before a real server on a real file, production's static files included.

The world of tests/world.py is built once and kept as a file; each test that asks for `site` begins from a copy of it.
"""

import os
import shutil

import pytest
from django.conf import settings as site_settings
from django.core.management import call_command
from django.test.utils import override_settings
from django.utils import timezone

from alongside.payments import operations as payments
from tests.browser.hands import Hands
from tests.browser.server import Site, on_file
from tests.world import World

HERE = os.path.dirname(__file__)
# Nothing may leave the machine, not by mistake either. The tests that leave answer for the other place themselves.
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]  # fmt: skip


def pytest_collection_modifyitems(items):
    for item in items:
        if str(item.path).startswith(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    sync = pytest.importorskip("playwright.sync_api")
    path = os.environ.get("ALONGSIDE_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not path:
        pytest.skip("Chromium was not found. Install it, or set ALONGSIDE_CHROMIUM.")
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright keeps a loop in this thread; our ORM calls are plain
    with sync.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("browser")


@pytest.fixture(scope="session")
def built(folder):
    """Static files as a site serves them: hashed names, compressed."""
    storages = site_settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    with override_settings(STORAGES=storages, STATIC_ROOT=folder / "static", WHITENOISE_USE_FINDERS=False):
        call_command("collectstatic", interactive=False, verbosity=0)
    return {"STORAGES": storages, "STATIC_ROOT": folder / "static"}


@pytest.fixture(scope="session")
def kept_world(folder, django_test_environment, django_db_blocker):
    """(file with the whole world in it, the world): made once. No other test's database is touched."""
    path = folder / "world.sqlite3"
    with django_db_blocker.unblock(), on_file(path):
        call_command("migrate", verbosity=0)
        world = World()
        world.named = world.samples()
    return path, world


@pytest.fixture(scope="module")
def shared_site(kept_world, folder, built, chromium, request, django_db_blocker):
    """A site that several tests only look at."""
    name = request.module.__name__.rsplit(".", 1)[-1]
    yield from _serve(kept_world, folder / f"{name}.sqlite3", built, chromium, django_db_blocker)


@pytest.fixture
def site(kept_world, folder, built, chromium, request, django_db_blocker):
    """A site of one's own, in which things may change."""
    yield from _serve(kept_world, folder / "own.sqlite3", built, chromium, django_db_blocker)


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def by_hand(site, request):
    """Sit down at a keyboard: `asha = by_hand("author")`. Every journey is made with JavaScript and without."""

    def sit_down(role="outsider", **wishes):
        return Hands(site.open(role, java_script_enabled=request.param, reduced_motion="reduce", **wishes))

    yield sit_down
    faults = [fault for context in site.contexts for fault in site.faults_of(context)]
    assert faults == []


@pytest.fixture
def money_moves(site):
    """The world's own table, where no money is frozen: among the samples is a freeze, for the page that lists them."""
    scene = site.world.scenes["own"]
    for freeze in payments.queries.freezes({scene.organisation.pk}):
        payments.lift(freeze_id=freeze.pk, by=scene.people["payer"], at=timezone.now())
    return scene


def _serve(kept, path, built, chromium, blocker):
    shutil.copy(kept[0], path)
    with blocker.unblock(), override_settings(**built), on_file(path):
        made = Site(chromium, kept[1])
        yield made
        made.stop()
    os.unlink(path)
