"""The rules of the house that the import contracts cannot see."""

import ast
import io
import re
import tokenize
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.db.migrations.loader import MigrationLoader
from django.db.models import signals

PACKAGE = Path(__file__).parent.parent / "alongside"
LINTER = (PACKAGE.parent / ".importlinter").read_text()
FLOORS = [
    line.strip().split(" | ")
    for line in LINTER.split("layers =\n")[1].split("ignore_imports")[0].splitlines()
    if line.strip()
]
HEIGHT = {room: -number for number, floor in enumerate(FLOORS) for room in floor}
ROOMS = [app for app in apps.get_app_configs() if app.name.startswith("alongside.")]
MODELS = [model for app in ROOMS for model in app.get_models()]
MAY_STAND_IN_A_ROOM = {
    "README.md", "__init__.py", "apps.py", "states.py", "models.py", "policies.py", "permissions.py", "queries.py",
    "operations.py", "forms.py", "views.py", "urls.py", "panels.py", "templates", "static", "migrations", "management",
    "tests", "templatetags", "__pycache__",
}  # fmt: skip
NO_MIGRATION_OR_TEST = [
    path for path in PACKAGE.rglob("*.py") if not {"migrations", "tests", "__pycache__"} & set(path.parts)
]
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.*"))


SAYS_SIGNS = {"currencies.py", "_hill.py", "_teaching.py"}  # where signs are kept, and what people of the demo wrote


def _said(path):
    """Every text in the code of a file that is no docstring."""
    tree = ast.parse(path.read_text())
    bodies = [node.body for node in ast.walk(tree) if hasattr(node, "body") and isinstance(node.body, list)]
    docs = {id(body[0].value) for body in bodies if body and isinstance(body[0], ast.Expr)}
    found = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in docs)
    return [node.value for node in found if isinstance(node.value, str)]


def test_one_place_knows_the_signs_of_money():
    code = [path for path in NO_MIGRATION_OR_TEST if path.name not in SAYS_SIGNS]
    assert len(code) > 300
    assert [path for path in code if any("£" in said or "€" in said for said in _said(path))] == []
    assert [path for path in TEMPLATES if path.suffix != ".pdf" and re.search("[£€]", path.read_text())] == []


ON_THE_WALL = {"local", "starts", "shown", "moment", "value"}  # what was brought to a zone, or never had one


def _days_of_stored_moments(path):
    """Lines that take the day of a moment as it is stored, which is the day in Greenwich."""
    calls = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call) and not node.args)
    days = (call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "date")
    of = ((day, day.func.value) for day in days)
    return [
        f"{path.relative_to(PACKAGE)}:{day.lineno}"
        for day, on in of
        if not isinstance(on, ast.Call) and not (isinstance(on, ast.Name) and on.id in ON_THE_WALL)
    ]


def test_a_day_is_the_day_on_the_wall_and_never_that_of_a_stored_moment():
    assert [line for path in NO_MIGRATION_OR_TEST for line in _days_of_stored_moments(path)] == []


def ours(model):
    return [field for field in model._meta.concrete_fields if field.model is model]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_declares_who_sees_it_and_how_long_it_is_kept(model):
    fields = {field.name for field in ours(model)} - {"id"}
    declared = set(getattr(model, "DECLARED", {}))
    assert (fields - declared, declared - fields) == (set(), set())


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_relations_point_down_protect_and_have_no_reverse_name(model):
    for field in ours(model):
        if not field.is_relation:
            continue
        there = field.related_model._meta.app_label
        assert field.remote_field.related_name == "+", field
        assert field.remote_field.on_delete is models.PROTECT, field
        assert there == model._meta.app_label or HEIGHT[there] < HEIGHT[model._meta.app_label], field
    assert model._meta.many_to_many == ()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_tables_name_the_thing_and_models_hide_nothing(model):
    room = model._meta.app_label
    called_so = model.__name__.lower().startswith(room)  # an entry of the ledger is a ledger entry wherever it stands
    assert called_so or not model._meta.db_table.startswith(f"{room}_"), "the table names its room"
    assert not model._meta.ordering
    assert "save" not in vars(model)
    assert not [name for name, value in vars(model).items() if isinstance(value, property)]
    assert not [field for field in model._meta.private_fields if type(field).__name__ == "GenericForeignKey"]


