from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hexapla.corpus.document import Document, Source
from hexapla.corpus.habit import Habits
from hexapla.corpus.segment import habits, segment, spans
from hexapla.corpus.source import read_work
from tests.growth import linear

CORPUS = Path(__file__).parent.parent / "corpus" / "texts" / "iraq-war"

# A ¦ stands where a segment ends; the text is what remains without it.
TRAPS = {
    "hr": [
        "Most je srušen 3. lipnja 1991. u zoru. ¦Obnovljen je tek 1998.",
        "U proljeće 1848. Sabor je zasjedao danima. ¦Ban je šutio.",
        "Škola je zatvorena 1975. ¦Učenici su prešli u susjedno mjesto.",
        "Nitko nije odgovorio.¦Onda se začuo prasak.",
        "Brod je stigao u Split.¦12. rujna isplovio je opet.",
        "Popis iz 1880.¦1890., pak, broji manje duša.",
        "Stigla je i potporaNa trgu nije bilo nikoga.".replace("aNa", "a¦Na"),
        "Gost je bio dr. sc. Petar Babić, npr. uz ravnatelja. ¦Otišli su rano.",
        "Kupi jabuke, kruške i sl. ¦Vrati se do podneva.",
        "„Ne idem nikamo. ¦Ostajem”, kaže baka. ¦Djed šuti.",
        "Uzvik „Stoj!“ odjeknuo je ulicom. ¦Svi su stali.",
        "Cijena je 1.250,50 kn, tj. oko 7 % više. ¦Kupaca nema.",
        "Glasovalo je 40 ljudi. ¦12 % listića bilo je nevažeće.",
        "Kralj Petar II. napustio je zemlju. ¦Vojska je ostala.",
        "Pišite na ured@primjer.hr ili na www.primjer.hr. ¦Hvala vam.",
        "Pjesnik T. Ujević živio je ondje. ¦Kuća i danas stoji.",
        "Radovi su gotovi .. ¦Ulica je opet otvorena .",
        "Rezultat je 3 : 1. ¦Domaćini slave.",
        "Čekali su... i čekali. ¦Nitko nije došao…",
    ],
    "en": [
        "Mr. and Mrs. Hale met Sgt. Pike at 7 a.m. on Friday. ¦They left at noon.",
        "She grew up in the U.S. ¦Her brother did not.",
        "The U.S. Navy sent two ships. ¦One sank.",
        '"Who is there?" called the guard. ¦"A friend," she said. ¦"Let me in."',
        "1. Wash the rice. 2. Boil the water.".replace(". 2", ". ¦2"),
        "Perhaps... perhaps not. ¦Nobody can say.",
        "The dam broke in 1911.[4] ¦Two towns were lost.",
        "Get v3.2.1 from https://example.org/x.y?z=1. ¦Write to a.b@example.org. ¦Good luck!",
        "(The bridge was closed.) ¦We walked. ¦(See Fig. 3.)",
        "The gates opened.¦Crowds poured in.",
        "Profit fell 2.5% to $3.1 bn vs. $4 bn before. ¦Shares dropped.",
        "Nobody answered. ¦40 men had gone.",
        "J. K. Norton and McDonald used an iPhone. ¦It broke.",
        "Tea, milk, etc. were served. ¦Guests from Acme Inc. ¦They stayed late.",
        "They arrived on Nov. 3 at No. 12 Elm St. near the park. ¦All was quiet.",
        "What now?! ¦We run.",
        "Is JavaScript or LinkedIn a word? ¦Yes.",
        "Call forEach on the list, then toString or addAll. ¦Done.",
        "Nobody came to the meetingThe door stayed shut.".replace("gT", "g¦T"),
        "He was tired.” ¦Nobody moved.",
    ],
    "ar": [
        "هل وصل القطار؟ ¦لا، لم يصل بعد.",
        "انتهت المباراة .. إلا أن الجمهور بقي في الملعب.",
        "عاد الوزير مساء أمس.. ¦استقبله المحافظ في المطار.",
        "كتب الرواية هربرت جي. ويلز في لندن. ¦ثم ترجمت إلى لغات كثيرة.",
        "حضر د. سامي الخطيب الندوة. ¦وشارك فيها طلاب كثيرون.",
        "\u200fبلغ السعر 12.75 دينارا.\u200f ¦وهذا أعلى سعر.\u200e",
        "وصلت الحافلة.¦ونزل الركاب.",
        'قال المدير: "لن نغلق المصنع. ¦سنجد حلا". ¦ثم غادر.',
        "راسلونا على info@example.org أو زوروا www.example.org. ¦نرحب بكم.",
        "سقطت المدينة عام 1258 م. ¦وبدأ عصر جديد.",
        "نقلت الخبر قناة سي إن إن. ¦وأكدته مصادر أخرى.",
        "تقدمت القوات نحو الجسر... ليبدأ القتال في المدينة.",
        "قف! ¦من هناك؟",
        "اشترى الكتاب .¦وقرأه في يوم واحد .".replace(".¦", ". ¦"),
        "صدر تقرير شركة Acme Ltd. عن العام الماضي. ¦ولم يعلق أحد.",
    ],
    "tl": [
        "Dumalo sina Gng. Cruz at Dr. Lim sa pulong. ¦Maaga silang umuwi.",
        "Tinanggap ng U.S. ang panukala . ¦Tumutol ang_mga senador .",
        "Ani niya , “ Handa na kami . ” ¦Sumakay sila sa bangka .",
        '"Sino ang kumatok?" usisa ni Lola. ¦Walang sumagot.',
        "Naghintay sila ... ¦Walang dumating .",
        "Nagbukas ang tindahan nang 8 a.m. kahapon. ¦Nagsara ito nang 9 p.m.",
        "Taga-Sta. Cruz ang mag-anak. ¦Lumipat sila noong 1950.",
        "Nagdala siya ng kanin, isda, atbp. ¦Nagsalo-salo ang lahat.",
        "Isinulat ito ni Jose P. Laurel. ¦Binasa ito ng marami.",
        "Umabot sa 3.5 milyon ang botante. ¦12 lalawigan ang nagreklamo.",
        "Tapos na ang pulong.¦Umalis na ang lahat.",
        "Talaga? ¦Oo!",
        "Sumulat sa tanong@halimbawa.ph o bumisita sa www.halimbawa.ph. ¦Salamat po.",
        'Sabi niya, "Let\'s go." ¦Tumayo ang lahat.',
    ],
    "de": [
        "Am 3. Oktober 1990 endete die Teilung. ¦Viele feierten.",
        "Der 2. Weltkrieg begann 1939. ¦Er dauerte sechs Jahre.",
        "Kaiser Wilhelm II. dankte ab. ¦Das Volk jubelte.",
        "Dr. Weber und Prof. Klein kamen z. B. mit der Bahn. ¦Alle warteten.",
        "Er kaufte Brot, Käse usw. ¦Dann ging er heim.",
        "„Komm sofort. ¦Ich warte“, sagte Anna. ¦Dann legte sie auf.",
        "»Wer da?« rief der Posten. ¦Niemand antwortete.",
        "Das kostet 1.250,50 Euro, d. h. 7 % mehr. ¦Kaum jemand kauft.",
        "Siehe Abb. 5 auf S. 12. ¦Dort steht mehr.",
        "Der Krieg war vorbei.¦Die Leute kamen zurück.",
        "Das Heer zog 1812 nach Osten. ¦1813 kehrte es zurück.",
        "Im 19. Jahrhundert wuchs die Stadt. ¦Heute schrumpft sie.",
        "Er kam ... und ging. ¦Warum nur?",
        "Schreiben Sie an info@beispiel.de. ¦Wir antworten.",
    ],
    "fr": [
        "M. Dupont et Mme Martin sont arrivés. ¦Le maire les attendait.",
        "Elle est née en 1905. ¦Son frère est mort en 1918.",
        "« Qui va là ? » cria le garde. ¦Personne ne répondit.",
        "Il dit : « Je reste. » ¦Puis il se tut.",
        "Le Dr Petit et le Pr. Blanc enseignent l'art, l'histoire, etc. ¦Ils voyagent peu.",
        "Le prix est de 3,5 millions d'euros. ¦12 % de plus qu'avant.",
        "César mourut en 44 av. J.-C. à Rome. ¦Le Sénat hésita.",
        "Voir p. 12 et fig. 3. ¦Le reste manque.",
        "Vraiment ? ¦Oui !",
        "La guerre était finie.¦Les soldats rentraient.",
        "J.-P. Martin dirige l'O.N.U. depuis peu. ¦Il démissionne.",
        "Il attend… et attend. ¦Rien ne vient.",
        "Écrivez à info@exemple.fr. ¦Nous répondrons.",
    ],
    "und": [
        "他昨天来了。¦今天又走了！¦明天呢？",
        "彼は「行こう。」と言った。¦雨が降っていた。".replace("。」と", "」と"),
        "सूरज डूब गया। ¦तारे निकल आए।",
        "הגשם פסק. ¦יצאנו לדרך.",
        "Πήγε σπίτι. ¦Κοιμήθηκε.",
        "Дом стоял пустой. ¦Все уехали.",
        "Բարեւ։ ¦Ինչպես ես։",
    ],
}

