from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexapla.corpus import teifile
from hexapla.corpus.document import Document
from hexapla.corpus.errors import InputError
from hexapla.corpus.segment import segment
from hexapla.corpus.source import read
from tests.growth import linear

OPEN = '<TEI xmlns="http://www.tei-c.org/ns/1.0">'
HEADER = "<teiHeader><fileDesc><titleStmt><title>{}</title></titleStmt></fileDesc></teiHeader>"

READ = [  # the body, its text, what was left out (the thing without its reason)
    ("<head>The\n  sea</head><p>It was late.</p>\n<p>He left.</p>", "The sea\n\nIt was late.\nHe left.", []),
    ("<ab>One</ab><lg><l>two</l><l>three</l></lg><sp><speaker>A</speaker><p>four</p></sp>", "One\ntwo\nthree\nA\nfour", []),
    ("<p>It was<note>So they <p>say</p>.</note> late.</p>", "It was late.", ["1 note"]),
    ("<p>It <choice><orig>vvas</orig><reg>was</reg></choice> late.</p>", "It vvas late.", ["1 second reading"]),
    ("<p><choice><corr>was</corr> <sic>saw</sic></choice>, <choice><expan>Doctor</expan><abbr>Dr</abbr></choice></p>",
     "saw, Dr", ["2 second readings"]),
    ("<p>It <app><rdg>is</rdg><lem>was</lem><rdg>were</rdg></app> late.</p>", "It was late.", ["2 variants"]),
    ("<p>It <app><rdg>is</rdg><rdg>were</rdg></app> late.</p>", "It is late.", ["1 variant"]),
    ("<p>It <del>is</del><add>was</add> late.</p>", "It was late.", ["1 deletion"]),
    ("<p>It was<lb/>late and<pb n='2'/><fw>page 2</fw> al<lb break='no'/>\n one.</p>", "It was late and alone.", ["1 running head"]),
    ("<p>al <lb break='no'/>\n ways</p>", "always", []),
    ("<p>x<!-- y --><?z z?> <hi>a</hi><persName>b</persName></p>", "x ab", []),
    ("<table><head>Dead</head><row><cell>2003</cell><cell>12</cell></row></table>", "Dead\n\n2003\t12", []),
    ("<list><item>One</item><item>two<list><item>three</item></list></item></list>", "One\ntwo\nthree", []),
    ("<p>x</p><xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='/etc/hostname'/>", "x", ["1 inclusion"]),
    ("<p>&lt;p&gt; &#1488;\u00a0y</p>", "<p> א\u00a0y", []),
]  # fmt: skip

CUT = [  # the body, its segments: kind, paragraph, text
    (
        "<p><s>Mr. Hale left.</s> <s>No. 12 did not,\n he said</s></p>",
        ["s0 Mr. Hale left.", "s0 No. 12 did not, he said"],
    ),
    ("<head><s>The sea</s></head><p><s>One. Two.</s></p>", ["h0 The sea", "s1 One. Two."]),
    ("<head>The sea</head><p><s>One. Two.</s> Three.</p>", ["h0 The sea", "s1 One. Two.", "s1 Three."]),
    ("<p>Hm. <s>One. Two.</s></p><p>Three. Four.</p>", ["s0 Hm.", "s0 One. Two.", "s1 Three.", "s1 Four."]),
    ("<ab type='boilerplate'><s>73 + = 75</s></ab><p>One.</p>", ["x0 73 + = 75", "s1 One."]),
    ("<lg><l><s>One</s></l><s><l>two</l><l>three</l></s><l>four</l></lg>", ["s0 One", "s1 two\nthree", "s3 four"]),
    ("<p><s><w>He</w><w>ran</w><pc>.</pc></s><s><w>I</w> <w>too</w><pc>.</pc></s></p>", ["s0 He ran.", "s0 I too."]),
    ("<p><s>One <s>inner</s> two.</s><s> </s></p>", ["s0 One inner two."]),
    ("<p><s><w>do</w><w join='left'>n't</w><note>x</note></s></p>", ["s0 don't"]),
]

