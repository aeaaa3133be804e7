"""A sentence encoder of the user's own: a tiny real model, made and saved here, and loaded as any other."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from hexapla.corpus.encoder import encoded
from hexapla.corpus.errors import InputError, UsageError
from hexapla.scripts.__main__ import main
from hexapla.tei.read import read
from tests.handmade import document

THERE = importlib.util.find_spec("sentence_transformers") is not None
needed = pytest.mark.skipif(not THERE, reason="sentence-transformers is not installed: pip install 'hexapla[encoder]'")

WORDS = [f"{letter}{other}" for letter in "abcdefghij" for other in "klmn"]
EN = [" ".join(WORDS[at : at + 4]) + "." for at in range(0, 40, 4)]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of one layer with a vocabulary of its own, pooled and saved as sentence-transformers does."""
    transformers = pytest.importorskip("transformers")
    library = pytest.importorskip("sentence_transformers")
    folder = tmp_path_factory.mktemp("model")
    bare, whole = folder / "bare", folder / "whole"
    bare.mkdir()
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ".", *WORDS]
    (bare / "vocab.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
    importlib.import_module("torch").manual_seed(0)
    config = transformers.BertConfig(
        vocab_size=len(vocabulary), hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32
    )
    transformers.BertModel(config).save_pretrained(bare)
    transformers.BertTokenizer(str(bare / "vocab.txt")).save_pretrained(bare)
    library.SentenceTransformer(str(bare), device="cpu").save(str(whole))  # pooled by the mean, as it does by itself
    return whole


@needed
@pytest.mark.filterwarnings("ignore")
def test_a_model_in_a_folder_gives_a_vector_for_each_sentence(model: Path) -> None:
    side = document("en", "en", [*EN, "x"], "ssssssssssx")
    found = encoded([side], str(model))["en"]
    assert found.windows[0].shape == (10, 32)
    assert np.allclose((found.windows[0] ** 2).sum(axis=1), 1, atol=1e-4)
    again = encoded([side], str(model))["en"]
    assert np.array_equal(found.windows[0], again.windows[0])


@needed
@pytest.mark.filterwarnings("ignore")
def test_the_command_aligns_with_it(model: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "en.txt").write_text("\n".join(EN), encoding="utf-8")
    (tmp_path / "hr.txt").write_text("\n".join(EN[:3] + EN[5:]), encoding="utf-8")
    out = tmp_path / "out"
    call = ["align", str(tmp_path / "en.txt"), str(tmp_path / "hr.txt"), "--lang", "en=en", "--lang", "hr=hr"]
    call += ["--segmented", "--mode", "translation", "--encoder", str(model), "--out", str(out)]
    assert main(call) == 0
    assert capfd.readouterr().err == ""
    told = read(out / "tei").alignment
    wanted = {(f"en.s{n + 1}", f"hr.s{n + 1 - 2 * (n > 4)}") for n in range(10) if n not in (3, 4)}
    found = {(one.left.segments[-1], one.right.segments[0]) for one in told.links if len(one.left.segments) == 1}
    assert found == wanted
    assert dict(told.signature.parts)["outside"] == "encoder:whole"


@needed
@pytest.mark.filterwarnings("ignore")
def test_a_folder_that_holds_no_model(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be loaded"):
        encoded([document("en", "en", EN)], str(tmp_path))


@pytest.mark.skipif(THERE, reason="sentence-transformers is installed")
def test_without_the_library_the_user_is_told_what_to_install() -> None:
    with pytest.raises(UsageError, match=r"hexapla\[encoder\]"):
        encoded([document("en", "en", EN)], "any")
