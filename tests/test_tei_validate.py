from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from lxml.isoschematron import Schematron

from hexapla.corpus.errors import UsageError
from hexapla.tei import grammar
from hexapla.tei.checks import CHECKS, GRAMMAR, WARNINGS
from hexapla.tei.edition import Edition
from hexapla.tei.validate import Finding, validate
from hexapla.tei.write import write

DATA = Path(__file__).parent / "data" / "tei"
BASE = DATA / "base"  # a release without faults; each T….xml takes the place of the file with the same id
FAULTY = sorted(DATA.glob("T*.xml"))

ALSO = {  # faults that bring others with them
    "T302": {"T107", "T506"},
    "T507": {"T504"},
}

SHARED = Path(os.environ.get("HEXAPLA_SHARED") or "no-shared-folder")
TEI_ALL = Path(os.environ.get("HEXAPLA_TEI_ALL") or SHARED / "tei/tei_all.rng")


# The traps that the profile forbids, and the code that names the fault; the others are valid TEI that need not be ours.
TRAPS = {
    "annotation_fs_body": "T105",
    "annotation_noid": "T105",
    "annotation_ptr": "T105",
    "body_empty": "T304",
    "cert_1.2": "T206",
    "cert_1e-05": "T206",
    "cert_nan": "T206",
    "certainty_in_link": "T105",
    "certainty_in_standOff": "T105",
    "choice_orig_reg": "T105",
    "date_0000": "T202",
    "date_2003-02-30": "T202",
    "date_2003-3": "T202",
    "date_44": "T202",
    "date_edtf_decade": "T202",
    "date_from_notAfter": "T203",
    "date_when_from": "T203",
    "dir_attr": "T106",
    "div_empty": "T304",
    "div_then_p": "T107",
    "dup_id": "T103",
    "event_label_and_name": "T107",
    "event_no_name": "T303",
    "eventName_in_s": "T107",
    "foreign_attr": "T106",
    "foreign_ns": "T105",
    "fs_symbol_space": "T105",
    "id_colon": "T104",
    "id_digit": "T104",
    "id_unicode": "T104",
    "lang_empty": "T201",
    "lang_full": "T201",
    "lang_underscore": "T201",
    "linkGrp_empty": "T304",
    "link_no_target": "T301",
    "link_one_target": "T301",
    "listPerson_empty": "T304",
    "measure_q_comma": "T205",
    "num_value_comma": "T205",
    "num_value_frac": "T205",
    "p_in_s": "T107",
    "person_empty": "T303",
    "ref_space": "T208",
    "relation_in_standOff": "T106",
    "rendition_attr": "T401",
    "rs_event": "T105",
    "s_in_body": "T107",
    "s_nested": "T302",
    "span_in_standOff": "T401",
    "standOff_empty": "T304",
    "standOff_nested_link": "T107",
    "style_attr": "T106",
    "text_bare_in_div": "T108",
}


def _release(folder: Path, faulty: Path) -> Path:
    """Copy the faultless release to *folder*, with *faulty* in the place of the file that it stands for."""
    shutil.copytree(BASE, folder)
    found = re.search(r'xml:id="(\w+)"', faulty.read_text(encoding="utf-8"))
    assert found
    shutil.copy(faulty, folder / f"{found[1]}.xml")
    return folder


def test_a_release_without_faults_has_no_findings() -> None:
    assert validate([BASE]) == ()


@pytest.mark.parametrize("faulty", FAULTY, ids=lambda path: path.stem)
def test_each_fault_is_found(faulty: Path, tmp_path: Path) -> None:
    code = faulty.stem.partition("-")[0]
    findings = validate([_release(tmp_path / "tei", faulty)])
    codes = {finding.code for finding in findings}
    assert code in codes
    assert codes - {code} <= ALSO.get(code, set())
    assert all(finding.message and finding.hint and finding.line > 0 for finding in findings)


def test_every_code_has_a_faulty_file() -> None:
    schematron = {code for code, *_ in grammar._assertions()}
    assert {path.stem.partition("-")[0] for path in FAULTY} == {*CHECKS, *GRAMMAR, *schematron}


def test_a_finding_is_one_line_with_place_code_and_advice(tmp_path: Path) -> None:
    folder = _release(tmp_path / "tei", DATA / "T403-0.xml")
    (finding,) = validate([folder])
    assert re.fullmatch(r".*en\.xml:\d+: T403 .*ent:place\.nowhere.*; correct it, or add the record", str(finding))


def test_only_warnings_are_called_so(tmp_path: Path) -> None:
    (finding,) = validate([_release(tmp_path / "tei", DATA / "T407-0.xml")])
    assert (finding.code in WARNINGS, finding.severity) == (True, "warning")
    assert "warning: T407" in str(finding)


def test_findings_come_in_order_whatever_the_order_of_paths() -> None:
    one, other = validate(FAULTY), validate(FAULTY[::-1])
    assert one == other == tuple(sorted(one))


def test_a_file_alone_need_not_have_others_beside_it(tmp_path: Path) -> None:
    shutil.copy(BASE / "alignment.xml", tmp_path)
    assert validate([tmp_path / "alignment.xml"]) == ()


