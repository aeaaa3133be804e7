"""Vectors of sentences that were made elsewhere: a row for each segment, or Vecalign's overlap embeddings.

    en.npy        float array, a row for each segment of the document, as `hexapla segment` prints them
    en.txt        the same as numbers with white space between them, a row a line
    en.ov.emb     float32 values of a row for each line of the text file en.ov beside it: sentences, and what two, three
                  … sentences that follow one another are together, in any order (Thompson & Koehn 2019)

A vector that is missing, has another length, is no number or all zeros is refused, and the message names its line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hexapla.corpus.document import Document
from hexapla.corpus.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Single = NDArray[np.float32]

EMBEDDED = ".emb"

LONGEST = 10_000
"""Letters of a line of an overlaps file at most: Vecalign cuts there."""

BLANK = "BLANK_LINE"
"""What Vecalign writes for a line without text."""

_AGAIN = "make the vectors again from what `hexapla segment` prints, a vector for each of its lines"


@dataclass(frozen=True, slots=True)
class Vectors:
    """The vectors of a document: ``windows[n - 1]`` has a row for each n sentences that follow one another.

    Sentences and headings count, boilerplate does not. Rows have length 1. Windows of two and more are there only where
    they were given; of n sentences there are n - 1 rows less than of one.
    """

    windows: tuple[Single, ...]

    def __len__(self) -> int:
        """The number of sentences."""
        return len(self.windows[0])


def read(path: Path, document: Document, widest: int) -> Vectors:
    """Return the vectors of the sentences of *document* in the file *path*, and of up to *widest* together if given.

    Raises:
        InputError: the file cannot be read, or a vector is missing or is none.
    """
    if path.suffix == EMBEDDED:
        return _overlaps(path, document, widest)
    rows = _array(path) if path.suffix == ".npy" else _numbers(path)
    if len(rows) != len(document.segments):
        what = f"has {len(rows)} vectors, {document.source.filename} has {len(document.segments)} segments"
        raise InputError(what, path=path, place=min(len(rows), len(document.segments)) + 1, hint=_AGAIN)
    kept = [number for number, segment in enumerate(document.segments) if segment.kind != "x"]
    return Vectors((unit(_checked(rows, path)[kept]),))


def unit(rows: Single) -> Single:
    """Return *rows* with the length 1 each; those of length 0 stay."""
    import numpy as np

    lengths = np.sqrt((rows.astype(np.float64) ** 2).sum(axis=1, keepdims=True))
    found: Single = (rows / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return found


def _checked(rows: Single, path: Path) -> Single:
    """Return *rows*, unless one of them is no vector."""
    import numpy as np

    for wrong, what in ((~np.isfinite(rows).all(axis=1), "is no number"), (~rows.any(axis=1), "is all zeros")):
        if wrong.any():
            raise InputError(f"a vector {what}", path=path, place=int(wrong.argmax()) + 1, hint=_AGAIN)
    return rows


def _array(path: Path) -> Single:
    import numpy as np

    try:
        found = np.load(path, allow_pickle=False)
    except OSError as error:
        raise _unreadable(path, error) from error
    except (ValueError, EOFError) as error:
        raise InputError("is no array of numpy's format", path=path, hint="save it with numpy.save") from error
    if getattr(found, "ndim", 0) != 2 or not np.issubdtype(found.dtype, np.floating):
        raise InputError("is no table of floating-point numbers", path=path, hint="give a row for each segment")
    rows: Single = found.astype(np.float32)
    return rows


def _numbers(path: Path) -> Single:
    import numpy as np

    rows: list[list[float]] = []
    for number, line in enumerate(_lines(path), start=1):
        try:
            rows.append([float(value) for value in line.split()])
        except ValueError:
            raise InputError("is no row of numbers", path=path, place=number, hint=_AGAIN) from None
        if not rows[-1]:
            raise InputError("a vector is missing", path=path, place=number, hint=_AGAIN)
        if len(rows[-1]) != len(rows[0]):
            what = f"a vector has {len(rows[-1])} numbers, the first has {len(rows[0])}"
            raise InputError(what, path=path, place=number, hint=_AGAIN)
    return np.array(rows, dtype=np.float32).reshape(len(rows), -1)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    except OSError as error:
        raise _unreadable(path, error) from error
    except UnicodeDecodeError as error:
        raise InputError("is not in UTF-8", path=path, hint="give .npy, .emb, or numbers as text") from error


def _unreadable(path: Path, error: OSError) -> InputError:
    return InputError(f"cannot be read ({error.strerror})", path=path, hint="check the path")


def _overlaps(path: Path, document: Document, widest: int) -> Vectors:
    """Read what Vecalign reads: a text file of overlaps and the file of their vectors, *path*."""
    import numpy as np

    beside = path.with_suffix("")
    texts = _lines(beside)
    try:
        data = np.fromfile(path, dtype="<f4")
    except OSError as error:
        raise _unreadable(path, error) from error
    if not texts or len(data) == 0 or len(data) % len(texts):
        what = f"has {len(data)} numbers, which are not so many for each of the {len(texts)} lines of {beside.name}"
        raise InputError(what, path=path, hint="embed every line of the overlaps file, as float32")
    rows: Single = data.reshape(len(texts), -1)
    where = {text: number for number, text in reversed(list(enumerate(texts)))}
    lines = said(document)
    windows = []
    for wide in range(1, min(widest, len(lines)) + 1):
        joined = [" ".join(lines[at : at + wide])[:LONGEST] for at in range(len(lines) - wide + 1)]
        missing = next((at for at, text in enumerate(joined) if text not in where), None)
        if missing is not None and (wide == 1 or any(text in where for text in joined)):
            which = f"the sentence {missing + 1}" if wide == 1 else f"the sentences {missing + 1} to {missing + wide}"
            what = f"has no vector for {which} of {document.source.filename}: {joined[missing][:40]!r}"
            raise InputError(what, path=beside, hint="make the overlaps from what `hexapla segment` prints")
        if missing is None:
            found = [where[text] for text in joined]
            _refuse_broken(rows, found, path)
            windows.append(unit(rows[found]))
    return Vectors(tuple(windows))


def _refuse_broken(rows: Single, found: Sequence[int], path: Path) -> None:
    import numpy as np

    held = rows[found]
    wrong = ~np.isfinite(held).all(axis=1) | ~held.any(axis=1)
    if wrong.any():
        place = found[int(wrong.argmax())] + 1
        raise InputError("a vector is no number, or all zeros", path=path, place=place, hint="embed the line again")


def said(document: Document) -> list[str]:
    """Return the sentences of *document* as `hexapla segment` prints them, and Vecalign reads them."""
    kept = (segment for segment in document.segments if segment.kind != "x")
    return [" ".join(document.slice(segment).replace("\t", " ").splitlines()).strip() or BLANK for segment in kept]