def test_no_signal_receiver_is_ours():
    watched = (
        signals.pre_save, signals.post_save, signals.pre_delete, signals.post_delete, signals.m2m_changed,
        signals.post_init, signals.pre_init, signals.post_migrate, signals.pre_migrate,
    )  # fmt: skip
    receivers = [entry[1] for signal in watched for entry in signal.receivers]
    alive = [entry() if callable(entry) and type(entry).__name__ == "ReferenceType" else entry for entry in receivers]
    assert [r for r in alive if getattr(r, "__module__", "").startswith("alongside.")] == []


@pytest.mark.django_db
def test_migrations_are_one_line_and_nothing_is_missing():
    loader = MigrationLoader(None, ignore_no_migrations=True)
    for app in ROOMS:
        names = sorted(name for label, name in loader.disk_migrations if label == app.label)
        numbers = [name[:4] for name in names]
        assert numbers == [f"{count:04}" for count in range(1, len(names) + 1)], app.label
        assert len(loader.graph.leaf_nodes(app.label)) == (1 if names else 0), app.label
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("app", ROOMS, ids=lambda app: app.label)
def test_room_holds_only_its_shelves_and_says_what_it_is_for(app):
    there = {path.name for path in Path(app.path).iterdir()}
    assert there - MAY_STAND_IN_A_ROOM == set()
    assert "README.md" in there


def code_lines(source):
    thin = {
        tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER,
    }  # fmt: skip
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return len({token.start[0] for token in tokens if token.type not in thin})


def functions(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


@pytest.mark.parametrize("path", NO_MIGRATION_OR_TEST, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_files_and_functions_stay_small(path):
    source = path.read_text()
    assert code_lines(source) <= 400
    long = [f.name for f in functions(ast.parse(source)) if f.end_lineno - f.lineno + 1 > 50]
    assert long == []


@pytest.mark.parametrize("app", ROOMS, ids=lambda app: app.label)
def test_room_stays_a_room(app):
    files = [path for path in NO_MIGRATION_OR_TEST if Path(app.path) in path.parents]
    assert sum(code_lines(path.read_text()) for path in files) <= 3000


@pytest.mark.parametrize(
    "path", [p for p in NO_MIGRATION_OR_TEST if p.name in {"views.py", "forms.py", "panels.py"}], ids=str
)
def test_web_files_build_no_query_and_views_stay_short(path):
    source = path.read_text()
    assert not re.search(r"\.objects\b|connection\.cursor|\.raw\(", source)
    if path.name == "views.py":
        assert [f.name for f in functions(ast.parse(source)) if f.end_lineno - f.body[0].lineno + 1 > 25] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_templates_carry_no_inline_code_and_no_outside_address(path):
    text = path.read_text()
    assert not re.search(r"\bstyle=|\son[a-z]+=|\|\s*safe\b|javascript:|<script(?![^>]*\bsrc=)|<style", text)
    if path.suffix == ".html":
        loads = re.findall(r"""(?:src|action|href)=["'](https?://[^"']+)""", text)
        assert loads == [] or path.name in {"page.html", "leave.html", "500.html"}


FORBIDDEN_WORDS = re.compile(
    r"best practice|mentally ill|non-?compliant|user type|service users? and staff|please note", re.IGNORECASE
)


def test_one_template_draws_the_pages_of_a_list():
    drawing = {str(path.relative_to(PACKAGE)) for path in TEMPLATES if "has_next" in path.read_text()}
    assert drawing == {"design/templates/design/pages.html"}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_templates_never_use_the_words_we_do_not_use(path):
    text = re.sub(r"\{%\s*comment.*?endcomment\s*%\}", "", path.read_text(), flags=re.DOTALL)
    assert FORBIDDEN_WORDS.findall(text) == []


def test_no_room_files_people_by_kind():
    names = {f"{model.__name__}.{field.name}" for model in MODELS for field in ours(model)}
    kinds = re.compile(
        r"user_type|person_type|diagnos|symptom|benefit_kind|recovered|is_staff|service_user", re.IGNORECASE
    )
    assert [name for name in names if kinds.search(name)] == []


def test_python_versions_of_the_papers_agree():
    project = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text())["project"]
    assert project["requires-python"] == ">=3.12"
    assert (PACKAGE.parent / ".python-version").read_text().strip() == "3.13"
