"""What is known of a language: its name and direction, and the tables that the other modules read.

    corpus/languages/hr/language.toml       name, script, direction, markers
                       /segmentation.toml   table("hr", "segmentation")
                       /<topic>.toml        table("hr", "<topic>")
    corpus/languages/und/<topic>.toml       what holds for any language

A tag is looked up from its most special form to its most general (``sr-Latn-RS``, ``sr-Latn``, ``sr``); a language
without a folder works with the general rules, and Babel gives its name and direction. `language.toml` may say
``same_as = "tl"``: then the tables of that language are read.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Literal

from hexapla.corpus.errors import InputError, UsageError

Direction = Literal["ltr", "rtl"]

FOLDER = Path(__file__).parent / "languages"
"""Where the tables are."""

UNDETERMINED = "und"
"""The tag of a text whose language nobody knows; its folder holds the general rules."""

_FEWEST_LETTERS = 12  # a shorter text is never given a language
_LEAST_SURE = 0.5  # a guess less likely than this is no guess
_LONGEST = 20_000  # characters looked at; more change nothing
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|\d{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*(?:-[a-wy-z0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Language:
    """A language: its BCP 47 tag, English name, ISO 15924 script, direction, and the topics it has tables for."""

    code: str
    name: str
    script: str = ""  # '' where nobody knows
    direction: Direction = "ltr"
    topics: tuple[str, ...] = ()

    def table(self, topic: str) -> Mapping[str, Any]:
        """Return the table of *topic*, as `table` does."""
        return table(self.code, topic)


@cache
def language(code: str) -> Language:
    """Return what is known of the language with the BCP 47 tag *code*.

    Raises:
        UsageError: *code* is not a valid tag.

    >>> language("ar").name, language("ar").script, language("ar").direction
    ('Arabic', 'Arab', 'rtl')
    """
    code = canonical(code)
    own = table(code, "language")
    script = _script(code) or str(own.get("script", "")) or _likely_script(code)
    written_left = script in table(UNDETERMINED, "language")["rtl_scripts"]
    topics = sorted({path.stem for folder in _folders(code) for path in folder.glob("*.toml")})
    return Language(code, str(own.get("name") or _name(code)), script, "rtl" if written_left else "ltr", tuple(topics))


def unspaced(code: str) -> bool:
    """Return whether the language *code* is written without spaces between words.

    >>> unspaced("th"), unspaced("ko")
    (True, False)
    """
    return language(code).script in table(UNDETERMINED, "language")["unspaced_scripts"]


@cache
def table(code: str, topic: str) -> Mapping[str, Any]:
    """Return what the tables say of *topic* in the language *code*; an empty mapping where they say nothing.

    Raises:
        UsageError: *code* is not a valid tag.
        InputError: the table is not valid TOML.

    >>> "prof" in table("hr", "segmentation")["never_final"]
    True
    >>> table("vo", "segmentation")
    {}
    """
    for folder in _folders(canonical(code)):
        path = folder / f"{topic}.toml"
        if path.is_file():
            return parse(path)
    return {}


@cache
def canonical(code: str) -> str:
    """Return the tag *code* in its usual spelling.

    Raises:
        UsageError: *code* is not a valid BCP 47 tag; the message suggests one where it can.

    >>> canonical("SR-latn-rs")
    'sr-Latn-RS'
    >>> canonical("Arabic")
    Traceback (most recent call last):
    hexapla.corpus.errors.UsageError: 'Arabic' is not a language tag (BCP 47); did you mean ar?
    """
    found = _TAG.fullmatch(code)
    if not found or not _known(found["language"].lower()):
        raise UsageError(f"{code!r} is not a language tag (BCP 47)", hint=_advice(code))
    head, *rest = code.split("-")
    parts = [head.lower()]
    for part in rest:
        after_single = any(len(before) == 1 for before in parts[1:])
        parts.append(part.lower() if after_single else _cased(part))
    return "-".join(parts)


def parse(path: Path) -> dict[str, Any]:
    """Return the content of the TOML file *path*; raise an `InputError` that names the line where it is broken."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        said, _, where = str(error).partition(" (at ")
        line = re.search(r"line (\d+)", where)
        message = f"is not valid TOML: {said}"
        raise InputError(message, path=path, place=line[1] if line else None, hint="correct that line") from error
    except UnicodeDecodeError as error:
        raise InputError(f"is not UTF-8 (byte {error.start})", path=path, hint="save it as UTF-8") from error
    except OSError as error:
        raise InputError(error.strerror or "cannot be read", path=path) from error


def detect(text: str) -> tuple[str, float]:
    """Return the likeliest language of *text* and how likely it is (0..1); 'und' for one too short or unclear.

    Languages that are hard to tell apart (Croatian, Bosnian, Serbian) are told by the marker words of their tables.

    >>> detect("The coalition invaded the country, and the capital fell three weeks later.")[0]
    'en'
    >>> detect("12 + 3")
    ('und', 0.0)
    """
    sample = text[:_LONGEST]
    scores = likelihoods(sample)
    if not scores:
        return UNDETERMINED, 0.0
    code, score = _settle(sample, next(iter(scores)), scores)
    score = min(1.0, round(score, 6))
    return (code, score) if score >= _LEAST_SURE else (UNDETERMINED, score)


def likelihoods(text: str) -> dict[str, float]:
    """Return how likely each language is the one of *text*, the likeliest first; nothing where the text is too short.

    The languages that are easily taken for one another share what is theirs together; `detect` tells them apart.
    """
    sample = text[:_LONGEST]
    if sum(1 for _ in zip(range(_FEWEST_LETTERS), _LETTER.finditer(sample), strict=False)) < _FEWEST_LETTERS:
        return {}
    return {str(name): float(value) for name, value in _identifier().rank(sample)}


def _settle(text: str, first: str, scores: Mapping[str, float]) -> tuple[str, float]:
    """Choose among the rivals of the *first* guess the one whose marker words the text has most of."""
    rivals = [first, *table(first, "language").get("rivals", ())] if _known(first) else [first]
    together = sum(scores.get(code, 0.0) for code in rivals)
    words = Counter(_WORD.findall(text.lower()))
    marks = {
        code: sum(words[word] for word in table(code, "language").get("markers", ()))
        for code in rivals[:1] + sorted(rivals[1:])
    }
    best = max(marks, key=lambda code: marks[code])
    total = sum(marks.values())
    if not total:
        return str(table(first, "language").get("unmarked", first)) if len(rivals) > 1 else first, together
    if marks[best] > marks[first]:
        return best, together * marks[best] / total
    return first, max(scores[first], together * marks[first] / total)


@cache
def _identifier() -> Any:
    """Load the identifier: a second of work, so only where somebody asks."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _folders(code: str) -> Iterator[Path]:
    """Yield the folders of *code*, the most special first; one that is the same as another language stands for it."""
    parts = code.split("-")
    for size in range(len(parts), 0, -1):
        folder = FOLDER / "-".join(parts[:size])
        if not folder.is_dir():
            continue
        yield folder
        own = folder / "language.toml"
        same = parse(own).get("same_as") if own.is_file() else None
        if same:
            yield FOLDER / str(same)


def _cased(part: str) -> str:
    """Spell one part of a tag as is usual: Latn, RS, fonipa."""
    return part.title() if len(part) == 4 and part.isalpha() else part.upper() if len(part) == 2 else part.lower()


def _script(code: str) -> str:
    """Return the script that the tag itself names."""
    found = _TAG.fullmatch(code)
    return _cased(found["script"]) if found and found["script"] else ""


@cache
def _names() -> Mapping[str, str]:
    """Return the English names of languages."""
    from babel import Locale

    return dict(Locale("en").languages)


def _known(code: str) -> bool:
    """Whether *code* may be a language: two letters must be registered, three may be any but the long form of two."""
    from babel.core import get_global

    if code in _names():
        return True
    return len(code) == 3 and len(str(get_global("language_aliases").get(code, code))) == 3


def _name(code: str) -> str:
    """Return the English name of the language, else its tag."""
    return _names().get(code.replace("-", "_")) or _names().get(code.split("-")[0]) or code


def _likely_script(code: str) -> str:
    """Return the script that the language is most often written in, '' where nobody knows."""
    from babel.core import get_global

    likely = get_global("likely_subtags")
    region = _TAG.fullmatch(code)
    head = code.split("-")[0]
    tags = [f"{head}_{region['region'].upper()}"] if region and region["region"] else []
    found = next((likely[tag] for tag in (*tags, head) if tag in likely and head != UNDETERMINED), "")
    return next((part for part in str(found).split("_") if len(part) == 4), "")


def _advice(code: str) -> str:
    """Suggest a tag for what somebody wrote in place of one."""
    from babel.core import get_global

    names = {name.casefold(): tag for tag, name in sorted(_names().items(), reverse=True)}
    folded = code.strip().casefold()
    close = get_close_matches(folded, sorted(names), n=1, cutoff=0.8)
    spelled = "-".join(part for part in re.split(r"[^A-Za-z0-9]+", code) if part)
    whole = _TAG.fullmatch(spelled)
    if close:
        return f"did you mean {names[close[0]].replace('_', '-')}?"
    longer = str(get_global("language_aliases").get(folded, "")).replace("_", "-")
    if longer:
        return f"did you mean {longer}?"
    if whole and spelled != code and _known(whole["language"].lower()):
        return f"did you mean {canonical(spelled)}?"
    return "give a tag such as hr, ar or pt-BR"
