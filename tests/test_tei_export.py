"""Formats of other tools: what they hold, and that other programs read back the same links."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO, StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from translate.storage.tmx import tmxfile

from hexapla.align.pair import links, sides
from hexapla.corpus.document import Authority, Document, Work
from hexapla.corpus.errors import HexaplaError, UsageError
from hexapla.tei.edition import Edition
from hexapla.tei.export import FORMATS, export, save
from hexapla.tei.read import read
from hexapla.tei.tmx import tmx
from hexapla.tei.vertical import tokens
from hexapla.tei.write import write
from tests.handmade import aligned, document, linked

XML = "{http://www.w3.org/XML/1998/namespace}"

# What TMX 1.4b allows of the elements that are written here, in the order it asks for.
GRAMMAR = etree.DTD(
    StringIO("""
<!ELEMENT tmx (header, body)>         <!ATTLIST tmx version CDATA #FIXED "1.4">
<!ELEMENT header (note|prop|ude)*>
<!ATTLIST header creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED
  segtype (block|paragraph|sentence|phrase) #REQUIRED o-tmf CDATA #REQUIRED adminlang CDATA #REQUIRED
  srclang CDATA #REQUIRED datatype CDATA #REQUIRED o-encoding CDATA #IMPLIED creationdate CDATA #IMPLIED>
