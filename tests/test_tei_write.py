from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from hexapla.align.group import Alignment, Signature
from hexapla.corpus.document import Authority, Document, Mention, Segment, SegmentKind, Source, Work
from hexapla.corpus.errors import InputError
from hexapla.tei.edition import Edition
from hexapla.tei.names import NS, TEI, XMLID, printable
from hexapla.tei.read import read
from hexapla.tei.validate import validate
from hexapla.tei.write import write

GOLDEN = Path(__file__).parent / "data" / "tei" / "golden"  # what `write` makes of the fixture, looked through by hand

GROUP = "hr.xml#hr.s2 hr.xml#hr.s3 ar.xml#ar.s2 en.xml#en.s3"

# An expression of XPath, and what it gives in the file that `write` makes of the fixture.
SAID = [
    ("hr.xml", "string(//tei:p[1]/@source)", "src:13,124"),
    ("hr.xml", "string(//tei:head/tei:s/@xml:id)", "hr.s1"),
    ("hr.xml", "string(//tei:ab[@type='boilerplate']/tei:s)", "Objavljeno na portalu Riječ"),
    ("hr.xml", "string(//tei:s[@xml:id='hr.s2']/@ana)", "ev:ev.fall-of-baghdad"),
    ("hr.xml", "string(//tei:s//tei:persName[@ref='ent:pers.hussein'])", "Sadama Huseina"),
    ("hr.xml", "string(//tei:measure[@unit='USD']/@quantity)", "18000000000"),
    ("hr.xml", "string(//tei:measure[@unit='USD']/@subtype)", "more-than"),
    ("hr.xml", "string(//tei:spanGrp[@type='events']/tei:span[@type='passing']/@target)", "#hr.s1"),
    ("hr.xml", "string(//tei:spanGrp[@type='normalised']/tei:span/@target)", "#hr.s3"),
    ("hr.xml", "string(//tei:date[@type='published']/@notBefore)", "2004-01-01"),
    ("hr.xml", "string(//tei:bibl/tei:availability/@status)", "unknown"),
    ("hr.xml", "count(//tei:revisionDesc/tei:change[@when='2026-11-20'])", 1.0),
    ("hr.xml", "count(//tei:rendition)", 0.0),
    ("ar.xml", "string(id('ar.rtl'))", "direction: rtl; unicode-bidi: isolate"),
    ("ar.xml", "string(//tei:text/@rendition)", "#ar.rtl"),
    ("ar.xml", "string(//tei:text/@xml:lang)", "ar"),
    ("ar.xml", "string(//tei:bibl/tei:availability/@status)", "free"),
    ("en.xml", "string(//tei:s//tei:date/@when)", "2003-04-09"),
    ("en.xml", "string(//tei:spanGrp[@type='literal']/tei:span)", "--04-09"),
    ("en.xml", "string(//tei:name[@type='thing']/@ref)", ""),
    ("en.xml", "string(//tei:num/@value)", "0.5"),
    ("authority.xml", "string(id('place.baghdad')/tei:placeName[@type='variant'])", "City of Peace"),
    ("authority.xml", "string(id('ev.aid')/@from)", "2003-05"),
    ("authority.xml", "string(id('ev.aid')/@ana)", "#authority.proposed"),
    ("authority.xml", "string(//tei:event/tei:note[@type='cue'][@xml:lang='hr'])", "ušle + Bagdad"),
    (
        "alignment.xml",
        "string(id('grp.fall-of-baghdad')/@target)",
        "hr.xml#hr.s2 hr.xml#hr.s3 ar.xml#ar.s2 en.xml#en.s3",
    ),
    ("alignment.xml", "string(id('grp.aid')/@subtype)", "accepted"),
    ("alignment.xml", "count(//tei:linkGrp[@type='alignment'])", 3.0),
    ("alignment.xml", "count(//tei:link[@cert >= 0.9])", 1.0),
    ("corpus.xml", "string(//tei:extent/tei:measure[@unit='mentions']/@quantity)", "34"),
    ("corpus.xml", "count(//xi:include)", 5.0),
]