def test_a_file_alone_is_checked_against_those_beside_it(tmp_path: Path) -> None:
    folder = _release(tmp_path / "tei", DATA / "T402-0.xml")
    assert {finding.code for finding in validate([folder / "alignment.xml"])} == {"T402"}


def test_a_release_must_be_whole(tmp_path: Path) -> None:
    shutil.copy(BASE / "alignment.xml", tmp_path)
    assert "T402" in {finding.code for finding in validate([tmp_path])}


@pytest.mark.parametrize("make", ["nothing", "empty folder"])
def test_what_is_not_there_is_said(make: str, tmp_path: Path) -> None:
    path = tmp_path / "tei"
    if make == "empty folder":
        path.mkdir()
    with pytest.raises(UsageError, match=r"tei: (is not there|holds no XML file); give"):
        validate([path])


def test_a_build_is_its_tei(tmp_path: Path) -> None:
    whole, inner = validate([_release(tmp_path / "tei", FAULTY[0]).parent]), validate([tmp_path / "tei"])
    assert whole == inner
    assert whole


@pytest.mark.parametrize("with_text", [True, False])
def test_what_is_written_has_no_findings(edition: Edition, with_text: bool, tmp_path: Path) -> None:
    written = replace(edition, work=replace(edition.work, with_text=with_text))
    paths = write(written, tmp_path)
    assert validate([tmp_path]) == ()
    assert validate([path for path in paths if path.suffix == ".xml"]) == ()


def test_a_changed_letter_of_a_source_is_found(edition: Edition, tmp_path: Path) -> None:
    write(edition, tmp_path)
    source = tmp_path / "src" / "hr.txt"
    source.write_bytes(source.read_bytes().replace(b"Bagdada", b"Bagdadu"))
    assert {finding.code for finding in validate([tmp_path])} == {"T502", "T504"}


@pytest.mark.skipif(not (SHARED / "tei/traps").is_dir(), reason="set HEXAPLA_SHARED to the folder that holds tei/traps")
def test_every_trap_is_seen_through() -> None:
    traps = {path.stem: path for path in sorted((SHARED / "tei/traps").glob("*.xml"))}
    found = {name: {finding.code for finding in validate([path])} for name, path in traps.items()}
    assert {name: code for name, code in TRAPS.items() if code not in found[name]} == {}


@pytest.mark.skipif(shutil.which("jing") is None, reason="jing is not installed")
@pytest.mark.skipif(not TEI_ALL.is_file(), reason="set HEXAPLA_TEI_ALL to tei_all.rng, or HEXAPLA_SHARED")
def test_what_is_written_is_tei(edition: Edition, tmp_path: Path) -> None:
    silent = replace(edition, work=replace(edition.work, with_text=False))
    empty = replace(edition, documents=edition.documents[:1], authority=type(edition.authority)())
    bare = replace(empty.documents[0], mentions=(), segments=())
    nothing = replace(edition.alignment, documents=("hr",), groups=(), links=(), disagreements=(), dropped=())
    empty = replace(empty, documents=(bare,), alignment=nothing)
    for name, one in (("full", edition), ("silent", silent), ("empty", empty)):
        write(one, tmp_path / name)
    files = [grammar.SCHEMA / "profile.odd", *sorted(tmp_path.glob("*/*.xml")), *sorted(BASE.glob("*.xml"))]
    run = subprocess.run(["jing", str(TEI_ALL), *map(str, files)], capture_output=True, text=True, check=False)
    assert (run.stdout, run.returncode) == ("", 0)


@pytest.mark.skipif(shutil.which("trang") is None, reason="trang is not installed")
def test_both_forms_of_the_grammar_are_one(tmp_path: Path) -> None:
    made = tmp_path / "profile.rng"
    subprocess.run(["trang", str(grammar.SCHEMA / "profile.rnc"), str(made)], check=True)
    assert etree.canonicalize(from_file=str(made)) == etree.canonicalize(from_file=str(grammar.SCHEMA / "profile.rng"))


def test_the_odd_names_the_elements_of_the_grammar() -> None:
    odd = etree.parse(grammar.SCHEMA / "profile.odd")
    chosen = {name for module in odd.iter("{*}moduleRef") for name in module.get("include", "").split()}
    assert chosen == {name for name in grammar._vocabulary() if ":" not in name}


@pytest.mark.parametrize("code", ["T203", "T301", "T302", "T303", "T304", "T305", "T306"])
def test_any_schematron_processor_finds_the_same(code: str) -> None:
    rules = Schematron(etree.parse(grammar.SCHEMA / "profile.sch"), store_report=True)
    assert all(rules.validate(etree.parse(path)) for path in sorted(BASE.glob("*.xml")))
    assert not rules.validate(etree.parse(DATA / f"{code}-0.xml"))
    assert f'id="{code}"' in etree.tostring(rules.validation_report).decode()


def test_an_entity_bomb_is_refused_unread(tmp_path: Path) -> None:
    lines = [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    bomb = f'<!DOCTYPE TEI [<!ENTITY a0 "a">{"".join(lines)}]><TEI xmlns="{"http://www.tei-c.org/ns/1.0"}">&a9;</TEI>'
    (tmp_path / "bomb.xml").write_text(bomb)
    (finding,) = validate([tmp_path / "bomb.xml"])
    assert isinstance(finding, Finding)
    assert finding.code in ("T101", "T102")