KINDS = [  # text, language, the kinds of its segments
    ("The Siege\n\nThe town fell in May. Few lived.", "en", "hss"),
    ("The town fell in May.\n\n– After the siege –\nFew lived.", "en", "shs"),
    ("One is here\nTwo is there\nThree are gone", "en", "sss"),
    ("## Opsada\nGrad je pao.", "hr", "hs"),
    ("سقطت المدينة في أيار.\nوبقي القليل من أهلها\nثم عادوا.", "ar", "sss"),
    ("He left.\n\nLeave a Reply\n\nRequired fields are marked *\n\n4 + = 11", "en", "sxxx"),
    ("Otišao je.\nVaša adresa e-pošte neće biti objavljena. Obavezna polja su označena sa *", "hr", "sxx"),
    ("غادر.\nلن يتم نشر عنوان بريدك الإلكتروني.", "ar", "sx"),
    ("He left.\n* * *\nShe stayed.\n------\n17", "en", "sxsxx"),
    ("Name *\nEmail *\n© 2020 The Paper\n3 comments", "en", "xxxx"),
    ("Comment on the siege came late\nName the town if you can", "en", "ss"),
    ("He said that we should subscribe to our newsletter now.", "en", "s"),
]

READINGS = [
    ("Umalis ang_mga tao , at ( sa wakas ) natapos .", "Umalis ang mga tao, at (sa wakas) natapos."),
    ("Sinabi niya , “ Tama na . ”", "Sinabi niya, “Tama na.”"),
    ("Umalis sila. Natapos, sa wakas.", ""),
    ("Tingnan ang file_name.txt, pati ang a_b.", ""),
]

