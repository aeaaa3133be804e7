from __future__ import annotations

from pathlib import Path

import pytest

from hexapla.corpus.source import read
from hexapla.corpus.tongue import doubted, near, tongues

ACCOUNTS = Path(__file__).parent.parent / "corpus" / "texts" / "iraq-war"

TEXTS = {
    "hr": (
        "Stari most preko rijeke zatvoren je u ponedjeljak jer je voda odnijela dva stupa. ",
        "Općina je odmah poslala radnike, no oni do večeri nisu mogli prići obali. ",
        "Stanovnici su se žalili da im nitko ništa nije rekao, a škola je ostala bez grijanja. ",
        "Novi most gradit će se tek u proljeće, kad se rijeka smiri i kad stigne novac. ",
    ),
    "en": (
        "The old bridge over the river was closed on Monday because the water had carried off two pillars. ",
        "The council sent workers at once, but by the evening they had not been able to reach the bank. ",
        "People who live there complained that nobody had told them anything, and the school had no heating. ",
        "A new bridge will be built only in spring, when the river is calm and the money has come. ",
    ),
    "ar": (
        "أُغلق الجسر القديم فوق النهر يوم الاثنين لأن المياه جرفت اثنين من أعمدته في الليل. ",
        "وأرسلت البلدية العمال على الفور، لكنهم لم يتمكنوا من الوصول إلى الضفة حتى المساء. ",
        "واشتكى السكان من أن أحدا لم يخبرهم بشيء، وبقيت المدرسة من دون تدفئة طوال الأسبوع. ",
        "ولن يُبنى جسر جديد إلا في الربيع، حين يهدأ النهر وتصل الأموال التي وُعدوا بها. ",
    ),
    "de": (
        "Die alte Brücke über den Fluss wurde am Montag gesperrt, weil das Wasser zwei Pfeiler weggerissen hatte. ",
        "Die Gemeinde schickte sofort Arbeiter, doch bis zum Abend kamen sie nicht an das Ufer heran. ",
        "Die Anwohner klagten, dass ihnen niemand etwas gesagt habe, und die Schule blieb ohne Heizung. ",
        "Eine neue Brücke wird erst im Frühling gebaut, wenn der Fluss ruhig ist und das Geld da ist. ",
    ),
}


def codes(text: str) -> set[str]:
    return {found.code for found in tongues(text)}


@pytest.mark.parametrize(("first", "second"), [("hr", "en"), ("en", "hr"), ("ar", "en"), ("de", "hr"), ("en", "ar")])
def test_half_and_half_is_mixed_whichever_leads(first: str, second: str) -> None:
    one, other = "".join(TEXTS[first]), "".join(TEXTS[second])
    assert codes(f"{one}\n{other}") == codes(one + other) == {first, second}
    assert codes("\n".join(line for pair in zip(TEXTS[first], TEXTS[second], strict=True) for line in pair)) == {
        first,
        second,
    }


def test_a_third_of_each_of_three_is_mixed() -> None:
    found = tongues("\n\n".join("".join(TEXTS[code]) for code in ("de", "ar", "hr")))
    assert {tongue.code for tongue in found} == {"de", "ar", "hr"}
    assert sum(tongue.share for tongue in found) == pytest.approx(1)
    assert all(0.25 < tongue.share < 0.45 and tongue.score > 0.9 for tongue in found)


def test_two_sentences_can_be_mixed() -> None:
    assert codes(TEXTS["en"][0] + "\n" + TEXTS["hr"][0]) == {"en", "hr"}


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_quotations_and_names_are_not_another_language(code: str) -> None:
    quoted = "".join(TEXTS[code]) + f'"{TEXTS["en" if code != "en" else "hr"][2].strip()}"'
    assert codes(quoted) == {code}
    named = TEXTS[code][0] + "Abu Musab al-Zarqawi, Willibrord Davids, Jay Bybee, John Yoo, Mountazer al-Zaidi. "
    assert codes(named + "".join(TEXTS[code][1:])) == {code}


@pytest.mark.parametrize("account", ["hr", "ar1", "ar2", "tl", "en"])
def test_the_published_texts_are_each_in_one_language(account: str) -> None:
    text = (ACCOUNTS / f"{account}.txt").read_text("utf-8")
    assert codes(text) == {account[:2]}
    assert not doubted(text, account[:2])


def test_what_cannot_be_told_has_no_tongue() -> None:
    assert tongues("") == tongues("12 + 3 = 15") == tongues("Ok.") == ()


@pytest.mark.parametrize("given", ["en", "tl", "de", "ar", "ru", "id"])
def test_another_language_is_doubted(given: str) -> None:
    text = "".join(TEXTS["hr"])
    assert doubted(text, given)
    assert not doubted(text, "hr")
    assert not doubted(text, "sr-Latn")
    assert not doubted("Stari most.", given)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("hr", ""),
        ("sr", ""),
        ("en", "The language was given as en. But the text seems to be in another language: hr ("),
        ("ki", ""),  # a language that the model does not know
    ],
)
def test_a_language_that_is_given_wins_and_is_questioned(given: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("".join(TEXTS["hr"]), "utf-8")
    document = read(path, language=given)
    assert document.language == given
    assert document.source.note.startswith(said)
    assert bool(document.source.note) == bool(said)


def test_a_mixed_file_says_so_with_its_shares(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("".join(TEXTS["hr"]) + "\n" + "".join(TEXTS["en"]), "utf-8")
    detected, given = read(path), read(path, language="hr")
    assert detected.language == "en"  # the larger part
    assert "was detected: en (1.00). The text is mixed: en 5" in detected.source.note
    assert given.source.note.startswith("The language was given as hr. The text is mixed: en 5")
    path.write_text("".join(TEXTS["hr"] * 2) + "\n" + "".join(TEXTS["en"]), "utf-8")
    assert read(path).language == "hr"


def test_a_page_that_states_another_language_is_questioned(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<html lang='en'><body><p>{''.join(TEXTS['hr'])}</p></body></html>", "utf-8")
    note = read(path).source.note
    assert "the one that the file states: en. But the text seems to be in another language: hr (" in note


def test_languages_that_are_near() -> None:
    assert near("hr", "bs")
    assert near("fil", "tl")
    assert near("pt-BR", "pt")
    assert not near("en", "de")
