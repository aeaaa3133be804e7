"""A sentence encoder of the user's own, by name or folder: sentences -> vectors.

Any model that sentence-transformers loads. A folder is read as it is, and nothing is downloaded; a name that is no
folder is one of a model hub, and is fetched because it was asked for.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from hexapla.corpus.document import Document
from hexapla.corpus.errors import InputError, UsageError
from hexapla.corpus.vectors import Vectors, said, unit

EXTRA = "pip install 'hexapla[encoder]'"

BATCH = 64
"""Sentences that are encoded together."""

_OFFLINE = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")
_SILENT = {"HF_HUB_DISABLE_PROGRESS_BARS": "1", "TRANSFORMERS_VERBOSITY": "error"}


def encoded(documents: Sequence[Document], name: str) -> dict[str, Vectors]:
    """Return the vectors of the sentences of each of *documents* by the encoder *name*, on the CPU.

    Raises:
        UsageError: sentence-transformers is not installed.
        InputError: the model cannot be loaded, or gives no vector for a sentence.
    """
    model = _model(name)
    found = {}
    for document in documents:
        lines = said(document)
        rows = model.encode(lines, batch_size=BATCH, show_progress_bar=False, convert_to_numpy=True) if lines else []
        found[document.id] = Vectors((_checked(rows, lines, name, document),))
    return found


def _checked(rows: Any, lines: Sequence[str], name: str, document: Document) -> Any:
    import numpy as np

    held = np.asarray(rows, dtype=np.float32).reshape(len(lines), -1)
    wrong = ~np.isfinite(held).all(axis=1) | ~held.any(axis=1)
    if wrong.any():
        what = f"the encoder {name} gives no vector"
        raise InputError(what, path=document.source.filename, place=f"sentence {int(wrong.argmax()) + 1}")
    return unit(held)


def _model(name: str) -> Any:
    with _quiet(local=Path(name).is_dir()):
        try:
            from sentence_transformers import SentenceTransformer
            from transformers.utils import logging
        except ImportError as error:
            raise UsageError("--encoder needs sentence-transformers", hint=EXTRA) from error
        if not sys.stderr.isatty():
            logging.disable_progress_bar()
        try:
            return SentenceTransformer(name, device="cpu")
        except Exception as error:  # the libraries below raise whatever they like
            line = " ".join(str(error).split())[:200].rstrip(".") or type(error).__name__
            hint = "give the folder of a sentence-transformers model, or the name of one on a hub"
            raise InputError(f"the encoder cannot be loaded: {line}", path=name, hint=hint) from error


@contextlib.contextmanager
def _quiet(local: bool) -> Iterator[None]:
    """Let no library look for a hub, where the model is *local*, nor count who uses it, nor draw bars in a pipe."""
    wanted = {"HF_HUB_DISABLE_TELEMETRY": "1"} | (dict.fromkeys(_OFFLINE, "1") if local else {})
    wanted |= {} if sys.stderr.isatty() else _SILENT
    before = {key: os.environ.get(key) for key in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for key, value in before.items():
            if value is None:
                del os.environ[key]
            else:
                os.environ[key] = value
