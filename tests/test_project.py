"""The project keeps its own rules: imports go down, names agree, nothing of one machine is written into it."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PARTS = ("corpus", "align", "tei", "scripts")  # each may import itself and those to its left
MODULES = [path for part in PARTS for path in sorted((ROOT / part).glob("*.py"))]


def imported(path: Path) -> list[str]:
    """All modules that *path* imports, also inside functions."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: relative import"
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_imports_go_down(path: Path) -> None:
    allowed = PARTS[: PARTS.index(path.parent.name) + 1]
    for name in imported(path):
        first, _, rest = name.partition(".")
        assert first not in PARTS, f"{path.name} imports {name}: write hexapla.{name}"
        if first == "hexapla":
            assert rest.split(".")[0] in allowed, f"{path.parent.name}/{path.name} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_module_says_what_it_is_for(path: Path) -> None:
    said = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    assert said
    assert said.splitlines()[0].endswith((".", ":", "?"))


def test_heavy_libraries_wait_until_they_are_needed() -> None:
    heavy = ["datasets", "nltk", "pyarrow", "pandas", "py3langid", "lxml", "ahocorasick", "numpy", "babel"]
    code = f"import sys, hexapla.scripts.__main__ as m; m.parser(); print([n for n in {heavy} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": "typings"}, cwd=ROOT)  # fmt: skip
    assert done.stdout.strip() == "[]"


def test_citation_has_no_version_that_could_go_stale() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    citation = (ROOT / "CITATION.cff").read_text("utf-8")
    stated = re.search(r"^version:\s*(\S+)", citation, re.MULTILINE)
    assert not stated or stated[1].strip("\"'") == project["version"]
    assert project["license"] in citation


def test_readme_names_only_what_is_there() -> None:
    from hexapla.scripts.__main__ import COMMANDS

    readme = (ROOT / "README.md").read_text("utf-8")
    named = set(
        re.findall(
            r"\bhexapla ([a-z]+)\b(?=[^.]*\n|`)",
            "\n".join(re.findall(r"```(?:sh|console)\n(.*?)```", readme, re.DOTALL)),
        )
    )
    assert named
    assert named <= set(COMMANDS)
    for command in COMMANDS:
        assert f"`hexapla {command}" in readme or command in named, f"README says nothing of hexapla {command}"
    for target in re.findall(r"^make (\w+)", readme, re.MULTILINE):
        assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    for link in re.findall(r"\]\((?!https?:|#)([^)#]+)\)", readme):
        assert (ROOT / link).exists(), link


def test_no_path_of_one_machine() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split(
        "\n"
    )
    for name in filter(None, listed):
        path = ROOT / name
        if path.is_file() and path.suffix in (".py", ".md", ".toml", ".tsv", ".cff", ".html", ".rnc", ".rng", ".sch"):
            assert not re.search(r"(?<![\w.\-/])/(?:work|root|home)/", path.read_text("utf-8")), name
