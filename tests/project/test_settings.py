"""``[tool.hatchet-ls]``: what is read, and what is said about mistakes in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from hatchet_ls.project import toml_places
from hatchet_ls.project.options import OPTIONS
from hatchet_ls.project.settings import Globs, Overrides, Settings, load_settings, pyprojects_above
from hatchet_ls.rules import Severity, rules

PYPROJECT = Path("/project/pyproject.toml").absolute()


def load(text: str) -> Settings:
    """Settings of a text in which nothing is wrong."""
    settings, problems = load_settings(PYPROJECT, text)
    assert problems == ()
    assert settings is not None
    return settings


def complaints(text: str) -> list[tuple[int, str, str]]:
    """Line (from 1), code and message of everything that is wrong with a text."""
    _, problems = load_settings(PYPROJECT, text)
    return [
        (problem.source.position(problem.span.start).row + 1, problem.source.slice(problem.span), problem.message)
        for problem in problems
    ]


def test_every_option_is_read() -> None:
    settings = load(
        """
        [tool.hatchet-ls]
        select = ["ALL"]
        ignore = ["unknown-keyword", "rate-limit"]
        exclude = ["generated/"]
        environment = "env"
        semantic-tokens = false

        [tool.hatchet-ls.rules]
        unknown-member = "info"
        concurrency = "off"
        """
    )
    assert settings == Settings(
        root=PYPROJECT.parent,
        pyproject=PYPROJECT,
        select=("ALL",),
        ignore=("unknown-keyword", "rate-limit"),
        exclude=("generated/",),
        environment=PYPROJECT.parent / "env",
        semantic_tokens=False,
        severities={"unknown-member": Severity.INFORMATION, "concurrency": None},
    )


def test_a_file_without_the_table_has_no_settings() -> None:
    assert load_settings(PYPROJECT, '[project]\nname = "app"\n') == (None, ())


def test_an_empty_table_is_the_defaults() -> None:
    assert load("[tool.hatchet-ls]\n") == Settings(PYPROJECT.parent, PYPROJECT)


def test_an_absolute_environment_stays(tmp_path: Path) -> None:
    assert load(f"[tool.hatchet-ls]\nenvironment = '{tmp_path}'\n").environment == tmp_path


def test_a_home_directory_is_expanded() -> None:
    assert load('[tool.hatchet-ls]\nenvironment = "~/env"\n').environment == Path.home() / "env"


@pytest.mark.parametrize(
    ("line", "code", "message"),
    [
        ('selct = ["ALL"]', "selct", "unknown setting `selct`; did you mean `select`?"),
        ("colour = 1", "colour", "unknown setting `colour`"),
        ('select = "ALL"', "select", "`select` must be a list of strings, not a string"),
        ("ignore = [1]", "ignore", "`ignore` must be a list of strings, but it holds an integer"),
        ("exclude = true", "exclude", "`exclude` must be a list of strings, not a boolean"),
        ("environment = 1.5", "environment", "`environment` must be a string, not a float"),
        ("environment = 2024-01-01", "environment", "`environment` must be a string, not a date or time"),
        ('environment = " "', "environment", "`environment` must be a path"),
        (
            'environment = "~nobody-here/env"',
            "environment",
            "`~nobody-here/env` names the home directory of nobody here",
        ),
        ('semantic-tokens = "no"', "semantic-tokens", "`semantic-tokens` must be a boolean, not a string"),
        ('exclude = ["!"]', '"!"', "`!` is no glob as in `.gitignore`"),
        ("rules = []", "rules", "`rules` must be a table of rule = severity, not an array"),
        (
            'select = ["unknown-keywrd"]',
            '"unknown-keywrd"',
            "unknown rule `unknown-keywrd`; did you mean `unknown-keyword`?",
        ),
        (
            "ignore = ['unknown_member']",
            "'unknown_member'",
            "unknown rule `unknown_member`; did you mean `unknown-member`?",
        ),
        ('rules.nothing-like-it = "off"', "nothing-like-it", "unknown rule `nothing-like-it`"),
        (
            "rules = { unknown-member = 3 }",
            "unknown-member",
            "the severity of `unknown-member` must be a string, not an integer",
        ),
        (
            'rules = { "unknown-member" = "warn" }',
            '"unknown-member"',
            "unknown severity `warn` (one of `error`, `warning`, `information`, `info`, `hint`, `off`)"
            "; did you mean `warning`?",
        ),
    ],
)
def test_a_mistake_is_reported_on_its_code(line: str, code: str, message: str) -> None:
    text = f'[project]\nname = "select"\n\n[tool.hatchet-ls]\n# select and ignore\n{line}\n'
    assert complaints(text) == [(6, code, message)]


def test_an_item_of_a_long_list_is_reported_on_its_own_line() -> None:
    text = """\
