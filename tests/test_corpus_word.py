from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest

from hexapla.corpus import word
from hexapla.corpus.document import Document
from hexapla.corpus.errors import InputError
from hexapla.corpus.segment import segment
from hexapla.corpus.source import read

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OPEN = f'<w:document xmlns:w="{SPACE}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
OPEN += ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>'
SHUT = "</w:body></w:document>"
STYLES = f"""<w:styles xmlns:w="{SPACE}">
<w:style w:styleId="Naslov1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Mine"><w:name w:val="My own"/><w:basedOn w:val="Naslov1"/></w:style>
<w:style w:styleId="Level"><w:name w:val="Section"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:styleId="Round"><w:name w:val="Round"/><w:basedOn w:val="Round"/></w:style>
<w:style w:styleId="Body"><w:name w:val="Body Text"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
</w:styles>"""
CORE = """<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The  sea</dc:title><dc:creator>Ann Lee</dc:creator>
</cp:coreProperties>"""


def run(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def par(*parts: str, style: str = "", properties: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>\n {''.join(parts)}</w:p>\n"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


GONE = par(run("gone"))
BOX = f"<mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>{par(run('Boxed.'))}</w:txbxContent></w:drawing>"
BOX += f"</mc:Choice><mc:Fallback><w:pict><w:txbxContent>{par(run('Boxed.'))}</w:txbxContent></w:pict></mc:Fallback>"
BOX += "</mc:AlternateContent>"

READ = [  # the body, its text, what was left out (the thing without its reason)
    (par(run("It was "), run("late"), run(". ")) + par() + par(run("He left.")), "It was late.\nHe left.", []),
    (par(run("It "), "<w:r><w:tab/></w:r>", run("was"), "<w:r><w:br/></w:r>", run("late.")), "It was\nlate.", []),
    (par(run("The sea"), style="Naslov1") + par(run("It was late.")), "The sea\n\nIt was late.", []),
    (par(run("The sea"), style="Mine") + par(run("It was late.")), "The sea\n\nIt was late.", []),
    (par(run("The sea"), style="Level") + par(run("It was late.")), "The sea\n\nIt was late.", []),
    (par(run("The sea"), style="Round") + par(run("It was late."), style="Body"), "The sea\nIt was late.", []),
    (par(run("The sea"), properties='<w:outlineLvl w:val="1"/>') + par(run("It.")), "The sea\n\nIt.", []),
    (
        par(run("It was "), f"<w:del>{run('not ')}</w:del><w:ins>{run('late')}</w:ins>", run(".")),
        "It was late.",
        ["1 tracked deletion"],
    ),
    (
        par(f"<w:moveFrom>{run('Moved.')}</w:moveFrom>") + par(f"<w:moveTo>{run('Moved.')}</w:moveTo>"),
        "Moved.",
        ["1 tracked deletion"],
    ),
    (par(run("It was"), properties="<w:rPr><w:del/></w:rPr>") + par(run(" late.")), "It was late.", []),
    (
        par(run("One."), '<w:r><w:footnoteReference w:id="1"/></w:r><w:r><w:footnoteReference w:id="2"/></w:r>')
        + par(run("Two."), '<w:r><w:endnoteReference w:id="1"/></w:r><w:r><w:commentReference w:id="0"/></w:r>'),
        "One.\nTwo.",
        ["2 footnotes", "1 endnote", "1 remark"],
    ),
    (par(run("One."), f"<w:r>{BOX}</w:r>", run(" Two.")), "One. Two.", ["1 text box"]),
    (par(run("One."), f"<w:r>{BOX}{BOX}<w:drawing/></w:r>"), "One.", ["2 text boxes", "1 picture"]),
    (
        par(run("One."), run("Two.", "<w:vanish/>"), run("Three.", '<w:vanish w:val="0"/>')),
        "One.Three.",
        ["1 hidden piece"],
    ),
    (par(run("x"), "<m:oMath><m:r><m:t>y</m:t></m:r></m:oMath>"), "x", ["1 formula"]),
    (
        par(run("Rice"), properties='<w:numPr><w:numId w:val="1"/></w:numPr>') + par(run("Water")),
        "Rice\nWater",
        ["1 automatic number"],
    ),
    (
        table(row(par(run("Year")), par(run("Dead"))), row(par(run("2003")), par(run("12")) + par(run("or 13"))))
        + par(run("Then.")),
        "Year\tDead\n2003\t12 or 13\nThen.",
        [],
    ),
    (
        table(row(par(run("a")), table(row(par(run("b")), par(run("c")))) + par()), row(GONE, properties="<w:del/>")),
        "a\tb\tc",
        ["1 tracked deletion"],
    ),
    (
        "<w:sdt><w:sdtPr/><w:sdtContent>"
        + par("<w:hyperlink>", run("a link"), "</w:hyperlink>")
        + "</w:sdtContent></w:sdt>",
        "a link",
        [],
    ),
    (par("<w:r><w:fldChar/><w:instrText>PAGE</w:instrText></w:r>", run("5&lt;6 ž")), "5<6 ž", []),
    (par(run("co"), "<w:r><w:noBreakHyphen/></w:r>", run("op")), "co\u2011op", []),
]


def docx(body: str = par(run("It was late.")), parts: Mapping[str, str | bytes] | None = None, **more: int) -> bytes:
    """A file as Word writes it, with the parts that are read."""
    every = {"[Content_Types].xml": "<Types/>", "word/document.xml": OPEN + body + SHUT, "word/styles.xml": STYLES}
    return packed({**every, **(parts or {})}, **more)


def packed(parts: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def encrypted() -> bytes:
    """A file whose parts say that they are encrypted."""
    data = bytearray(docx())
    place = -1
    while (place := data.find(b"PK\x01\x02", place + 1)) >= 0:
        data[place + 8] |= 1
    return bytes(data)


DOCTYPE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]>"
REFUSED = [  # the file, what is said
    (packed({"a.txt": "It was late."}), "is a ZIP archive, not a DOCX file; save it as .docx"),
    (packed({"xl/workbook.xml": "<x/>"}), "is an Excel file, not a DOCX"),
    (packed({"ppt/presentation.xml": "<x/>"}), "is a PowerPoint file"),
    (packed({"mimetype": "x", "content.xml": "<x/>"}), "is an OpenDocument file"),
    (packed({"META-INF/container.xml": "<x/>"}), "is an EPUB book"),
    (packed({}), "is a ZIP archive, not a DOCX"),
    (docx()[:300], "is a broken ZIP archive .*; save it again as .docx"),
    (docx().replace(b"word/document.xml", b"word/documant.xml", 1), "is a broken ZIP archive"),
    (encrypted(), "is encrypted; save it without a password"),
    (docx(par()), "is a DOCX file without text"),
    (docx("<w:p>"), "word/document.xml:1: is not well-formed XML"),
    (
        docx(parts={"word/document.xml": DOCTYPE + OPEN + par(run("&e;")) + SHUT}),
        "uses entities of its own .e., which are not",
    ),
    (docx(parts={"word/document.xml": LAUGHS + OPEN + par(run("&b;")) + SHUT}), "uses entities of its own"),
    (
        docx(parts={"word/document.xml": "<!DOCTYPE x>" + OPEN + par(run("x")) + SHUT}),
        "has a document type in word/document",
    ),
    (docx(par(run("a" * 3_000_000))), "unpacks word/document.xml from [0-9]+ to 300[0-9]+ bytes, which no text does"),
    (docx(parts={"docProps/core.xml": "<x>" + " " * 3_000_000 + "</x>"}), "unpacks docProps/core.xml"),
]


def story(folder: Path, data: bytes, name: str = "a.docx") -> Document:
    path = folder / name
    path.write_bytes(data)
    return read(path, language="en")


@pytest.mark.parametrize(("body", "text", "left"), READ)
def test_the_text_reads_as_in_word(tmp_path: Path, body: str, text: str, left: list[str]) -> None:
    document = story(tmp_path, docx(body))
    assert document.text == text
    assert [line.split(":")[0] for line in document.source.left_out] == left


def test_the_file_is_told_by_its_content_and_kept(tmp_path: Path) -> None:
    data = docx(parts={"docProps/core.xml": CORE, "word/header1.xml": "<x/>", "word/footer1.xml": "<x/>"})
    document = story(tmp_path, data, "a.txt")
    source = document.source
    assert (source.format, source.title, source.author, source.size) == (word.FORMAT, "The sea", "Ann Lee", len(data))
    assert source.left_out == ("2 running heads: it is repeated on every page",)
    assert source.original == data


def test_headings_are_headings(tmp_path: Path) -> None:
    body = par(run("The sea"), style="Naslov1") + par(run("It was late. He left.")) + par(run("Nobody came."))
    cut = segment(story(tmp_path, docx(body)))
    assert [(part.kind, cut.slice(part)) for part in cut.segments] == [
        ("h", "The sea"),
        ("s", "It was late."),
        ("s", "He left."),
        ("s", "Nobody came."),
    ]


def test_files_of_the_strict_kind_are_read(tmp_path: Path) -> None:
    strict = (OPEN + par(run("It was late."), style="Naslov1") + SHUT).replace(
        SPACE, "http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    assert story(tmp_path, docx(parts={"word/document.xml": strict})).text == "It was late."


@pytest.mark.parametrize(("data", "said"), REFUSED)
def test_other_archives_are_refused_in_one_line(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        story(tmp_path, data)
    assert str(caught.value).startswith(str(tmp_path / "a.docx"))
    assert "\n" not in str(caught.value)


def test_limits_hold_whatever_the_ratio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "LIMIT", 100)
    with pytest.raises(InputError, match=r"unpacks word/document\.xml"):
        story(tmp_path, docx(compression=zipfile.ZIP_STORED))


def test_a_long_story_is_read_whole(tmp_path: Path) -> None:
    body = "".join(par(run(f"Day {number}: the sea was {number * number % 9973} feet deep.")) for number in range(3000))
    document = story(tmp_path, docx(body))
    assert document.text.count("\n") == 2999
    assert document.text.endswith("Day 2999: the sea was 8328 feet deep.")
