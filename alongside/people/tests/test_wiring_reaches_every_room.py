"""A room that can tell or forget something about a person is wired; nobody is left out of a download or an erasing."""

from importlib import import_module
from importlib.util import find_spec

import pytest
from django.apps import apps
from django.conf import settings

from alongside.config import wiring

OWN = {"people"}  # people's own words go in people.operations.erase


def door(room, shelf, name):
    module = f"alongside.{room}.{shelf}"
    return getattr(import_module(module), name, None) if find_spec(module) else None


def reaches(functions, wanted):
    """Whether one of the functions is the wanted one, or belongs to a module that lists the wanted one's module."""
    modules = [import_module(function.__module__) for function in functions]
    listed = [room for module in modules for room in getattr(module, "ROOMS", ())]
    return wanted in functions or import_module(wanted.__module__) in listed


@pytest.mark.parametrize("room", settings.ROOMS)
def test_what_a_room_keeps_about_a_person_is_in_the_download(room):
    about_me = door(room, "queries", "about_me")
    if about_me:
        assert reaches(wiring.ABOUT_ME, about_me), f"add {room}.queries.about_me to config/wiring.py"


@pytest.mark.parametrize("room", settings.ROOMS)
def test_what_a_room_forgets_is_in_the_erasing(room):
    erase_words = door(room, "operations", "erase_words")
    if erase_words:
        assert reaches(wiring.ERASING, erase_words), f"add {room}.operations.erase_words to config/wiring.py"


@pytest.mark.parametrize("room", sorted(set(settings.ROOMS) - OWN))
def test_room_with_words_kept_until_erased_can_forget_them(room):
    kept = [
        f"{model.__name__}.{name}"
        for model in apps.get_app_config(room).get_models()
        for name, said in getattr(model, "DECLARED", {}).items()
        if said.personal and said.kept == "until-erased"
    ]
    assert not kept or door(room, "operations", "erase_words"), f"{room} keeps {kept} until erased but cannot forget"
