from __future__ import annotations

import codecs
import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexapla.corpus import source as module
from hexapla.corpus.errors import InputError, UsageError
from hexapla.corpus.segment import lines, segment
from hexapla.corpus.source import describe, read, read_all, read_work
from tests.growth import linear

CORPUS = Path(__file__).parent.parent / "corpus" / "texts" / "iraq-war"

CROATIAN = "Četiri vojnika poginula su u žestokoj borbi, a šest ih je ranjeno. Može se reći više. Đaci čekaju. "
ARABIC = "أعلنت الحكومة أمس أن الحرب انتهت وأن القوات تنسحب من المدن الكبرى. "
RUSSIAN = "Правительство объявило вчера, что война окончена и войска уходят из городов. "
FRENCH = "Le général a déclaré hier que la guerre était terminée; l'armée a quitté la forêt. "

KEPT = [  # files in UTF-8
    b"One. Two.\n",
    b"One.\r\nTwo.\rThree.\n\n",
    b"\xef\xbb\xbfOne. Two.",
    b"  \t One.\x0c Two.  \n",
    "Ušli su.\u2028Otišli su.\u0085".encode(),
    "\u200fوصل.\u200e".encode(),
    b"A\x00B. C\x1bD.",
    FRENCH.encode("utf-8-sig"),
    b"ID3 tags name a song. BZh is how bzip2 begins.",
    b"ID3",
    b"1 < 2, he said. <p> is a tag of <html>.",
    b"\n \"He said: 'no. \xe2\x80\x9cNever.\n",
]

