"""Collections: the files of a folder as documents, each in a language that its name or the user says.

    news/a.hr.txt   the part of the name before its suffix is a language tag   ─▶  hr
    news/b.txt      else detected, or given: for the file, or for its folder

Only the files that lie in the folder itself are read, in order of their names; folders and hidden files are left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from hexapla.corpus.document import Document
from hexapla.corpus.errors import InputError, UsageError
from hexapla.corpus.language import canonical, language
from hexapla.corpus.source import read_all


def read(folder: Path, languages: Mapping[Path, str]) -> tuple[Document, ...]:
    """Return the documents in the files of *folder*; *languages* gives the tag of some, by their paths.

    Raises:
        InputError: the folder is none, or empty, or a file of it cannot be used.
        UsageError: a language is not valid, or two files would have the same document id.
    """
    listed = files(folder)
    given = {str(file): languages.get(file) or named(file.name) for file in listed}
    return read_all(listed, {name: tag for name, tag in given.items() if tag})


def files(folder: Path) -> list[Path]:
    """Return the files that lie in *folder*, by name."""
    if not folder.exists():
        raise InputError("does not exist", path=folder, hint="check the name")
    if not folder.is_dir():
        raise InputError("is not a folder", path=folder, hint="give a folder of texts")
    found = sorted((path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")), key=_name)
    if not found:
        raise InputError(
            "has no files in it", path=folder, hint="put the texts into it; folders in it are not looked at"
        )
    return found


def _name(path: Path) -> str:
    return path.name


def named(name: str) -> str:
    """Return the language that the file *name* says, '' where it says none.

    >>> named("a.hr.txt"), named("a.pt-BR.txt"), named("hr.txt"), named("a.old.txt"), named("v1.2.txt")
    ('hr', 'pt-BR', '', '', '')
    """
    parts = name.split(".")
    if len(parts) < 3 or not parts[-3]:
        return ""
    try:
        tag = canonical(parts[-2])
    except UsageError:
        return ""
    return tag if language(tag).name != tag else ""


def tagged(folders: Sequence[Path], given: Sequence[tuple[str, str]]) -> dict[Path, str]:
    """Return the language of each file that *given*, names of files or folders with tags, says something of.

    What is said of a file counts more than what is said of its folder.

    Raises:
        UsageError: a name is none of the *folders* and of no file in them, or a tag is not valid.
    """
    held = {folder: files(folder) for folder in folders}
    whole: dict[Path, str] = {}
    single: dict[Path, str] = {}
    for name, tag in given:
        inside = [
            file for folder, listed in held.items() if Path(name) in (folder, Path(folder.name)) for file in listed
        ]
        named_so = [file for listed in held.values() for file in listed if name in (str(file), file.name, file.stem)]
        if not inside and not named_so:
            raise UsageError(f"a language is given for {name!r}, which is no folder and no file", hint="check the name")
        whole.update(dict.fromkeys(inside, canonical(tag)))
        single.update(dict.fromkeys(named_so, canonical(tag)))
    return whole | single