STATED = [  # the file, what is said
    ("<TEI><teiHeader><titleStmt><title type='sub'>b</title><title type='main'>The <hi>sea</hi></title></titleStmt></teiHeader>", {"title": "The sea"}),
    ("<TEI><teiHeader><titleStmt><title type='id'>en</title></titleStmt></teiHeader>", {"title": ""}),
    ("<TEI><teiHeader><titleStmt><author>Ann Lee</author><author>Bo  Ek</author></titleStmt></teiHeader>", {"author": "Ann Lee; Bo Ek"}),
    ("<TEI><teiHeader><publicationStmt><publisher>P</publisher><date when='2004'/></publicationStmt></teiHeader>", {"publisher": "P", "published": "2004"}),
    ("<TEI><teiHeader><publicationStmt><date when='2004'/></publicationStmt><sourceDesc><bibl><date>1999-05</date></bibl></sourceDesc></teiHeader>", {"published": "1999-05"}),
]  # fmt: skip

TONGUES = [  # the attributes of TEI, text and body, the language
    ("xml:lang='en'", "xml:lang='hr'", "", "hr"),
    ("xml:lang='ar'", "", "", "ar"),
    ("xml:lang='ar'", "", "xml:lang='sr-latn'", "sr-Latn"),
    ("xml:lang='nonsense-'", "", "", "en"),
    ("", "", "", "en"),
]

ENGLISH = "The coalition invaded the country, and the capital fell three weeks later."
BODY = "<text><body><p>x</p></body></text>"
REFUSED = [  # the file, what is said
    ("<TEI><text><body><p>x</body></text></TEI>", ":1: is not well-formed XML: .*; correct that line"),
    ("<TEI><text><body><p>&eacute;</p></body></text></TEI>", "is not well-formed XML: Entity 'eacute' not defined"),
    (
        f"<!DOCTYPE TEI [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><TEI>{BODY}</TEI>",
        "uses entities of its own .e., which",
    ),
    (
        f"<!DOCTYPE TEI SYSTEM 'x.dtd'><TEI>{BODY.replace('>x<', '>&eacute;<')}</TEI>",
        "uses entities of its own .eacute.",
    ),
    ("<TEI><text><body><p> </p><!-- x --></body></text></TEI>", "is a TEI file without text"),
    ("<TEI><teiHeader/></TEI>", "is a TEI file without text; give a file that has the text"),
    (
        "<teiCorpus><xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='a.xml'/></teiCorpus>",
        "it includes a.xml, which",
    ),
    (f"<teiCorpus><TEI>{BODY}</TEI><TEI>{BODY}</TEI></teiCorpus>", "holds 2 texts; give each in a file of its own"),
    ("<TEI.2><text/></TEI.2>", "is XML, but not TEI P5: its root is TEI.2"),
    (f"<TEI>{'<p>' * 400}x{'</p>' * 400}</TEI>", "is not well-formed XML: .*depth"),
    ("<TEI><text><body><p>\0</p></body></text></TEI>", "is not well-formed XML"),
]


def story(folder: Path, data: str | bytes, language: str = "en") -> Document:
    path = folder / "a.xml"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read(path, language=language)


@pytest.mark.parametrize(("body", "text", "left"), READ)
def test_the_text_is_that_of_the_source(tmp_path: Path, body: str, text: str, left: list[str]) -> None:
    document = story(
        tmp_path, f"{OPEN}<text><front><p>f</p></front><body>{body}</body><back><p>b</p></back></text></TEI>"
    )
    assert document.text == text
    assert document.segments == ()
    expected = sorted([*left, "1 front matter", "1 back matter"])
    assert sorted(line.split(":")[0] for line in document.source.left_out) == expected


@pytest.mark.parametrize(("body", "said"), CUT)
def test_sentences_of_the_file_stand(tmp_path: Path, body: str, said: list[str]) -> None:
    document = story(tmp_path, f"{OPEN}<text><body>{body}</body></text></TEI>")
    assert [f"{part.kind}{part.paragraph} {document.slice(part)}" for part in document.segments] == said
    assert [part.id for part in document.segments] == [f"a.s{number + 1}" for number in range(len(said))]
    assert segment(document) == document