HOSTILE = {
    "dots": "." * 500_000,
    "spaced dots": ". " * 250_000,
    "no stop": "word " * 100_000,
    "one word": "a" * 500_000,
    "quotes": '"' * 500_000,
    "deep quotes": "(„" * 150_000 + "x. " + "“)" * 150_000,
    "closers": 'a."' * 150_000,
    "initials": "A. " * 100_000,
    "years": "2003." * 60_000,
    "white space": ("a" + " " * 5_000 + "." + " " * 5_000) * 50,
    "one run of white space": "a ," + " " * 500_000 + ". B",
    "rules": ("-" * 90 + "a\n") * 5_000,
    "joins": "abcThe " * 50_000,
    "underscores": "a , b" + "_" * 500_000,
}

UNMARKED = {  # a sentence that lost its full stop, and what only looks like one
    "en": [
        "Council plans a new bridge for the old town ¦The work will take two years.",
        "The men could not reach the bank ¦They waited until the water fell. ¦Nobody slept.",
        "He lives in The hague with his aunt. ¦She paints.",
        "Then came the The end of it all. ¦Nobody saw it.",
        "The Beatles sang it with The Who in June. ¦All were there.",
        "They flew on top of a Saturn V. ¦During the descent nobody spoke.",
        "It is the letter u. ¦The group agreed. ¦In Roe v. The State it lost.",
        "Some of them, esp. The old one, cf. The new one, were closed. ¦Nobody came.",
    ],
    "hr": [
        "Radnici nisu mogli prići obali ¦Međutim, voda je ubrzo pala.",
        "Uhićeno je 585 ljudi, a ranjeno dvadeset ¦U studenom je bilo mirnije.",
        "Gledali smo film U potrazi za istinom. ¦Bio je dug.",
        "Neke od njih, npr. Taj most, ostale su zatvorene.",
        "Čitali su roman Na rubu pameti. ¦Svidio im se.",
    ],
    "de": [
        "Die Helfer kamen nicht ans Ufer heran ¦Danach fiel das Wasser.",
        "Wir bitten, dass Sie bald kommen. ¦Im Kino lief Das weiße Band.",
    ],
    "tl": [
        "Hindi nakarating ang mga bangka ¦Ngunit bumaba agad ang tubig.",
        "Nakita nila si Ang Lee sa palengke. ¦Umuwi sila.",
    ],
    "es": [
        "Los obreros no pudieron llegar a la orilla ¦También faltaba dinero.",
        "Viven en El bosque con su tía. ¦Ella pinta.",
    ],
    "fr": [
        "Les ouvriers ne purent atteindre la rive ¦Cependant, il pleuvait.",
        "Il lit Le monde tous les jours. ¦Elle dort.",
    ],
    "ar": ["هذا هو الحرف u. ¦وافقت اللجنة على ذلك."],
    "und": ["They could not reach the bank The water was high."],
}


def pieces(text: str, language: str, shown: Habits | None = None) -> list[str]:
    return [text[start:end] for start, end in spans(text, language, shown)]


def document(text: str, language: str = "en") -> Document:
    return segment(Document("d", language, text, Source("d.txt", "", 0)))


@pytest.mark.parametrize(("language", "trap"), [(code, trap) for code, traps in TRAPS.items() for trap in traps])
def test_traps(language: str, trap: str) -> None:
    assert pieces(trap.replace("¦", ""), language) == [part.strip() for part in trap.split("¦")]