[tool.hatchet-ls]
select = [
  "unknown-member",  # not "unknown-membr"
  "unknown-membr",
]
"""
    assert [(line, code) for line, code, _ in complaints(text)] == [(4, '"unknown-membr"')]


@pytest.mark.parametrize(
    "text",
    [
        '[tool.hatchet-ls.rules]\nunknown-member = "of"',
        '[tool.hatchet-ls]\nrules.unknown-member = "of"',
        '[tool]\nhatchet-ls.rules.unknown-member = "of"',
        '\ntool.hatchet-ls.rules.unknown-member = "of"',
        '[tool.hatchet-ls]\r\nrules = { unknown-member = "of" }\r\n',
        '[tool."hatchet-ls".rules]\nunknown-member = "of"\n[tool.other.rules]\nunknown-member = "of"',
    ],
)
def test_a_mistake_is_found_however_the_table_is_written(text: str) -> None:
    assert [(line, code) for line, code, _ in complaints(text)] == [(2, "unknown-member")]


@pytest.mark.parametrize("end", ["]", " ] # all", '  "last[extra]"]', "]\t#]"])
def test_a_long_array_is_read_but_few_times(end: str, monkeypatch: pytest.MonkeyPatch) -> None:
    library = vars(toml_places)["tomllib"]
    read: list[str] = []
    loads = library.loads

    def recorded(text: str) -> object:
        read.append(text)
        return loads(text)

    monkeypatch.setattr(library, "loads", recorded)
    items = "".join(f'  "package-{index}[extra]>=1",\n' for index in range(50))
    text = f"[tool.other]\nlist = [\n{items}{end}\n[tool.hatchet-ls]\nselekt = []\n"
    assert [code for _, code, _ in complaints(text)] == ["selekt"]
    assert len(read) < 10


def test_lines_of_a_string_are_no_settings() -> None:
    text = "[project]\ndescription = '''\n[tool.hatchet-ls]\nselct = 1\n'''\n[tool.hatchet-ls]\nselct = 1\n"
    assert [line for line, _, _ in complaints(text)] == [7]


@pytest.mark.parametrize("text", ["[tool]\nhatchet-ls = 3\n", "[tool]\n\n[[tool.hatchet-ls]]\nselect = []\n"])
def test_the_table_must_be_a_table(text: str) -> None:
    ((_, code, message),) = complaints(text)
    assert code == "hatchet-ls"
    assert message.startswith("`hatchet-ls` must be a table, not ")


def test_what_is_right_holds_beside_what_is_wrong() -> None:
    settings, problems = load_settings(
        PYPROJECT, '[tool.hatchet-ls]\nignore = ["unknown-member", "unknown-membr"]\nselect = 1\n'
    )
    assert len(problems) == 2
    assert settings is not None
    assert settings.ignore == ("unknown-member",)
    assert settings.select is None


def test_invalid_toml_is_reported_where_the_reader_stumbles() -> None:
    text = "[tool.hatchet-ls]\nselect = [\n\n[tool.other]\nx = = 1\n"
    ((line, _, message),) = complaints(text)
    assert line == 4
    assert message.startswith("invalid TOML: ")


def test_invalid_toml_at_the_end_is_reported_on_the_last_line_with_text() -> None:
    ((line, code, message),) = complaints('[tool.hatchet-ls]\nselect = ["ALL"\n\n')
    assert (line, code) == (2, 'select = ["ALL"')
    assert message == "invalid TOML: unclosed array"


def test_toml_nested_beyond_reason_is_a_problem_not_a_crash() -> None:
    ((line, _, message),) = complaints("hatchet-ls = " + "[" * 50_000)
    assert line == 1
    assert message.startswith("invalid TOML: ")


def test_invalid_toml_without_our_table_is_not_ours_to_report() -> None:
    assert load_settings(PYPROJECT, "[project\n") == (None, ())


def test_everything_is_selected_by_default() -> None:
    selection = Settings(PYPROJECT.parent).selection
    assert selection.rules == frozenset(rules())
    assert selection.severities == {}


def chosen(**values: tuple[str, ...]) -> set[str]:
    return on(Settings(PYPROJECT.parent, select=values.get("select"), ignore=values.get("ignore", ())))


def on(settings: Settings) -> set[str]:
    assert settings.selection.rules is not None
    return set(settings.selection.rules)


def family(name: str) -> set[str]:
    found = {rule.name for rule in rules().values() if rule.family == name}
    assert len(found) > 1
    return found


def test_rules_are_selected_by_name_family_and_all() -> None:
    assert chosen(select=("unknown-member",)) == {"unknown-member"}
    assert chosen(select=("rate-limit",)) == family("rate-limit")
    assert chosen(select=("all",)) == set(rules())
    assert chosen(select=()) == set()
    assert chosen(ignore=("rate-limit",)) == set(rules()) - family("rate-limit")


def test_the_nearer_name_wins_and_ignore_wins_a_draw() -> None:
    assert chosen(select=("unknown-member",), ignore=("api",)) == {"unknown-member"}
    assert chosen(select=("api",), ignore=("unknown-member",)) == family("api") - {"unknown-member"}
    assert chosen(select=("api",), ignore=("api",)) == set()
    assert chosen(select=("api",), ignore=("ALL",)) == family("api")


def test_severities_go_from_all_to_family_to_rule() -> None:
    severities = {"all": Severity.HINT, "api": None, "unknown-member": Severity.ERROR}
    selection = Settings(PYPROJECT.parent, severities=severities).selection
    assert selection.rules == frozenset(set(rules()) - family("api")) | {"unknown-member"}
    assert selection.severities["unknown-member"] is Severity.ERROR
    assert {selection.severities[name] for name in family("rate-limit")} == {Severity.HINT}


def test_select_on_the_command_line_starts_afresh() -> None:
    settings = Settings(PYPROJECT.parent, ignore=("unknown-member",), severities={"api": None, "dag": Severity.HINT})
    merged = settings.merged(Overrides(select=("unknown-member",), ignore=("dag",)))
    assert on(merged) == {"unknown-member"}
    assert merged.severities == {"dag": Severity.HINT}


def test_ignore_on_the_command_line_adds() -> None:
    settings = Settings(PYPROJECT.parent, select=("api",), ignore=("unknown-member",))
    assert on(settings.merged(Overrides(ignore=("unknown-keyword",)))) == family("api") - {
        "unknown-member",
        "unknown-keyword",
    }


def test_a_severity_of_the_editor_s_holds_against_the_file_s_for_the_same_rules() -> None:
    severities = {"unknown-member": Severity.HINT, "dag": None, "retry": Severity.HINT}
    settings = Settings(PYPROJECT.parent, severities=severities)
    over = {"api": Severity.ERROR, "negative-retries": Severity.WARNING}
    merged = settings.merged(Overrides(severities=over))
    assert merged.severities == {"dag": None, "retry": Severity.HINT, **over}
    assert settings.merged(Overrides(severities={"ALL": None})).severities == {"ALL": None}


def test_globs_of_the_editor_s_are_relative_to_its_folder_and_come_first(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "app", exclude=("generated", "*_pb2.py"))
    merged = settings.merged(Overrides(exclude=Globs(tmp_path, ("app/legacy", "!generated", "!build"))))
    assert merged.excludes(tmp_path / "app/legacy/x.py")
    assert not settings.excludes(tmp_path / "app/legacy/x.py")
    assert not merged.excludes(tmp_path / "app/generated/x.py")
    assert not merged.excludes(tmp_path / "app/build", directory=True)
    assert merged.excludes(tmp_path / "app/x_pb2.py")
    assert not merged.excludes(tmp_path / "app/x.py")


def test_other_settings_of_the_editor_s_take_the_place_of_the_file_s() -> None:
    settings = Settings(PYPROJECT.parent, environment=Path("/file/env"), semantic_tokens=False)
    assert settings.merged(Overrides()) == settings
    merged = settings.merged(Overrides(environment=Path("/editor/env"), semantic_tokens=True))
    assert (merged.environment, merged.semantic_tokens) == (Path("/editor/env"), True)


def test_excludes_are_globs_on_top_of_the_defaults() -> None:
    settings = Settings(PYPROJECT.parent, exclude=("*_pb2.py", "/legacy", "!build"))
    root = PYPROJECT.parent
    assert settings.excludes(root / "app/api_pb2.py")
    assert settings.excludes(root / "legacy", directory=True)
    assert settings.excludes(root / "app/node_modules/x.py")
    assert not settings.excludes(root / "app/legacy", directory=True)
    assert not settings.excludes(root / "build", directory=True)
    assert not settings.excludes(root / "app/tasks.py")


def test_excludes_look_only_below_the_settings_own_directory() -> None:
    root = Path("/home/build/app").absolute()
    assert not Settings(root).excludes(root / "tasks.py")
    assert not Settings(root).excludes(Path("/elsewhere/build/tasks.py").absolute())


def test_the_nearest_file_comes_first(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    for directory in (tmp_path, inner):
        (directory / "pyproject.toml").touch()
    (tmp_path / "a" / "pyproject.toml").mkdir()
    found = list(pyprojects_above(inner))
    assert found[:2] == [inner / "pyproject.toml", tmp_path / "pyproject.toml"]


def test_every_option_is_a_field_of_the_settings() -> None:
    fields = set(Settings.__dataclass_fields__)
    assert {option.field for option in OPTIONS.values()} == fields - {"root", "pyproject", "exclude_first"}