WIDE = [("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE)]

KINDS = [  # name of the file, its bytes, its format, its text
    ("a.txt", b"<!DOCTYPE html><p>It was late.</p>", "text/html", "It was late."),
    ("a", b"\xef\xbb\xbf\n<!-- x --><HTML><p>It was late.</p>", "text/html", "It was late."),
    ("a.html", b"<p>It was late.</p>", "text/html", "It was late."),
    ("a.txt", b"<p>It was late.</p>", "text/plain", "<p>It was late.</p>"),
    ("a.html", b"It was late.", "text/plain", "It was late."),
    ("a.txt", b"<TEI><text><body><p>It was late.</p></body></text></TEI>", "application/tei+xml", "It was late."),
    ("a", "<html><p>It was late.</p>".encode("utf-16"), "text/html", "It was late."),
    ("a.xml", b"It was late.", "text/plain", "It was late."),
]

REFUSED = [  # name of the file, its bytes, what is said
    ("empty.txt", b"", "is empty"),
    ("mark.txt", b"\xef\xbb\xbf", "is empty"),
    ("space.txt", " \r\n\t\u2003".encode(), "is empty"),
    ("hr.txt", CROATIAN.encode("cp1250"), r"is not UTF-8 \(byte 0\); it looks like windows-1250; convert it: iconv"),
    ("ar.txt", ARABIC.encode("cp1256"), "it looks like windows-1256"),
    ("ru.txt", RUSSIAN.encode("cp1251"), "it looks like windows-1251"),
    ("fr.txt", FRENCH.encode("cp1252"), r"is not UTF-8 \(byte 4\); it looks like windows-1252"),
    ("u16.txt", codecs.BOM_UTF16_LE + b"O\0\0\xd8", r"is not UTF-16-LE \(byte 4\)"),
    ("u32.txt", FRENCH.encode("utf-32"), "it looks like UTF-32"),
    ("u16le.txt", b"O\0n\0e\0.\0", "it looks like UTF-16"),
    ("a.pdf", b"%PDF-1.7\n\xff", "is a PDF file, not plain text"),
    ("scan.pdf", b"%PDF-1.7\n<html>", "; export its text"),
    ("a.docx", b"PK\x03\x04\x14\x00", "is a broken ZIP archive"),
    ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old or encrypted Word file, .*; save it as .docx, without"),
    ("a.rtf", rb"{\rtf1 One.}", "is an RTF file"),
    ("a.gz", b"\x1f\x8b\x08\0", "is a gzip archive, not plain text; unpack it"),
    ("a.bz2", b"BZh91AY&SY\0\0", "is a bzip2 archive"),
    ("a.png", b"\x89PNG\r\n", "is an image"),
    ("a.webp", b"RIFF\x10\0\0\0WEBP", "is an image or a recording"),
    ("a.mhtml", b"From: <Saved by Blink>\n<html>", "is a web archive or a mail; save the page as HTML only"),
    ("feed.txt", b"<?xml version='1.0'?><rss><p>One.</p></rss>", "is XML, but not TEI P5: its root is rss"),
    ("a.xml", b"<rss>One.", "is not well-formed XML"),
]

NAMED = [
    ("hr", "hr"),
    ("_a-1", "_a-1"),
    ("izvještaj", "izvjestaj"),
    ("2003 rat", "doc-2003-rat"),
    ("a.b", "a-b"),
    ("Đuro", "Duro"),
]

DESCRIPTION = """title = "T"
date = 2026-11-20
authority = "a"
[[document]]
file = "en.txt"
language = "en"
title = "The text"
sha256 = "{sha256}"
"""

MISTAKES = [  # what is replaced in the description, by what, what is said
    ('title = "T"\n', "", "lacks the key 'title'"),
    ('title = "T"', 'titel = "T"', "has an unknown key 'titel'"),
    ('title = "T"', "title = 5", "'title' is not a text"),
    ('title = "T"', "title = T", r"source\.toml:1: is not valid TOML"),
    ('file = "en.txt"\n', "", "in document 1 lacks the key 'file'"),
    ('title = "The text"', 'tongue = "en"', "in document 1 has an unknown key 'tongue'"),
    ('file = "en.txt"', 'file = "../en.txt"', "leads out of the folder"),
    ('file = "en.txt"', 'file = "link.txt"', "leads out of the folder"),
    ('file = "en.txt"', 'file = "no.txt"', "no.txt: does not exist"),
    ('sha256 = "', 'sha256 = "0', "is not the described text: its sha256 is"),
    ('authority = "a"', "with_text = 1", "'with_text' is not true or false"),
    ("[[document]]", "[document]", "'document' is not a list of tables"),
]


def written(folder: Path, name: str, data: bytes | str = "It was late.") -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def work(folder: Path, old: str = "", new: str = "") -> Path:
    """A work of one text, its description changed in one place."""
    home = folder / "work"
    data = b"It was late. He left."
    written(home, "en.txt", data)
    (home / "link.txt").symlink_to(written(folder, "outside.txt"))
    text = DESCRIPTION.format(sha256=hashlib.sha256(data).hexdigest())
    assert old in text
    written(home, "source.toml", text.replace(old, new, 1))
    return home


@pytest.mark.parametrize("data", KEPT)
def test_the_source_comes_back(tmp_path: Path, data: bytes) -> None:
    document = read(written(tmp_path, "a.txt", data), language="en")
    assert document.text.encode() == data
    assert (document.source.size, document.source.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert (document.id, document.source.filename) == ("a", "a.txt")


@pytest.mark.parametrize(("encoding", "mark"), WIDE)
def test_utf_16_comes_back(tmp_path: Path, encoding: str, mark: bytes) -> None:
    data = mark + f"{ARABIC}\r\n𝄞".encode(encoding)
    document = read(written(tmp_path, "a.txt", data))
    assert (document.language, document.source.encoding, document.source.format) == ("ar", encoding, "text/plain")
    assert document.text.encode(encoding) == data
    assert document.source.sha256 == hashlib.sha256(data).hexdigest()
    assert [document.slice(part) for part in segment(document).segments] == [ARABIC.strip(), "𝄞"]


@pytest.mark.parametrize(("name", "data", "format_", "text"), KINDS)
def test_a_file_is_read_as_what_it_is(tmp_path: Path, name: str, data: bytes, format_: str, text: str) -> None:
    document = read(written(tmp_path, name, data), language="en")
    assert (document.source.format, document.text) == (format_, text)
    assert document.source.sha256 == hashlib.sha256(data).hexdigest()
    assert document.source.original == (b"" if format_ == "text/plain" else data)


def test_a_line_of_ten_megabytes_is_read_at_once(tmp_path: Path) -> None:
    def taken(text: str) -> int:
        return len(lines(read(written(tmp_path, "long.txt", text), language="hr")).segments)

    whole = CROATIAN * 90_000
    assert linear(taken, whole)
    assert taken(whole) == 1


def test_lines_stand_as_they_are(tmp_path: Path) -> None:
    document = read(written(tmp_path, "a.txt", "\ufeff One. Two.\r\n\r\n73 + =\u2028 75\t\rThree\n"), language="en")
    cut = lines(document)
    assert [cut.slice(part) for part in cut.segments] == ["One. Two.", "73 + =\u2028 75", "Three"]
    assert [(part.id, part.kind, part.paragraph) for part in cut.segments] == [
        ("a.s1", "s", 0),
        ("a.s2", "s", 1),
        ("a.s3", "s", 2),
    ]
    assert segment(cut) == cut


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_comes_back_or_is_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = written(tmp_path_factory.getbasetemp(), "any.txt", text)
    try:
        found = read(path, language="und").text
    except InputError as error:
        found = str(error).removeprefix(f"{path}: ")
    assert found == text or found.startswith(("is empty", "is no text", "is a", "is XML", "is not"))


@pytest.mark.parametrize(("name", "data", "said"), REFUSED)
def test_other_files_are_refused_in_one_line(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        read(written(tmp_path, name, data))
    assert str(caught.value).startswith(str(tmp_path / name))
    assert "\n" not in str(caught.value)


def test_what_is_no_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="is a folder"):
        read(tmp_path)
    with pytest.raises(InputError, match="does not exist"):
        read(tmp_path / "no.txt")
    path = written(tmp_path, "a.txt")

    def forbid(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", forbid)
        with pytest.raises(InputError, match="may not be read"):
            read(path)
    monkeypatch.setattr(module, "LIMIT", 5)
    with pytest.raises(InputError, match=r"is too large \(12 bytes, the limit is 5\)"):
        read(path)


def test_control_characters_are_told(tmp_path: Path) -> None:
    document = read(written(tmp_path, "a.txt", b"A\x00B. C\x00\x1b[1mD.\t\n"), language="en")
    assert [line.split(":")[0] for line in document.source.left_out] == ["U+0000, 2 times", "U+001B, 1 time"]


def test_a_language_is_given_or_detected(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", "The coalition invaded the country, and the capital fell three weeks later.")
    assert read(path).language == "en"
    assert "was detected: en" in read(path).source.note
    assert (read(path, language="HR").language, read(path, language="HR").source.note) == ("hr", "")
    assert read(written(tmp_path, "b.txt", "12")).language == "und"
    with pytest.raises(UsageError, match=r"did you mean en\?"):
        read(path, language="English")


@pytest.mark.parametrize(("stem", "made"), NAMED)
def test_ids_are_made_from_stems(tmp_path: Path, stem: str, made: str) -> None:
    document = read(written(tmp_path, f"{stem}.txt"), language="en")
    assert document.id == made
    assert (stem in document.source.note) == (stem != made)


def test_many_files_are_read_in_order(tmp_path: Path) -> None:
    files = [written(tmp_path, "b.txt"), written(tmp_path, "تقرير.txt"), written(tmp_path, "doc.txt")]
    tags = {"b": "en", str(files[1]): "ar", "doc.txt": "hr"}
    found = [(document.id, document.language) for document in read_all(files, tags)]
    assert found == [("b", "en"), ("doc-2", "ar"), ("doc", "hr")]


def test_files_that_clash_are_refused(tmp_path: Path) -> None:
    first = written(tmp_path, "a.txt")
    (tmp_path / "link.txt").symlink_to(first)
    cases = {
        "no file was given": ([], {}),
        "is given twice": ([first, tmp_path / "." / "link.txt"], {}),
        r"same document id as .*a\.txt": ([first, written(tmp_path, "A.text")], {}),
        "'c', .*none of the files": ([first], {"c": "en"}),
    }
    for said, (files, tags) in cases.items():
        with pytest.raises(UsageError, match=said):
            read_all(files, tags)


def test_a_work_is_read(tmp_path: Path) -> None:
    home = work(tmp_path)
    found, (document,) = read_work(home, name="war")
    assert (found.id, found.title, found.date, found.with_text) == ("war", "T", "2026-11-20", True)
    assert (document.id, document.text, document.source.title) == ("en", "It was late. He left.", "The text")
    assert document.source.license == "unknown"
    assert describe(home).authority == "a"
    assert describe(home).work.id == "work"


@pytest.mark.parametrize(("old", "new", "said"), MISTAKES)
def test_a_mistake_in_the_description_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_work(work(tmp_path, old, new))


def test_a_folder_without_a_description_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"has no source\.toml"):
        read_work(tmp_path)
    with pytest.raises(InputError, match="is not a folder"):
        read_work(tmp_path / "no")


def test_the_published_work_is_whole() -> None:
    found, documents = read_work(CORPUS, name="iraq-war")
    assert (found.id, found.date) == ("iraq-war", "2026-11-20")
    assert [document.id for document in documents] == ["hr", "ar1", "ar2", "tl", "en"]
    for document in documents:
        assert document.text.encode() == (CORPUS / f"{document.id}.txt").read_bytes()
        assert document.source.license == "unknown"
        assert document.source.title
        assert document.source.title_en


def test_a_text_in_two_languages_is_noticed(tmp_path: Path) -> None:
    ar = "دخلت القوات المدينة في الصباح الباكر واستقبلها السكان في الشوارع والساحات بدهشة كبيرة، ثم ساد الهدوء أحياء العاصمة كلها حتى المساء.\n"
    en = "The council met in the evening and decided that the water supply of the northern districts should be restored first.\n"
    path = tmp_path / "mixed.txt"
    path.write_text(ar * 3 + en, encoding="utf-8")
    mixed = read(path)
    assert mixed.language == "ar"
    assert "The text is mixed: ar 7" in mixed.source.note
    assert "en 2" in mixed.source.note
    path.write_text(ar * 4, encoding="utf-8")
    assert "mixed" not in read(path).source.note