@pytest.mark.parametrize(("language", "text"), [(code, text) for code, texts in UNMARKED.items() for text in texts])
def test_a_lost_full_stop_is_found_where_nothing_else_can_be_meant(language: str, text: str) -> None:
    assert pieces(text.replace("¦", ""), language) == [part.strip() for part in text.split("¦")]


@pytest.mark.parametrize("before", ["", "\n", "it was late at night\n", "\u2028", " "])
def test_a_line_that_begins_with_such_a_word_is_one_sentence(before: str) -> None:
    assert pieces(f"{before} The work is done", "en")[-1] == "The work is done"


def test_control_characters_after_a_final_mark() -> None:
    assert pieces("He left.\x00 She stayed.\x07They sat.\x00", "en") == [
        "He left.\x00",
        "She stayed.\x07",
        "They sat.\x00",
    ]


@pytest.mark.parametrize(("text", "language", "kinds"), KINDS)
def test_kinds(text: str, language: str, kinds: str) -> None:
    assert "".join(part.kind for part in document(text, language).segments) == kinds


@pytest.mark.parametrize(("text", "reading"), READINGS)
def test_tokenisation_is_undone_in_a_reading(text: str, reading: str) -> None:
    found = document(text, "tl")
    assert " ".join(part.normalised for part in found.segments).strip() == reading
    assert found.text == text


def test_segments_are_numbered() -> None:
    found = document("Title here\n\nOne. Two.\r\n\r\nThree.")
    assert [part.id for part in found.segments] == ["d.s1", "d.s2", "d.s3", "d.s4"]
    assert [part.paragraph for part in found.segments] == [0, 1, 1, 2]


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\u2028", "\u2029", "\x85", "\x0c"])
def test_a_line_break_is_a_boundary(end: str) -> None:
    assert pieces(f"no stop here{end}and none there", "en") == ["no stop here", "and none there"]


def test_nothing_but_white_space_has_no_segments() -> None:
    assert document("").segments == document("\ufeff \r\n\t").segments == ()
    assert pieces("\ufeffOne. Two.", "en") == ["One.", "Two."]


TEXT = st.text(st.characters(exclude_categories=["Cs"]))
NOISE = st.lists(
    st.sampled_from(
        [*" .!?…\"'“”„«»()[]\n\r\t_,:;-–*#\x00\ufeff\u200f\u200e\u202b\u2067\u0301", "A", "a", "م", "دبليو", "字"]
    )
    | st.sampled_from(
        ["2003", "1. ", "dr. ", "U.S.", "The", "abcThe", "http://a.b", "。", "؟", "।", " . ", "...", "[1]", "\r\n"]
    )
).map("".join)


@given(TEXT | NOISE, st.sampled_from(["en", "hr", "ar", "tl", "de", "fr", "und", "ja"]))
def test_segments_are_slices_that_cover_all(text: str, language: str) -> None:
    found = document(text, language)
    place = 0
    for part in found.segments:
        assert place <= part.start < part.end
        assert not text[place : part.start].removeprefix("\ufeff" if place == 0 else "").strip()
        assert found.slice(part) == found.slice(part).strip()
        assert not set(found.slice(part)) & set("\n\r\u2028\u2029")
        place = part.end
    assert not text[place:].removeprefix("\ufeff" if place == 0 else "").strip()
    paragraphs = [part.paragraph for part in found.segments]
    assert paragraphs == sorted(paragraphs)
    assert document(text, language).segments == found.segments


@given(NOISE, NOISE)
@example("TheU.S.", ",!TheU.S.")
@example("2003؟A", "")
def test_lines_are_cut_each_for_itself(first: str, second: str) -> None:
    """How a line is cut depends on no other line, save by what both show: words written as one, acronyms said again."""
    whole = f"{first}\n{second}"
    if "\ufeff" not in whole:
        shown = habits(whole, "en")
        assert pieces(whole, "en") == pieces(first, "en", shown) + pieces(second, "en", shown)


@pytest.mark.parametrize("name", HOSTILE)
def test_time_is_linear(name: str) -> None:
    assert linear(lambda text: [document(text, language) for language in ("hr", "ar")], HOSTILE[name])


def test_the_published_texts() -> None:
    _, documents = read_work(CORPUS, name="iraq-war")
    counts = {found.id: "".join(part.kind for part in segment(found).segments) for found in documents}
    assert {name: len(kinds) for name, kinds in counts.items() if name != "hr"} == {
        "ar1": 21,
        "ar2": 14,
        "tl": 24,
        "en": 51,
    }
    assert 300 < len(counts["hr"]) < 330
    assert (counts["en"].count("h"), counts["en"][-4:]) == (8, "xxxx")
    assert set(counts["hr"] + counts["ar1"] + counts["ar2"] + counts["tl"]) == {"s"}
