"""The report: what the page holds, and what it shows in a browser."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from hexapla.tei.edition import Edition
from hexapla.tei.report import payload, write

CHROMIUM = shutil.which("chromium")


def data_of(page: Path) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page.read_text("utf-8"), re.DOTALL)
    assert found
    held: dict[str, Any] = json.loads(found[1])
    return held


class Loads(HTMLParser):
    """Collects what a page would load from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ("src", "href") and value]


def test_page_holds_everything(edition: Edition, tmp_path: Path) -> None:
    (page,) = write(edition, tmp_path / "report")
    held = data_of(page)
    assert [one["id"] for one in held["documents"]] == [document.id for document in edition.documents]
    for one, document in zip(held["documents"], edition.documents, strict=True):
        assert [part["text"] for part in one["segments"]] == [document.slice(part) for part in document.segments]
    assert [group["id"] for group in held["groups"]] == [group.id for group in edition.alignment.groups]
    assert all(group["evidence"] for group in held["groups"])
    assert len(held["disagreements"]) == len(edition.alignment.disagreements)


def test_direction_follows_the_language(edition: Edition) -> None:
    directions = {one["language"]: one["direction"] for one in payload(edition)["documents"]}
    assert directions == {"hr": "ltr", "ar": "rtl", "en": "ltr"}


def test_nothing_is_loaded_from_elsewhere(edition: Edition, tmp_path: Path) -> None:
    (page,) = write(edition, tmp_path)
    text = page.read_text("utf-8")
    loads = Loads()
    loads.feed(text)
    assert loads.found == []
    assert not re.search(r"@import|url\(|fetch\(|XMLHttpRequest", text)


def test_same_edition_same_bytes(edition: Edition, tmp_path: Path) -> None:
    (first,), (second,) = write(edition, tmp_path / "a"), write(edition, tmp_path / "b")
    assert first.read_bytes() == second.read_bytes()


def test_hostile_text_stays_text(edition: Edition, tmp_path: Path) -> None:
    hostile = "</script><img src=x onerror=alert(1)><!--\u2028"
    work = replace(edition.work, title=hostile)
    (page,) = write(replace(edition, work=work), tmp_path)
    assert data_of(page)["work"]["title"] == hostile
    assert "<img" not in page.read_text("utf-8")


@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
def test_browser_draws_it(edition: Edition, tmp_path: Path) -> None:
    (page,) = write(edition, tmp_path / "ćirilica العربية")
    drawn = subprocess.run(
        [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
         f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=2000", "--dump-dom", page.as_uri()],
        capture_output=True, text=True, timeout=120, check=True,
    ).stdout  # fmt: skip
    assert drawn.count('class="account"') == len(edition.documents)
    assert re.search(r'<article class="account"[^>]*lang="ar"[^>]*dir="rtl"', drawn)
    assert all(f'id="at-{part.id}"' in drawn for document in edition.documents for part in document.segments)
    assert all(f'id="row-{group.id}"' in drawn for group in edition.alignment.groups)
    assert drawn.count('class="card"') == len(edition.alignment.disagreements)
