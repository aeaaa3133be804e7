from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from hexapla.align.group import Alignment, Evidence, Signature
from hexapla.corpus.document import Authority, Cue, Entity, Event, Name, Participant, Work
from hexapla.corpus.errors import InputError
from hexapla.tei.edition import Edition
from hexapla.tei.read import inside, read
from hexapla.tei.validate import validate
from hexapla.tei.write import write

BASE = Path(__file__).parent / "data" / "tei" / "base"

# What is done to a file of a release, and what reading it says.
BROKEN = [
    ("en.xml", "</s>", "", r"en\.xml:\d+: is not well-formed XML: .*"),
    (
        "en.xml",
        "<TEI ",
        '<!DOCTYPE TEI SYSTEM "tei.dtd"><TEI ',
        r"en\.xml: has a document type.*; take it out",
    ),
    (
        "corpus.xml",
        'href="hr.xml"',
        'href="../hr.xml"',
        r'corpus\.xml:\d+: includes "\.\./hr\.xml", which',
    ),
    ("corpus.xml", 'href="hr.xml"', 'href="http://example.org/hr.xml"', r'includes "http://example\.org/hr\.xml"'),
    ("corpus.xml", 'href="hr.xml"', 'href="file:///etc/passwd"', r'includes "file:///etc/passwd"'),
    ("corpus.xml", 'href="hr.xml"', 'href="no.xml"', r"no\.xml: cannot be read .*; give the folder tei/ of a build"),
    (
        "en.xml",
        'target="src/en.txt"',
        'target="../../secret"',
        r'en\.xml:\d+: the source "\.\./\.\./secret" is',
    ),
    ("en.xml", 'target="src/en.txt"', 'target="src/no.txt"', r"no\.txt: cannot be read .*; ship it with the TEI"),
    ("en.xml", ">utf-8<", ">utf-32<", r"en\.txt: is not in the encoding utf-32 that its header states"),
    ("en.xml", ">utf-8<", ">utf-9<", r"en\.txt: is not in the encoding utf-9"),
    ("src/en.txt", "flood", "blood", r"en\.txt: is not the source that the header describes \(sha256\); restore"),
    ("en.xml", 'source="src:8,41"', 'source="8-41"', r'en\.xml:\d+: @source="8-41" is no range such as "src:0,58"'),
    ("en.xml", 'cert="0.8"', 'cert="high"', r'en\.xml:\d+: @cert="high" of <span> is no number; `hexapla validate`'),
    ("en.xml", '<s xml:id="en.s1"', "<s", r"en\.xml:\d+: <s> has no @id"),
    ("en.xml", "<bibl ", "<p ", r"en\.xml:\d+: (is not well-formed XML|<TEI> has no teiHeader)"),
    ("alignment.xml", '#evd.lnk.en-hr.flood"', '#nothing"', r"alignment\.xml:\d+: @ana of <link> leads to no evidence"),
    ("alignment.xml", " hr.xml#hr.s1", "", r"alignment\.xml:\d+: <link> between two documents has targets in 1"),
]


@pytest.fixture
def release(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BASE, tmp_path / "tei"))


def test_what_was_written_comes_back(edition: Edition, tmp_path: Path) -> None:
    write(edition, tmp_path)
    back = read(tmp_path)
    assert back.work == edition.work
    assert back.authority == edition.authority
    assert back.alignment == edition.alignment
    assert back.documents == edition.documents


def test_what_was_read_is_written_the_same(release: Path, tmp_path: Path) -> None:
    write(read(release), tmp_path / "one")
    write(read(tmp_path / "one"), tmp_path / "two")
    assert read(tmp_path / "two") == read(release)
    assert _bytes(tmp_path / "one") == _bytes(tmp_path / "two")


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*.*")}


def test_without_text_only_the_words_are_lost(edition: Edition, tmp_path: Path) -> None:
    silent = replace(edition, work=replace(edition.work, with_text=False))
    write(silent, tmp_path)
    back = read(tmp_path)
    bare = [
        replace(d, text="", segments=tuple(replace(s, normalised="") for s in d.segments)) for d in edition.documents
    ]
    assert back.work == silent.work
    assert back.documents == tuple(replace(document, text="") for document in bare)
    assert [group.members for group in back.alignment.groups] == [group.members for group in edition.alignment.groups]
    spans = [span for group in back.alignment.groups for evidence in group.evidence for span in evidence.spans]
    assert {span.text for span in spans} == {""}
    assert spans[0] == replace(edition.alignment.groups[0].evidence[0].spans[0], text="")