@pytest.mark.parametrize(("head", "said"), STATED)
def test_what_the_header_states_is_kept(tmp_path: Path, head: str, said: Mapping[str, str]) -> None:
    source = story(tmp_path, f"{head}{BODY}</TEI>").source
    assert {key: getattr(source, key) for key in said} == said


@pytest.mark.parametrize(("outer", "text", "body", "code"), TONGUES)
def test_the_language_is_the_one_stated(tmp_path: Path, outer: str, text: str, body: str, code: str) -> None:
    document = story(tmp_path, f"<TEI {outer}><text {text}><body {body}><p>{ENGLISH}</p></body></text></TEI>", "")
    assert document.language == code
    assert ("that the file states" in document.source.note) == (code != "en")
    assert story(tmp_path, f"<TEI {outer}>{BODY}</TEI>", "tl").language == "tl"


@pytest.mark.parametrize(("data", "said"), REFUSED)
def test_a_file_without_use_is_refused_in_one_line(tmp_path: Path, data: str, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        story(tmp_path, data)
    assert str(caught.value).startswith(str(tmp_path / "a.xml"))
    assert "\n" not in str(caught.value)


def test_the_file_is_kept_and_its_doctype_not_followed(tmp_path: Path) -> None:
    words = f'<?xml version="1.0" encoding="iso-8859-2"?><!DOCTYPE TEI SYSTEM "http://example.org/x.dtd">{OPEN}'
    data = f"{words}{HEADER.format('Čudo')}{BODY.replace('>x<', '>Čudo<')}</TEI>".encode("iso-8859-2")
    document = story(tmp_path, data)
    source = document.source
    assert (document.text, source.title, source.encoding, source.format) == (
        "Čudo",
        "Čudo",
        "iso-8859-2",
        teifile.FORMAT,
    )
    assert source.left_out == ("1 document type: nothing beside the file is read",)
    assert (source.original, source.sha256) == (data, hashlib.sha256(data).hexdigest())


def test_a_large_file_takes_linear_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def taken(marks: str) -> Document:
        size = len(marks)
        body = f"<s><w>He</w><w>ran</w></s><app>{'<rdg>x</rdg>' * size}</app><s>{'<w>x</w>' * size}</s>"
        return story(tmp_path, f"<TEI><text><body><p>{body}</p></body></text></TEI>")

    marks = "x" * 20_000
    assert linear(taken, marks)
    assert len(taken(marks).segments) == 3
    monkeypatch.setattr(teifile, "LIMIT", 100)
    with pytest.raises(InputError, match=r"is too large for TEI \(\d+ bytes, the limit is 100\); split it"):
        taken(marks)


PIECES = st.recursive(
    st.sampled_from(["x", " ", "One. Two.", "<lb/>", "<lb break='no'/>", "ž", "<note>n</note>"]),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(["p", "s", "head", "l", "hi", "w", "cell", "row", "choice", "sic", "ab"]),
        st.lists(inner, max_size=5),
    ),
    max_leaves=20,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=6))
def test_segments_are_slices_in_order_that_cover_the_text(pieces: list[str]) -> None:
    try:
        found = teifile.read(f"<TEI><text><body>{''.join(pieces)}</body></text></TEI>".encode(), Path("a.xml"))
    except InputError as error:
        assert "without text" in str(error)  # noqa: PT017 - refused or read, both are well
        return
    assert found.text == found.text.strip()
    parts = teifile.segments("a", "en", found)
    if not found.marks:
        assert parts == ()
        return
    at = 0
    for part in parts:
        assert not found.text[at : part.start].strip()
        assert found.text[part.start : part.end].strip() == found.text[part.start : part.end] != ""
        at = part.end
    assert not found.text[at:].strip()
    assert [part.paragraph for part in parts] == sorted(part.paragraph for part in parts)
