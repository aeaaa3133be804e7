from __future__ import annotations

import builtins
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexapla.corpus import webpage
from hexapla.corpus.document import Document
from hexapla.corpus.errors import InputError, UsageError
from hexapla.corpus.segment import segment
from hexapla.corpus.source import read
from tests.growth import linear

EN = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Ferry runs aground off Vis – The Harbour Post</title>
<meta name="author" content="Jane Holloway"><meta property="article:published_time" content="2014-05-04T08:15:00Z">
<meta property="og:site_name" content="The Harbour Post"><link rel="canonical" href="https://example.org/news/ferry">
<style>.nav{color:red}</style><script>var tracker = "do not read me";</script></head>
<body><!-- a comment nobody reads -->
<header><a href="/">The Harbour Post</a><form action="/s"><input name="q"
placeholder="Search"><button>Search</button></form></header>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li><li><a href="/sport">Sport</a></li><li><a
href="/weather">Weather</a></li></ul></nav>
<div class="cookie-banner">We use cookies to improve your experience. <button>Accept all</button></div>
<main><article>
<h1>Ferry runs aground off Vis</h1>
<p class="byline">By <a href="/jh">Jane Holloway</a>, 4 May 2014</p>
<div class="share"><a href="#">Share on Facebook</a> <a href="#">Tweet</a> <a href="#">Email this</a></div>
<p>A ferry carrying 312 passengers ran aground off the island of Vis on Saturday night. Nobody was hurt, the coast
guard said, but two crew members were treated for shock.</p>
<p>The <em>Sveti Juraj</em> had left Split at 9&nbsp;p.m. and was due to arrive two hours later. Witnesses said the
wind rose to 90 km/h within minutes &amp; the ship lost its way.</p>
<figure><img src="f.jpg" alt="The ferry"><figcaption>The ferry on Sunday morning. Photo: Harbour
Post</figcaption></figure>
<h2>Captain questioned</h2>
<p>“We did what we could,” the captain told reporters.</p>
<p>Police questioned him for three hours before letting him go.</p>
<ul><li>2011: the ship strikes a pier in Rijeka and loses its bow door.</li><li>2013: an engine fails near Hvar and
200 people wait all night.</li></ul>
<script>ads.push("buy now")</script>
<table><tr><th>Year</th><th>Accidents</th></tr><tr><td>2012</td><td>14</td></tr><tr><td>2013</td><td>9</td></tr></table>
<p>An inquiry begins on Monday.</p>
</article></main>
<aside><h3>Most read</h3><ol><li><a href="/1">Ten beaches you must see this summer</a></li><li><a href="/2">Rents rise
again</a></li></ol></aside>
<section id="comments"><h3>2 comments</h3><div class="comment"><p>marko77: I was on that ship, it was terrible and
nobody told us anything at all for hours.</p></div><div class="comment"><p>anon: first!</p></div>
<form><h3>Leave a reply</h3><p>Your email address will not be published. Required fields are marked *</p><p>73 + =
75</p><textarea></textarea></form></section>
<footer><p>© 2014 The Harbour Post. All rights reserved.</p><a href="/privacy">Privacy policy</a> <a
href="/contact">Contact us</a></footer>
</body></html>"""

HR = """\
<html lang="hr"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>Trajekt se nasukao kod
Visa | Lučki list</title></head>
<body>
<div id="menu"><a href="/">Naslovnica</a> | <a href="/svijet">Svijet</a> | <a href="/sport">Sport</a> | <a
href="/oglasi">Oglasi</a></div>
<div id="content"><div class="post">
<h1 class="title">Trajekt se nasukao kod Visa</h1>
<div class="meta">Objavio: admin, 4. svibnja 2014. u 10:12</div>
<div class="entry">
<p>Trajekt s 312 putnika nasukao se u subotu navečer kod otoka Visa. Nitko nije ozlijeđen, javila je obalna straža,
ali je dvoje članova posade zbrinuto zbog šoka.</p>
Brod je iz Splita krenuo u 21 sat, a trebao je stići dva sata poslije.<br>Svjedoci kažu da je vjetar u nekoliko minuta
dosegnuo 90 km/h.<br><br>Kapetan je ispitan tri sata.
<h3>Istraga</h3>
<p>Istraga počinje u ponedjeljak. Ministar je rekao da će vlasnik broda odgovarati.</p>
<blockquote>„Učinili smo što smo mogli”, rekao je kapetan.</blockquote>
</div>
<div class="social"><a href="#">Podijeli na Facebooku</a><a href="#">Pošalji prijatelju</a></div>
</div>
<div id="comments"><h3>3 komentara</h3><ol class="commentlist"><li>Ante: Sramota! Svake godine ista priča, a nitko ne
odgovara za to.</li><li>Ivana kaže: Bila sam na brodu, bilo je strašno.</li></ol>
<div id="respond"><h3>Komentiraj</h3><p>Vaša adresa e-pošte neće biti objavljena. Obavezna polja su označena sa
*</p></div></div>
</div>
<div id="sidebar"><h4>Najčitanije</h4><ul><li><a href="/a">Cijene stanova opet rastu u svim gradovima</a></li><li><a
href="/b">Sutra oblačno s kišom</a></li></ul></div>
<div id="footer">Copyright © 2014 Lučki list. Sva prava pridržana.</div>
<script type="text/javascript">document.write("ne čitaj me");</script>
</body></html>"""

AR = """\
<!DOCTYPE html><html dir="rtl" lang="ar"><head><meta charset="windows-1256"><title>جنوح عبارة قرب جزيرة فيس - جريدة
الميناء</title></head><body>
<div class="topnav"><ul><li><a href="/">الرئيسية</a></li><li><a href="/w">العالم</a></li><li><a
href="/s">رياضة</a></li></ul></div>
<article><h1>جنوح عبارة قرب جزيرة فيس</h1><span class="date">الأحد 4 مايو 2014</span>
<p>جنحت عبارة تقل 312 راكبا مساء السبت قرب جزيرة فيس. ولم يصب أحد بأذى، كما قال خفر السواحل، لكن اثنين من الطاقم عولجا
من الصدمة.</p>
<p>غادرت السفينة ميناء سبليت في التاسعة مساء وكان من المقرر أن تصل بعد ساعتين. وقال شهود إن سرعة الريح بلغت 90
كيلومترا في الساعة خلال دقائق.</p>
<h2>استجواب القبطان</h2>
<p>واستجوبت الشرطة القبطان ثلاث ساعات قبل أن تخلي سبيله. هل كان نائما؟ لا أحد يعرف.</p>
<div class="share">شارك: <a href="#">فيسبوك</a> <a href="#">تويتر</a></div>
</article>
<div class="comments"><h3>التعليقات</h3><p>أبو أحمد: حسبنا الله ونعم الوكيل في كل مسؤول لا يقوم
بواجبه.</p><form><label>الاسم</label><input><button>أرسل التعليق</button></form></div>
<div class="related"><h3>اقرأ أيضا</h3><a href="/x">أسعار الإيجار ترتفع من جديد</a><a href="/y">عشرة شواطئ يجب أن
تزورها</a></div>
<footer>جميع الحقوق محفوظة © 2014 جريدة الميناء</footer></body></html>"""

EN_TEXT = (
    "Ferry runs aground off Vis\n"
    "\n"
    "A ferry carrying 312 passengers ran aground off the island of Vis on Saturday night. Nobody was "
    "hurt, the coast guard said, but two crew members were treated for shock.\n"
    "The Sveti Juraj had left Split at 9 p.m. and was due to arrive two hours later. Witnesses said the "
    "wind rose to 90 km/h within minutes & the ship lost its way.\n"
    "\n"
    "Captain questioned\n"
    "\n"
    "“We did what we could,” the captain told reporters.\n"
    "Police questioned him for three hours before letting him go.\n"
    "2011: the ship strikes a pier in Rijeka and loses its bow door.\n"
    "2013: an engine fails near Hvar and 200 people wait all night.\n"
    "Year\tAccidents\n"
    "2012\t14\n"
    "2013\t9\n"
    "An inquiry begins on Monday."
)

LEFT = [  # the page, its encoding, what its text must have, what it must not have
    ("en.html", EN, "utf-8", "Captain questioned", "Sport|cookies|Share|marko77|73 +|rights|tracker|buy now|beaches"),
    ("hr.html", HR, "utf-8", "Istraga", "Naslovnica|Podijeli|Sramota|Obavezna polja|stanova|pridržana|čitaj me"),
    ("ar.html", AR, "cp1256", "استجواب القبطان", "الرئيسية|فيسبوك|أبو أحمد|أرسل|الإيجار|محفوظة"),
]

STATED = [  # a piece of the head, what is said
    ('<meta property="og:title" content=" The  sea ">', {"title": "The sea"}),
    ("<title>The sea | The Post</title>", {"title": "The sea | The Post"}),
    ("<title>It was late - The Post</title>", {"title": "It was late"}),
    ('<meta name="author" content="Ann Lee">', {"author": "Ann Lee"}),
    ('<meta property="article:author" content="https://example.org/ann">', {"author": ""}),
    ('<meta name="DC.date" content="2003-04">', {"published": "2003-04"}),
    ('<meta name="date" content="yesterday">', {"published": ""}),
    ('<meta property="og:site_name" content="The Post">', {"publisher": "The Post"}),
    ('<link rel="canonical" href="https://example.org/a">', {"url": "https://example.org/a"}),
    ('<link rel="canonical" href="javascript:alert(1)">', {"url": ""}),
]

ENCODED = [  # the bytes of a page, its encoding, its text
    ("<p>Čudo!".encode(), "utf-8", "Čudo!"),
    (b"\xef\xbb\xbf<meta charset=latin1><p>\xc4\x8cudo!", "utf-8", "Čudo!"),
    ("<p>Čudo!".encode("utf-16"), "utf-16-le", "Čudo!"),
    (b"<meta charset='iso-8859-2'><p>\xc8udo!", "iso8859-2", "Čudo!"),
    (b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1250"><p>\xc8udo!', "windows-1250", "Čudo!"),
    (b"<meta charset=ISO-8859-1><p>\x93Hi\x94", "windows-1252", "“Hi”"),
    (b'<?xml version="1.0" encoding="windows-1251"?><html><p>\xc4\xe0', "windows-1251", "Да"),
    (b"<meta charset=ascii><p>\xc4\x8c\x81", "", ""),
    (b"<meta charset=rot13><p>Hi", "utf-8", "Hi"),
    (b"<meta charset=utf-16><p>Hi", "utf-8", "Hi"),
    (b"<meta charset=windows-1250><p>\xc4\x81, \xc4\x83 \x88", "", ""),
]

SHAPES = [  # the body of a page without links, its text
    ("<h1>The storm</h1><p>It was\n late.<p>He left.", "The storm\n\nIt was late.\nHe left."),
    ("One<br>two<div>three</div>four", "One\ntwo\nthree\nfour"),
    ("<h2>One<br>two</h2>three", "One two\n\nthree"),
    ("<table><tr><th>a<th>b<tr><td> c <td><p>d<p>e</table>", "a\tb\nc\nd\ne"),
    ("a<b>b</b> <i> c </i>d", "ab c d"),
    ("<p>a<script>x<p></script>b<!-- c -->d<style>e</style>", "abd"),
    ("a\0b", "ab"),
    ("<p>x</b></i><p <q>y &bogus; &lt;p&gt; &#1488;", "x\ny &bogus; <p> א"),
    ("<li>a<ul><li>b</ul><li>c", "a\nb\nc"),
]

REFUSED = [  # the page, what is said
    (b"<html></html>", "is a web page without text"),
    (b"<html><script>go()</script><body><!-- x --> </body>", "is a web page without text"),
    (b"<html><nav>Home</nav>", "is a web page without text"),
    (b"<html>" + b"<div>" * 5000 + b"deep", "is nested too deep"),
    (b"<html><p>\xff\xfe", "is not in UTF-8, and states no other encoding .byte 9.; save the page again as UTF-8"),
    (b"<meta charset=euc-jp><html><p>\xff\xfe", "is not in the encoding euc_jp that it states"),
]

HOSTILE = [
    "<p>a",
    "x<br>",
    "<li>a</li>",
    "<nav>x</nav>",
    "<script>",
    "<!--",
    "&amp;",
    "<a href=x>",
    "<table><tr><td>x</table>",
]


def page(folder: Path, data: bytes | str, name: str = "a.html", language: str = "en") -> Document:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read(path, language=language)


@pytest.mark.parametrize(("name", "words", "encoding", "kept", "gone"), LEFT)
def test_a_news_page_gives_the_article_only(
    tmp_path: Path, name: str, words: str, encoding: str, kept: str, gone: str
) -> None:
    data = words.encode(encoding)
    document = page(tmp_path, data, name, "")
    assert document.language.startswith(name[:2])
    assert "the one that the file states" in document.source.note
    assert kept in document.text
    for piece in gone.split("|"):
        assert piece in words
        assert piece not in document.text
    assert document.source.original == data
    assert document.source.sha256 == hashlib.sha256(data).hexdigest()
    assert any(line.startswith("the page around the main text, ") for line in document.source.left_out)


def test_the_text_of_a_page_is_whole_and_in_order(tmp_path: Path) -> None:
    document = page(tmp_path, EN)
    assert document.text == EN_TEXT
    source = document.source
    assert (source.title, source.author, source.publisher) == (
        "Ferry runs aground off Vis",
        "Jane Holloway",
        "The Harbour Post",
    )
    assert (source.published, source.url) == ("2014-05-04", "https://example.org/news/ferry")
    assert source.left_out[:4] == (
        "1 source comment: a remark for those who wrote the page",
        "2 script elements: a program, not text",
        "1 style element: layout, not text",
        "3 form fields: for input, not text",
    )
    cut = segment(document)
    assert [cut.slice(part) for part in cut.segments if part.kind == "h"] == [
        "Ferry runs aground off Vis",
        "Captain questioned",
    ]


@pytest.mark.parametrize(("piece", "said"), STATED)
def test_what_a_page_states_is_kept(tmp_path: Path, piece: str, said: Mapping[str, str]) -> None:
    source = page(tmp_path, f"<html><head>{piece}</head><body><h1>It was late</h1>He left.").source
    assert {key: getattr(source, key) for key in said} == said


@pytest.mark.parametrize(("data", "encoding", "text"), ENCODED)
def test_the_encoding_is_found(tmp_path: Path, data: bytes, encoding: str, text: str) -> None:
    if not encoding:
        with pytest.raises(InputError, match="is not in"):
            page(tmp_path, data)
        return
    document = page(tmp_path, data)
    assert (document.source.encoding, document.text) == (encoding, text)


@pytest.mark.parametrize(("body", "text"), SHAPES)
def test_a_block_is_a_line(tmp_path: Path, body: str, text: str) -> None:
    assert page(tmp_path, f"<html><body>{body}").text == text


@pytest.mark.parametrize(
    "menu", ["<div><a href=/>Home</a> | <a href=/w>World</a> | <a href=/s>News of the day</a></div>"]
)
def test_a_short_page_keeps_its_menu_out(tmp_path: Path, menu: str) -> None:
    document = page(
        tmp_path, f"<html><body>{menu}<article><h1>The storm</h1><p>It was late.</p><p>He left.</p></article>"
    )
    assert document.text == "The storm\n\nIt was late.\nHe left."


@pytest.mark.parametrize(("data", "said"), REFUSED)
def test_a_page_without_use_is_refused_in_one_line(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        page(tmp_path, data)
    assert str(caught.value).startswith(str(tmp_path / "a.html"))
    assert "\n" not in str(caught.value)


ODD = ["<p>One {}</p>", "<ul><li>One {}</ul>", "<table><tr><td>One {}</table>", "<em>One {} "]


@pytest.mark.parametrize("piece", ODD)
def test_an_odd_page_with_a_link_is_taken_whole_and_in_time(tmp_path: Path, piece: str) -> None:
    count = 300 if piece.startswith("<em") else 4000
    whole = "<html><body><a href=/>Home</a>" + "".join(piece.format(number) for number in range(count))
    assert linear(lambda text: page(tmp_path, text), whole)
    document = page(tmp_path, whole)
    assert document.text.split("One ")[-1] == str(count - 1)
    assert len(document.text.split("One ")) == count + 1


def test_a_page_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webpage, "LIMIT", 20)
    with pytest.raises(InputError, match=r"is too large for a web page \(27 bytes, the limit is 20\); split it"):
        page(tmp_path, "<html><p>It was late.</html")


def test_without_the_library_the_user_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def absent(name: str, *rest: Any) -> object:
        if name.startswith("trafilatura"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(UsageError, match=r"needs trafilatura; install it: pip install 'hexapla\[html\]'"):
        page(tmp_path, EN)


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_pages_take_no_longer(tmp_path: Path, piece: str) -> None:
    def taken(text: str) -> None:
        try:
            page(tmp_path, text)
        except InputError as error:
            assert "\n" not in str(error)  # noqa: PT017 - refused or read, both are well

    assert linear(taken, "<html><body>It was late. " + piece * (120_000 // len(piece)))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<b>",
                "<script>",
                "</script>",
                "<!--",
                "-->",
                "<a href=x>",
                "</a>",
                "<td>",
                "\0",
                "&#0;",
                "ž",
                " x. ",
                "<",
                '"',
                "</html>",
                "<h1>",
            ]
        ),
        max_size=40,
    )
)
def test_any_page_is_read_or_refused(pieces: list[str]) -> None:
    try:
        found = webpage.read(("<html>" + "".join(pieces)).encode(), Path("a.html"))
    except InputError:
        return
    assert found.text == found.text.strip()
    assert "\0" not in found.text