@pytest.fixture(scope="module")
def written(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tei")
    write(edition, folder)
    return folder


def _document(name: str, words: str, *segments: Segment, mentions: tuple[Mention, ...] = (), **source: Any) -> Document:
    data = words.encode(source.get("encoding", "utf-8"))
    stated = {"filename": f"{name}.txt", "sha256": hashlib.sha256(data).hexdigest(), "size": len(data), **source}
    return Document(name, "en", words, Source(**stated), segments, mentions)


def _edition(*documents: Document, **work: Any) -> Edition:
    aligned = Alignment(tuple(document.id for document in documents), (), (), (), Signature(()))
    return Edition(Work("w", "W", **work), documents, Authority(), aligned)


@pytest.mark.parametrize("name", ["corpus.xml", "authority.xml", "hr.xml", "ar.xml", "en.xml", "alignment.xml"])
def test_the_files_are_as_they_were(name: str, written: Path) -> None:
    if "HEXAPLA_RENEW" in os.environ:  # then look through the difference, and commit it if it is meant
        (GOLDEN / name).write_bytes((written / name).read_bytes())
    assert etree.canonicalize(from_file=str(written / name)) == etree.canonicalize(from_file=str(GOLDEN / name))


def test_all_files_are_written_and_named(edition: Edition, tmp_path: Path) -> None:
    paths = [path.relative_to(tmp_path).as_posix() for path in write(edition, tmp_path)]
    files = ["corpus", "authority", "hr", "ar", "en", "alignment"]
    schema = [f"schema/profile.{kind}" for kind in ("rnc", "rng", "sch", "odd")]
    assert paths == [f"{name}.xml" for name in files] + [f"src/{name}.txt" for name in ("hr", "ar", "en")] + schema
    assert sorted(paths) == sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*"))


@pytest.mark.parametrize(("name", "path", "said"), SAID)
def test_what_is_said_is_said_where_tei_says_it(name: str, path: str, said: str | float, written: Path) -> None:
    assert etree.parse(written / name).xpath(path, namespaces=NS) == said


def test_the_same_edition_gives_the_same_bytes(edition: Edition, written: Path, tmp_path: Path) -> None:
    for path in write(edition, tmp_path):
        assert path.read_bytes() == (written / path.relative_to(tmp_path)).read_bytes()


def test_it_is_all_one_how_many_parts_are_written_at_once(
    edition: Edition, written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hexapla.tei.write.PARTS", 1)
    write(edition, tmp_path)
    assert (tmp_path / "alignment.xml").read_bytes() == (written / "alignment.xml").read_bytes()


def test_the_schema_that_files_name_is_beside_them(written: Path) -> None:
    for path in written.glob("*.xml"):
        models = [line for line in path.read_text(encoding="utf-8").splitlines()[:3] if line.startswith("<?xml-model")]
        assert [(written / line.split('"')[1]).is_file() for line in models] == [True, True]


def test_ids_are_one_in_the_whole_corpus(written: Path) -> None:
    corpus = etree.parse(written / "corpus.xml")
    corpus.xinclude()
    ids = corpus.xpath("//@xml:id")
    assert isinstance(ids, list)
    assert len(ids) == len(set(ids)) > 60


def test_a_text_that_is_not_the_source_is_refused(edition: Edition, tmp_path: Path) -> None:
    changed = replace(edition.documents[0], text=edition.documents[0].text.replace("\n", "\r\n"))
    with pytest.raises(InputError, match=r"hr\.txt: the text is not the source's, byte for byte; decode"):
        write(replace(edition, documents=(changed,)), tmp_path)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1250"])
def test_sources_keep_their_encoding(encoding: str, tmp_path: Path) -> None:
    words = "Čađa.\r\n\r\nI dim.\r\n"
    document = _document(
        "hr", words, Segment("hr.s1", "s", 0, 5, 0), Segment("hr.s2", "s", 9, 15, 1), encoding=encoding
    )
    write(_edition(document), tmp_path)
    assert (tmp_path / "src/hr.txt").read_bytes() == words.encode(encoding)
    assert read(tmp_path).documents == (document,)


def test_a_text_taken_from_a_page_is_shipped_as_text(tmp_path: Path) -> None:
    document = _document("en", "Hi.", Segment("en.s1", "s", 0, 3, 0), format="text/html", sha256="0" * 64)
    write(_edition(document), tmp_path)
    assert (tmp_path / "src/en.txt").read_text() == "Hi."
    assert (read(tmp_path).documents, validate([tmp_path])) == ((document,), ())


def test_the_file_that_a_text_was_taken_out_of_is_shipped(tmp_path: Path) -> None:
    page = b"<p>Hi."
    sha256 = hashlib.sha256(page).hexdigest()
    document = _document("en", "Hi.", Segment("en.s1", "s", 0, 3, 0), format="text/html", sha256=sha256, original=page)
    write(_edition(document), tmp_path)
    assert (tmp_path / "src/en.html").read_bytes() == page
    assert read(tmp_path).documents[0].source.original == page
    assert validate([tmp_path]) == ()
    (tmp_path / "src/en.html").write_bytes(b"<p>Ho.")
    with pytest.raises(InputError, match=r"en\.html: is not the file that the header describes"):
        read(tmp_path)


@pytest.mark.parametrize("name", ["1999", "a b", "corpus", "alignment", "عربي", "x_x41_", "a.b"])
def test_any_file_name_makes_ids(name: str, tmp_path: Path) -> None:
    mention = Mention(f"{name}.m1", f"{name}.s1", "person", 0, 2, method="authority")
    document = _document(name, "Hi.", Segment(f"{name}.s1", "s", 0, 3, 0), mentions=(mention,))
    write(_edition(document), tmp_path)
    assert (read(tmp_path).documents, validate([tmp_path])) == ((document,), ())


def test_nothing_of_the_text_is_left_where_it_is_left_out(edition: Edition, tmp_path: Path) -> None:
    write(replace(edition, work=replace(edition.work, with_text=False)), tmp_path)
    files = {path: path.read_text(encoding="utf-8") for path in tmp_path.glob("*.xml")}
    sentences = [
        document.slice(segment)
        for document in edition.documents
        for segment in document.segments
        if segment.kind == "s"
    ]
    assert not (tmp_path / "src").exists()
    assert not [words for words in sentences for held in files.values() if words in held]
    for document in edition.documents:
        root = etree.parse(tmp_path / f"{document.id}.xml").getroot()
        assert [s.get("source") for s in root.iter(f"{{{TEI}}}s")] == [
            f"src:{s.start},{s.end}" for s in document.segments
        ]


@pytest.mark.parametrize(
    "empty",
    [
        lambda edition: replace(edition, authority=Authority(), documents=()),
        lambda edition: replace(edition, documents=edition.documents[:1]),
        lambda edition: replace(edition, documents=tuple(d.having(mentions=()) for d in edition.documents)),
        lambda edition: replace(
            edition, documents=tuple(d.having(mentions=(), segments=()) for d in edition.documents)
        ),
        lambda edition: replace(edition, work=Work("w", "")),
    ],
    ids=["no authority", "one document", "no mentions", "no segments", "nothing of the work"],
)
def test_what_is_not_there_is_left_out(empty: Callable[[Edition], Edition], edition: Edition, tmp_path: Path) -> None:
    made = empty(edition)
    documents = tuple(document.id for document in made.documents)
    made = replace(made, alignment=Alignment(documents, (), (), (), Signature(())))
    write(made, tmp_path)
    assert read(tmp_path) == made
    assert [finding.code for finding in validate([tmp_path])] == ["T505"] * sum(not d.segments for d in made.documents)


# --- any text at all

HOSTILE = st.one_of(
    st.sampled_from("a .<>&'\"]😀𐤀\t\r\n\x00\x0b\x0c\x1c\x1f\x7f\x85\xa0"),
    st.sampled_from("عراق٣čšž\u0301\u200e\u200f\u202e\u2028\u2066\ufeff\ufffd\ufffe\uffff"),
    st.characters(exclude_categories=["Cs"]),
)
GAPS = st.sampled_from([" ", "", "\r\n", "\n", "\t", "\x1c", "\x85", "\u2028", "\u3000  "])
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32-be"])
KINDS = st.sampled_from(["person", "place", "organisation", "people", "thing", "event", "date", "quantity"])


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document of any characters, cut into any segments, with any mentions."""
    words, segments, mentions = draw(GAPS), list[Segment](), list[Mention]()
    for paragraph in range(draw(st.integers(0, 3))):
        for _ in range(draw(st.integers(1, 3))):
            sentence = draw(st.text(HOSTILE, min_size=1, max_size=20)).strip() or "x"
            start, end = len(words), len(words) + len(sentence)
            kind: SegmentKind = draw(st.sampled_from(("s", "h", "x")))
            segments.append(Segment(f"d.s{len(segments) + 1}", kind, start, end, paragraph))
            for _ in range(draw(st.integers(0, 3))):
                first = draw(st.integers(start, end - 1))
                last = draw(st.integers(first + 1, end))
                mentions.append(draw(_mentions(f"d.m{len(mentions) + 1}", segments[-1].id, first, last)))
            words += sentence + draw(GAPS)
    return _document("d", words, *segments, mentions=tuple(mentions), encoding=draw(ENCODINGS))


def _mentions(name: str, segment: str, start: int, end: int) -> st.SearchStrategy[Mention]:
    values = {
        "date": st.sampled_from(["2003", "2003-04/..", "../2003", "199X", "2003~", "--04-09", "-0043", ""]),
        "quantity": st.sampled_from(["4", "-0.5", "50/70", "5/", ""]),
    }
    units = st.sampled_from(["", "USD", "soldier", "American soldier"])
    modifiers = st.sampled_from(["", "about", "before", "after", "at-least"])

    def made(kind: Any) -> st.SearchStrategy[Mention]:
        more: dict[str, st.SearchStrategy[Any]] = {"score": st.floats(0, 1), "subtype": st.sampled_from(["", "a-b"])}
        if kind in values:
            more |= {"value": values[kind], "modifier": modifiers}
        if kind == "quantity":
            more["unit"] = units
        if kind == "date":
            more["literal"] = st.sampled_from(["", "--04"])
        fixed = {"id": name, "segment": segment, "kind": kind, "start": start, "end": end, "method": "cues"}
        return st.builds(Mention, **{key: st.just(value) for key, value in fixed.items()}, **more)

    return KINDS.flatmap(made)


@settings(max_examples=60, deadline=None)
@given(documents())
def test_every_range_is_true_and_every_byte_comes_back(document: Document) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write(_edition(document), Path(folder))
        root = etree.parse(Path(folder, "d.xml")).getroot()
        for part in root.iterfind(".//tei:body//*[@source]", NS):
            start, end = map(int, part.get("source", "")[4:].split(","))
            assert "".join(map(str, part.itertext())) == printable(document.text[start:end])
        assert Path(folder, "src/d.txt").read_bytes() == document.text.encode(document.source.encoding)
        assert read(Path(folder)).documents == (document,)
        assert validate([Path(folder)]) == ()


@settings(max_examples=25, deadline=None)
@given(documents())
def test_everything_but_the_words_comes_back_without_text(document: Document) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write(_edition(document, with_text=False), Path(folder))
        assert read(Path(folder)) == _edition(replace(document, text=""), with_text=False)
        assert validate([Path(folder)]) == ()


def test_crossing_mentions_stand_off(tmp_path: Path) -> None:
    mentions = (
        Mention("d.m1", "d.s1", "organisation", 0, 12),
        Mention("d.m2", "d.s1", "place", 4, 8),
        Mention("d.m3", "d.s1", "person", 6, 16),
    )
    document = _document("d", "abc def ghi jkl mno", Segment("d.s1", "s", 0, 19, 0), mentions=mentions)
    write(_edition(document), tmp_path)
    root = etree.parse(tmp_path / "d.xml").getroot()
    assert [part.get(XMLID) for part in root.iterfind(".//tei:s//*", NS)] == ["d.m1", "d.m2"]
    assert [part.get(XMLID) for part in root.iterfind(".//tei:span/*", NS)] == ["d.m3"]
    assert read(tmp_path).documents == (document,)