def test_order_is_kept_where_links_and_types_take_turns(edition: Edition, tmp_path: Path) -> None:
    aligned = replace(edition.alignment, links=edition.alignment.links[::-1], groups=edition.alignment.groups[::-1])
    known = replace(edition.authority, entities=edition.authority.entities[::-1])
    turned = replace(edition, alignment=aligned, authority=known, documents=edition.documents[::-1])
    write(turned, tmp_path)
    assert read(tmp_path) == turned


def test_odd_records_come_back(edition: Edition, tmp_path: Path) -> None:
    names = (Name("tl", "Giyera"), Name("tl", "Digmaan"), Name("ar", "حرب"))
    entities = (
        Entity("pers.1 2", "person", ()),
        Entity("thing.x", "thing", names, "Q1", "pers.1 2", "n", True),
        Entity("pers.2", "person", names, of="thing.x"),
        Entity("people.x", "people", names, note="m", proposed=True),
    )
    told = (Participant("pers.1 2", "leader of"), Participant("people.x"))
    events = (
        Event("ev.1", "armed conflict", (), "199X", "pers.2", told, (Cue("ar", "سقوط* | @x"), Cue("ar", "!y"))),
        Event("ev.2", "", names, "-0043/..", wikidata="Q2", note="n"),
    )
    odd = replace(edition, authority=Authority("", "", entities, events), documents=(), alignment=_nothing())
    write(odd, tmp_path)
    assert read(tmp_path) == odd
    assert validate([tmp_path]) == ()


def _nothing() -> Alignment:
    return Alignment((), (), (), (), Signature(()))


def test_odd_values_come_back(edition: Edition, tmp_path: Path) -> None:
    first = edition.alignment.groups[0]
    evidence = Evidence("word", 'a "b" <c>\x07', 1e-7, first.evidence[0].spans)
    group = replace(first, id="grp.a b:c", about="ev.nobody knows", label="", evidence=(evidence,), score=1 / 3)
    work = Work("1 2", "", date="", with_text=True)
    odd = replace(edition, work=work, alignment=replace(edition.alignment, groups=(group,), links=(), disagreements=()))
    write(odd, tmp_path)
    back = read(tmp_path)
    assert back.work == work
    assert back.alignment.groups == (replace(group, evidence=(replace(evidence, value='a "b" <c>\ufffd'),)),)


@pytest.mark.parametrize(("name", "old", "new", "said"), BROKEN)
def test_broken_files_are_named_with_the_line(release: Path, name: str, old: str, new: str, said: str) -> None:
    path = release / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError, match=said) as caught:
        read(release)
    assert "\n" not in str(caught.value)


def test_a_folder_without_corpus_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"corpus\.xml: cannot be read"):
        read(tmp_path)


def test_a_link_out_of_the_folder_is_not_followed(release: Path) -> None:
    outside = release.parent / "outside.xml"
    outside.write_text("<TEI/>")
    (release / "hr.xml").unlink()
    (release / "hr.xml").symlink_to(outside)
    assert inside(release, "hr.xml") is None
    with pytest.raises(InputError, match=r"which is not inside the folder"):
        read(release)


@pytest.mark.parametrize("name", ["corpus.xml", "authority.xml", "alignment.xml", "en.xml"])
@pytest.mark.parametrize("harm", ["element", "attribute"])
def test_whatever_is_missing_reading_never_fails_otherwise(release: Path, name: str, harm: str) -> None:
    path = release / name
    whole = path.read_bytes()
    count = sum(1 for _ in etree.fromstring(whole).iter(etree.Element))
    read_back = 0
    for at in range(1, count):
        path.write_bytes(_harmed(whole, at, harm))
        with suppress(InputError):
            read(release)
            read_back += 1
    assert read_back > 0


def _harmed(whole: bytes, at: int, harm: str) -> bytes:
    """Return the file without its element number *at*, or with that element's attributes all made void."""
    root = etree.fromstring(whole)
    part = list(root.iter(etree.Element))[at]
    above = part.getparent()
    assert above is not None
    if harm == "element":
        above.remove(part)
    for attribute in part.attrib:
        part.set(attribute, "?")
    return etree.tostring(root)


@pytest.mark.parametrize("change", [str.upper, lambda name: f"{name}/../x", lambda name: f"./{name}"])
def test_references_stay_inside(change: Callable[[str], str], tmp_path: Path) -> None:
    found = inside(tmp_path, change("en.xml"))
    assert found is None or found.parent == tmp_path