<!ELEMENT ude EMPTY>                  <!ELEMENT body (tu*)>
<!ELEMENT note (#PCDATA)>             <!ELEMENT prop (#PCDATA)>   <!ATTLIST prop type CDATA #REQUIRED>
<!ELEMENT tu ((note|prop)*, tuv+)>
<!ATTLIST tu tuid CDATA #IMPLIED segtype (block|paragraph|sentence|phrase) #IMPLIED>
<!ELEMENT tuv ((note|prop)*, seg)>    <!ATTLIST tuv xml:lang CDATA #REQUIRED>
<!ELEMENT seg (#PCDATA)>
""")
)


def text(edition: Edition, to: str, pair: str = "", **more: Any) -> str:
    chosen = sides(pair, edition.documents) if pair else None
    return "".join(export(edition, to, chosen, **more)[""])


def translations(*lines: tuple[str, str]) -> Edition:
    """Two documents, en and ar, whose lines translate one another."""
    both = [document("en", "en", [a for a, _ in lines]), document("ar", "ar", [b for _, b in lines])]
    made = [linked("en", [n], "ar", [n]) for n in range(1, len(lines) + 1)]
    return Edition(Work("w", "A < B & \x00"), tuple(both), Authority(), aligned(both, *made))


def root(held: str) -> etree._Element:
    found = etree.fromstring(held.encode(), etree.XMLParser(resolve_entities=False))
    assert GRAMMAR.validate(found), GRAMMAR.error_log
    return found


def test_tmx_is_valid_and_holds_every_group(edition: Edition) -> None:
    units = list(root(text(edition, "tmx")).iter("tu"))
    assert [unit.get("tuid") for unit in units] == [group.id for group in edition.alignment.groups]
    fall = units[0]
    assert [variant.get(f"{XML}lang") for variant in fall.iter("tuv")] == ["hr", "ar", "en"]
    assert fall.get("segtype") == "block"
    props = {prop.get("type"): prop.text for prop in fall.findall("prop")}
    assert props["x-relation"] == "same-event"
    assert props["x-score"] == "0.875"
    assert props["x-group"] == "grp.fall-of-baghdad"
    assert fall.findtext("tuv/seg", "").startswith("Američke snage ušle su u Bagdad 9. travnja 2003. godine. Poginula")
    assert fall.findtext("tuv/prop[@type='x-sentences']") == "hr.s2 hr.s3"


def pairs_of(edition: Edition, pair: str) -> list[tuple[str, str]]:
    """The links of *pair* as their words, by the slices of the texts."""
    said = {part.id: one.slice(part) for one in edition.documents for part in one.segments}
    found = links(edition.alignment, sides(pair, edition.documents))
    return [(" ".join(said[n] for n in a.left.segments), " ".join(said[n] for n in a.right.segments)) for a in found]


def test_tmx_is_read_by_a_translation_library(edition: Edition, tmp_path: Path) -> None:
    for pair in ("en-hr", "hr-ar"):
        path = tmp_path / f"{pair}.tmx"
        save({path: export(edition, "tmx", sides(pair, edition.documents))[""]})
        memory = tmxfile(BytesIO(path.read_bytes()), *pair.split("-"))
        assert [(str(unit.source), str(unit.target)) for unit in memory.units] == pairs_of(edition, pair)
        found = links(edition.alignment, sides(pair, edition.documents))
        assert [unit.getid() for unit in memory.units] == [link.id for link in found]
        assert root(path.read_text(encoding="utf-8"))[0].get("srclang") == pair.split("-")[0]


def test_moses_files_hold_the_same_links(edition: Edition, tmp_path: Path) -> None:
    files = export(edition, "moses", sides("en-hr", edition.documents))
    assert list(files) == ["en", "hr"]
    save({tmp_path / f"x.{end}": lines for end, lines in files.items()})
    left, right = ((tmp_path / f"x.{end}").read_bytes().decode().split("\n") for end in ("en", "hr"))
    assert left.pop() == right.pop() == ""
    assert list(zip(left, right, strict=True)) == pairs_of(edition, "en-hr")


def test_two_documents_of_one_language_are_two_variants(edition: Edition) -> None:
    twins = replace(edition, documents=tuple(replace(one, language="ar") for one in edition.documents))
    unit = next(root(text(twins, "tmx")).iter("tu"))
    assert [variant.get(f"{XML}lang") for variant in unit.iter("tuv")] == ["ar", "ar", "ar"]
    assert [v.findtext("prop[@type='x-document']") for v in unit.iter("tuv")] == ["hr", "ar", "en"]
    assert list(export(twins, "moses", sides("hr-ar", twins.documents))) == ["hr", "ar"]


def test_tsv_has_a_row_for_each_link(edition: Edition) -> None:
    rows = list(csv.DictReader(StringIO(text(edition, "tsv")), delimiter="\t", quoting=csv.QUOTE_NONE))
    assert [row["link"] for row in rows] == [link.id for link in edition.alignment.links]
    assert rows[3]["left_ids"] == "en.s5"
    assert rows[3]["right_text"].startswith("Ujedinjeni narodi")
    assert rows[3]["evidence"] == "quantity:50 percent"
    assert float(rows[2]["score"]) == 0.9
    turned = list(csv.DictReader(StringIO(text(edition, "tsv", "hr-en")), delimiter="\t", quoting=csv.QUOTE_NONE))
    assert [(row["left_document"], row["right_ids"]) for row in turned] == [("hr", "en.s3"), ("hr", "en.s5")]
    only = text(edition, "tsv", relation="same-event").splitlines()
    assert [line.split("\t")[2] for line in only] == ["relation", "same-event", "same-event"]


def test_json_lines_hold_all_of_a_group(edition: Edition) -> None:
    held = [json.loads(line) for line in text(edition, "jsonl").splitlines()]
    assert [one["group"] for one in held] == ["grp.fall-of-baghdad", "grp.aid"]
    fall = held[0]
    assert [member["ids"] for member in fall["members"]] == [["hr.s2", "hr.s3"], ["ar.s2"], ["en.s3"]]
    assert len(fall["members"][0]["texts"]) == 2
    texts = {one.id: one.text for one in edition.documents}
    for evidence in fall["evidence"]:
        for span in evidence["spans"]:
            assert span["text"] == texts[span["document"]][span["start"] : span["end"]]
    linked = json.loads(text(edition, "jsonl", "hr-en").splitlines()[0])
    assert [member["document"] for member in linked["members"]] == ["hr", "en"]


def test_beads_of_two_documents(edition: Edition) -> None:
    expected = "[0]:[]\n[]:[0]\n[1]:[1, 2]\n[2]:[]\n[3]:[3]\n[4]:[]\n[]:[4]\n"
    assert text(edition, "beads", "en-hr") == expected
    assert text(translations(("a", "b")), "beads") == "[0]:[0]\n"


def test_vertical_is_tokens_with_their_sentences(edition: Edition) -> None:
    held = etree.fromstring(f"<all>{text(edition, 'vertical')}</all>")
    assert [doc.get("id") for doc in held] == ["hr", "ar", "en"]
    assert held[0].get("title") == "Pad Bagdada"
    for doc, one in zip(held, edition.documents, strict=True):
        kept = [part for part in one.segments if part.kind != "x"]
        assert [s.get("id") for s in doc.iter("s")] == [part.id for part in kept]
        for s, part in zip(doc.iter("s"), kept, strict=True):
            assert "".join("".join(map(str, s.itertext())).split()) == "".join(one.slice(part).split())
    second = next(s for s in held.iter("s") if s.get("id") == "hr.s2")
    assert second.get("groups") == "grp.fall-of-baghdad"
    lines = text(edition, "vertical", "en-ar").splitlines()
    assert lines[-4:] == [".", "</s>", "</p>", "</doc>"]
    assert lines[-5] == "<g/>"
    assert "&amp;" in lines


def test_words_of_scripts_without_spaces_are_cut_by_letters() -> None:
    said = "เมืองแตก 2003"
    assert [said[a:b] for a, b in tokens(said, apart=True)] == ["เ", "มื", "อ", "ง", "แ", "ต", "ก", "2", "0", "0", "3"]
    hindi = "बगदाद की लड़ाई"
    assert [hindi[a:b] for a, b in tokens(hindi)] == hindi.split()


@given(st.text())
def test_every_character_but_space_is_in_a_token(said: str) -> None:
    found = tokens(said)
    assert "".join(said[a:b] for a, b in found) == "".join(said.split())
    assert all(a < b for a, b in found)
    assert all(before[1] <= after[0] for before, after in pairwise(found))


HOSTILE = [
    ("tab\there", "سطر\nآخر"),
    ("\x00\x0b\ufffe <b>&amp;</b>", "\u202eعربي\u202c"),
    ("\r\nCR\u2028LS\x85NEL", "\"quotes\" 'both'"),
    ("=1+1", "[0]:[1]"),
]


def test_hostile_text_stays_in_its_place() -> None:
    edition = translations(*HOSTILE)
    for line in text(edition, "tsv").splitlines():
        assert line.count("\t") == 12
    assert len(text(edition, "tsv").split("\n")) == len(HOSTILE) + 2
    units = list(root(text(edition, "tmx")).iter("tu"))
    assert len(units) == len(HOSTILE)
    assert units[1].findtext("tuv/seg") == "\ufffd \ufffd <b>&amp;</b>"
    assert units[1].findall("tuv")[1].findtext("seg") == HOSTILE[1][1]
    assert [json.loads(line)["members"][0]["texts"][0] for line in text(edition, "jsonl").splitlines()] == [
        a for a, _ in HOSTILE
    ]
    files = export(edition, "moses")
    assert {len("".join(lines).split("\n")) for lines in files.values()} == {len(HOSTILE) + 1}
    assert etree.fromstring(f"<all>{text(edition, 'vertical')}</all>").xpath("count(//s)") == 2 * len(HOSTILE)
    memory = tmxfile(BytesIO(text(edition, "tmx", "en-ar").encode()), "en", "ar")
    assert [str(unit.target) for unit in memory.units] == [" ".join(b.split()) for _, b in HOSTILE]


@given(st.lists(st.tuples(st.text(min_size=1), st.text(min_size=1)), min_size=1, max_size=3))
def test_any_text_makes_files_that_can_be_read(lines: list[tuple[str, str]]) -> None:
    edition = translations(*lines)
    assert len(list(root(text(edition, "tmx")).iter("tu"))) == len(lines)
    assert len(text(edition, "tsv").split("\n")) == len(lines) + 2
    assert len(list(map(json.loads, text(edition, "jsonl").splitlines()))) == len(lines)
    etree.fromstring(f"<all>{text(edition, 'vertical')}</all>")


def test_what_is_written_is_made_from_the_tei(edition: Edition, tmp_path: Path) -> None:
    write(edition, tmp_path)
    again = read(tmp_path)
    for to in FORMATS:
        pair = sides("en-hr", edition.documents)
        assert [list(map(str, f)) for f in export(edition, to, pair).values()] == [
            list(map(str, f)) for f in export(again, to, sides("en-hr", again.documents)).values()
        ]


def test_an_edition_without_text_gives_beads_only(edition: Edition) -> None:
    silent = replace(edition, documents=tuple(replace(one, text="") for one in edition.documents))
    for to in FORMATS:
        pair = sides("en-hr", silent.documents)
        if to == "beads":
            assert export(silent, to, pair)[""]
            continue
        with pytest.raises(UsageError, match=r"the text of \w\w was left out; build again without --no-text"):
            export(silent, to, pair)


def test_formats_of_two_sides_ask_which(edition: Edition) -> None:
    for to in ("moses", "beads"):
        with pytest.raises(UsageError, match="give --pair A-B of hr"):
            export(edition, to)
    with pytest.raises(UsageError, match="no format; there are tmx"):
        export(edition, "xliff")


def test_nothing_is_written_over_and_nothing_is_left_half_written(edition: Edition, tmp_path: Path) -> None:
    def broken() -> Iterator[str]:
        yield "one"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        save({tmp_path / "a": ["whole"], tmp_path / "b": broken()})
    assert list(tmp_path.iterdir()) == []
    out = tmp_path / "deep" / "x.tmx"
    save({out: tmx(edition)})
    held = out.read_bytes()
    with pytest.raises(HexaplaError, match="is there already"):
        save({tmp_path / "new": ["x"], out: ["y"]})
    assert out.read_bytes() == held
    assert not (tmp_path / "new").exists()
    save({out: ["y"]}, replace=True)
    assert out.read_text() == "y"
    with pytest.raises(HexaplaError, match="is a folder"):
        save({tmp_path / "deep": ["x"]}, replace=True)
    with pytest.raises(HexaplaError, match="cannot be written"):
        save({out / "under-a-file": ["x"]})


def test_documents_of_any_name(edition: Edition) -> None:
    renamed: tuple[Document, ...] = (document("a b", "en", ["x"]), document("c-d.e", "hr", ["y"]))
    odd = Edition(Work("w", "t"), renamed, Authority(), aligned(list(renamed), linked("a b", [1], "c-d.e", [1])))
    unit = next(root(text(odd, "tmx")).iter("tu"))
    assert " " not in unit.get("tuid", " ")
    assert text(odd, "beads", "a b-c-d.e") == "[0]:[0]\n"
