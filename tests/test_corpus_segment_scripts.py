"""Traps of languages with other scripts and other marks, each of which a simpler rule falls into."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexapla.corpus.document import Document, Source
from hexapla.corpus.segment import segment, spans

# A ¦ stands where a segment ends; the text is what remains without it.
TRAPS = {
    "ru": [
        "Мост построили в 1907 г. по проекту местного инженера. ¦Через 30 лет его снесли.",
        "Поэт переехал сюда в 1911 г. ¦Он прожил здесь до старости.",
        "В 1812 г. Наполеон вошёл в пустой город. ¦Жители ушли.",
        "Завод работал в 1930–1941 гг. и был эвакуирован. ¦Сейчас там музей.",
        "Рукопись хранил А. С. Соколов, внук автора. ¦Её нашли случайно.",
        "Письмо подписал В.И. Орлов. ¦И. О. Седова его прочла вслух.",
        "В 1921 г. И. П. Котов открыл школу. ¦Учеников было мало.",
        "На рынке продавали рыбу, мёд, грибы и т. д. ¦Покупателей хватало.",
        "Нужны доски, гвозди и др. ¦Инструмент у нас есть.",
        "Это был, т. е. казался, старый дом на ул. Садовой. ¦Никто там не жил.",
        "Школа им. Макаренко стоит у реки. ¦Дети помогли им. ¦Они рады.",
        "Цена выросла до 1 250,50 руб. за штуку. ¦Раньше платили 900 руб. ¦Торговцы довольны.",
        "— Куда ты? — спросил он. ¦— Домой, — ответила Анна. — Я устала.".replace(". — Я", ". ¦— Я"),
        "«Кто там?» — Марина подошла к двери. ¦Никто не отозвался.",
        "«Я не приду. ¦Ждите завтра», — написал брат. ¦Мы ждали.",
        "Он долго молчал... и вдруг засмеялся. ¦Потом ушёл…",
        "Поезд опоздал.¦Пассажиры шумели.",
        "Пишите на adres@primer.ru или на www.primer.ru. ¦Мы ответим.",
        "(См. рис. 5 на стр. 12.) ¦Дальше идёт таблица.",
        "Вес достигал 3.5 т, а длина 12 м. ¦40 человек тянули канат.",
        "В XIX в. Россия строила дороги. ¦В XX в. их забросили.",
        "Это сделал я. ¦Иван не виноват.",
        "Неужели?! ¦Да!..",
    ],
    "uk": [
        "Міст збудували у 1907 р. за кошти громади. ¦За тридцять років його розібрали.",
        "Родина оселилася тут у 1911 р. ¦Вона лишилася назавжди.",
        "У 1654 р. Хмельницький скликав раду. ¦Дебати тривали довго.",
        "Завод працював у 1930–1941 рр. без зупинок. ¦Нині це музей.",
        "Вірші зібрав Т. Г. Коваленко, учитель. ¦Книжку видали у Львові.",
        "Лист підписав О.М. Бондар. ¦Його прочитали вголос.",
        "Везли сіль, рибу, мед та ін. ¦Дорога була важка.",
        "Купили папір, олівці і т. д. ¦Діти зраділи.",
        "Він живе на вул. Франка у м. Стрий, біля парку. ¦Туди ходить автобус.",
        "Театр ім. Заньковецької відкрили знову. ¦Квитків нема.",
        "Хліб коштував 12,50 грн. ¦Тепер дорожче.",
        "У XVII ст. Січ мала свою школу. ¦Про це писав проф. Яворницький.",
        "— Хто там? — спитав дід. ¦— Свої, — озвався хлопець.",
        "«Я не прийду. ¦Чекайте завтра», — написав брат. ¦Ми чекали.",
        "П’ять днів ішов дощ... і раптом ущух. ¦Вийшло сонце.",
        "Потяг спізнився.¦Люди гомоніли.",
        "Див. с. 15 і табл. 3. ¦Решта у додатку.",
        "Пишіть на adresa@pryklad.ua. ¦Дякуємо!",
        "Так воно і є. ¦Марія знала про це.",
    ],
    "tr": [
        "Köprü 20. yüzyılın başında yapıldı. ¦Sel onu yıktı.",
        "Dedem 2. Dünya Savaşı'nda askerdi. ¦Bize hiç anlatmadı.",
        "Sultan III. Selim yeni bir ordu kurdu. ¦Yeniçeriler karşı çıktı.",
        "Okul 1923'te açıldı, yıl 1950. ¦Şimdi orası bir müze.",
        "Savaş bittiğinde yıl 1918. ¦Kentte kimse kalmamıştı.",
        "Prof. Dr. Ayşe Kaya ve Av. Mehmet Öz geldi. ¦Toplantı uzun sürdü.",
        "Elma, armut vb. meyveler satılıyor. ¦Fiyatlar yüksek.",
        "Masa, sandalye, dolap vs. ¦Bunların hepsi satıldı.",
        "Bkz. s. 12 ve Şek. 3. ¦Orada anlatılıyor.",
        "Fiyatı 1.250,50 lira, yani %7 artmış. ¦Alan yok.",
        "M. K. Demir Atatürk Cad. No. 5'te oturur. ¦Evi eskidir.",
        "“Kim o?” diye sordu annem. ¦“Benim. ¦Aç kapıyı”, dedim.",
        "İstanbul'a T.C. vatandaşları geldi. ¦İki gün kaldılar.",
        "Kent M.Ö. 300 yılında kuruldu. ¦Surları hâlâ ayakta.",
        "Bekledi... bekledi... ¦Kimse gelmedi.",
        "Tren gecikti.¦Yolcular söylendi.",
        "Bize bilgi@ornek.com.tr adresinden yazın. ¦Teşekkürler!",
        "Şirketi Kaya Ltd. Şti. adıyla kurdu. ¦İki yıl sonra battı.",
        "Aradığım adam o. ¦Ahmet onu tanıyor.",
    ],
    "el": [
        "Τι ώρα είναι; ¦Πρέπει να φύγουμε.",
        "Πού πας\u037e ¦Μείνε εδώ.",
        "«Ποιος είναι;» ρώτησε η γιαγιά. ¦Κανείς δεν απάντησε.",
        "Ήρθε αργά· δεν είπε τίποτα. ¦Ύστερα κοιμήθηκε.",
        "Φέραμε φρούτα, π.χ. Μήλα Ζαγοράς και αχλάδια. ¦Όλα φαγώθηκαν.",
        "Αγόρασε ψωμί, τυρί κ.λπ. ¦Μετά γύρισε σπίτι.",
        "Ο κ. Παπάς και η κα Λάμπρου μίλησαν πρώτοι. ¦Το κοινό άκουγε.",
        "Η πόλη χτίστηκε τον 5ο αι. π.Χ. από αποίκους. ¦Τα τείχη σώζονται.",
        "Ο αυτοκράτορας πέθανε το 337 μ.Χ. ¦Τον διαδέχθηκαν οι γιοι του.",
        "Ο Γ. Κ. Νικολάου και η Ο. Μελά έγραψαν το βιβλίο. ¦Εκδόθηκε στην Αθήνα.",
        "Ζούσε ως το τέλος του αιώνα. ¦Άφησε δύο παιδιά.",
        "Κοστίζει 1.250,50 ευρώ, δηλ. 7% πάνω. ¦Κανείς δεν αγοράζει.",
        "Βλ. σελ. 12 και εικ. 3. ¦Εκεί εξηγείται.",
        "«Δεν έρχομαι. ¦Περίμενε αύριο», έγραψε ο αδελφός μου. ¦Περιμέναμε.",
        "– Πού ήσουν; ¦– Στη δουλειά, απάντησε.",
        "Περίμενε... και περίμενε. ¦Τίποτα.",
        "Το τρένο άργησε.¦Ο κόσμος φώναζε.",
        "Θα έρθεις;¦Πες μου.",
        "Γράψτε στο info@paradeigma.gr ή δείτε www.paradeigma.gr. ¦Ευχαριστούμε!",
    ],
    "fa": [
        "قطار کی می‌رسد؟ ¦هنوز خبری نیست.",
        "فرمان در سال ۱۲۸۵ ه.ش. صادر شد. ¦مردم جشن گرفتند.",
        "او در ۱۳۲۰ به تهران آمد. ¦پدرش معلم بود.",
        "خانه در سال ۱۹۰۶ م. ساخته شد. ¦اکنون موزه است.",
        "رمان را هربرت جی. ولز نوشت. ¦بعدها فیلم شد.",
        "خبر را جورج دبلیو. بوش اعلام کرد. ¦روزنامه‌ها آن را نوشتند.",
        "سال‌ها به آن شهر نرفته ام. ¦راهش دور است.",
        "«کجا می‌روی؟» مادرش پرسید. ¦پسر جوابی نداد.",
        "«بیا!» گفت علی. ¦همه برگشتند.",
        "«نمی‌آیم. ¦منتظر نباشید.» ¦سپس گوشی را گذاشت.",
        "قیمت به ۳٫۵ میلیون تومان رسید. ¦کسی نخرید.",
        "دمای هوا 12.5 درجه بود. ¦باران نمی‌آمد.",
        "خسته بود... اما راه می‌رفت. ¦شب رسید.",
        "قطار دیر رسید.¦مسافران ناراضی بودند.",
        "به info@nemune.ir نامه بنویسید یا www.nemune.ir را ببینید. ¦متشکریم.",
        "کتاب را خرید؛ آن را نخواند. ¦(هنوز روی میز است.) ¦مادرش آن را برداشت.",
        "نک. ص. ۱۲ و ج. ۳ همان کتاب. ¦آنجا آمده است.",
        "جلسه در ۱۲/۳/۱۳۸۲ برگزار شد. ¦۴۰ نفر آمدند.",
        "\u200fنتیجه ۳ بر ۱ شد.\u200f ¦تیم میزبان برد.",
    ],
    "he": [
        "ד\"ר כהן וגב' לוי הגיעו מוקדם. ¦הישיבה נמשכה שעה.",
        "קנינו לחם, גבינה וכו'. ¦אחר כך חזרנו הביתה.",
        "ראו עמ' 12 ואיור 3. ¦שם הכול מוסבר.",
        "הספר נכתב בידי א. ב. לוין. ¦הוא תורגם לשפות רבות.",
        "המחבר הוא ש.י. ברק. ¦הוא גר בירושלים.",
        "הבית נבנה ב-20.3.1933. ¦היום הוא מוזיאון.",
        'המחיר עלה ל-1,250.50 ש"ח. ¦אין קונים.',
        '"לאן אתה הולך?" שאלה אמא. ¦דני לא ענה.',
        '"אני עייף. ¦נדבר מחר", אמר סבא. ¦הלכנו לישון.',
        'מפקד צה"ל נאם ברחבה. ¦"ננצח," הבטיח.',
        "חיכינו... אבל איש לא בא. ¦חזרנו.",
        "הרכבת איחרה.¦הנוסעים כעסו.",
        "כתבו אל info@dugma.co.il או בקרו באתר www.dugma.co.il. ¦תודה!",
        "הבן לומד בכיתה א'. ¦הבת בגן.",
        "(הגשר היה סגור.) ¦הלכנו ברגל. ¦40 איש חיכו.",
        "שלחו אל ת.ד. 1234, חיפה. ¦נשיב בהקדם.",
        "\u200fמי שם?\u200f ¦אין קול.",
    ],
    "hi": [
        "सूरज डूब गया। ¦तारे निकल आए।",
        "डॉ. शर्मा और प्रो. वर्मा कल आए। ¦बैठक देर तक चली।",
        "पुल 20 मार्च 1907 को बना। ¦बाढ़ में वह टूट गया।",
        "किताब के. पी. सिंह ने लिखी। ¦वह बहुत बिकी।",
        "ए. पी. जे. अब्दुल करीम यहीं पढ़े थे। ¦स्कूल आज भी है।",
        "वह घर आई. ¦माँ सो चुकी थी.",
        "गाँव यहाँ से 5 कि.मी. दूर है। ¦बस नहीं जाती।",
        "दाम रु. 1,250.50 हो गया। ¦कोई नहीं खरीदता।",
        "“कौन है?” माँ ने पूछा। ¦किसी ने जवाब नहीं दिया।",
        "“मैं नहीं आऊँगा। ¦कल मिलेंगे।” ¦इतना कहकर वह चला गया।",
        "“रुको!” उसने कहा। ¦सब रुक गए।",
        "वह चलता रहा... और रात हो गई। ¦रास्ता खो गया।",
        "गाड़ी देर से आई।¦लोग नाराज़ थे।",
        "क्या वह आया?¦नहीं आया।",
        "हमें info@udaharan.in पर लिखिए या www.udaharan.in देखिए। ¦धन्यवाद!",
        "(पृ. 12 और सं. 5 देखें।) ¦आगे तालिका है।",
        "राम नाम सबसे ऊँचा ॥१॥ ¦मन में उसे बसाओ ॥ २ ॥ ¦यही सार है।",
        "वर्षा हुई । ¦खेत हरे हो गए ।",
        "सभा में 40 लोग थे। ¦12 लोग चले गए।",
        "₹500 दिए। ¦₹200 बचे।",
    ],
    "id": [
        "Rapat dibuka pada tgl. 20 Maret 2003 di Bandung. ¦Semua hadir.",
        "Ia membeli beras, gula, dll. ¦Kemudian ia pulang.",
        "Beras, gula, dll. dijual di pasar. ¦Harganya naik.",
        "Dr. Budi dan Ny. Siti tinggal di Jl. Merdeka No. 5. ¦Rumahnya besar.",
        "Menurut Prof. Ir. H. Ahmad, S.T., M.M. jalan itu rusak. ¦Warga mengeluh.",
        "Gelarnya S.H. ¦Ia bekerja di Medan.",
        "Harganya Rp1.250,50 per buah, mis. di kota. ¦Tidak ada pembeli.",
        "Kantor buka pukul 08.30 s.d. 16.00 setiap hari. ¦Sabtu tutup.",
        "“Siapa di sana?” tanya Ibu. ¦Tidak ada jawaban.",
        "“Saya lelah. ¦Besok saja,” kata Kakek. ¦Kami pun tidur.",
        "Ia menunggu... dan menunggu. ¦Tidak ada yang datang.",
        "Kereta terlambat.¦Penumpang marah.",
        "Lihat hlm. 12 dan gbr. 3. ¦Di sana ada penjelasan.",
        "Surat Sdr. A. B. Wijaya sudah kami terima. ¦Terima kasih.",
        "Tulis ke info@contoh.co.id atau kunjungi www.contoh.co.id. ¦Kami tunggu.",
        "PT. Maju Jaya Tbk. rugi tahun lalu. ¦Sahamnya turun.",
        "(Jembatan itu ditutup.) ¦Kami berjalan kaki. ¦40 orang ikut.",
    ],
    "vi": [
        "Cầu khánh thành ngày 20.3.1998 tại TP. Huế. ¦Dân làng rất vui.",
        "PGS.TS. Lê Minh và ThS. Trần Hoa phát biểu. ¦Hội nghị kéo dài ba giờ.",
        "Chợ bán cá, rau, thịt, v.v. và nhiều thứ khác. ¦Giá rẻ.",
        "Chợ bán cá, rau, thịt, v.v. ¦Người mua rất đông.",
        "Công ty ở TP.HCM đã đóng cửa. ¦Công nhân về quê.",
        "Giá tăng lên 1.250.000 đồng, tức 7,5%. ¦Không ai mua.",
        "“Ai đó?” bà hỏi. ¦Không có tiếng trả lời.",
        "“Tôi mệt rồi. ¦Mai hãy tính”, ông nói. ¦Cả nhà đi ngủ.",
        "– Anh đi đâu đấy? ¦– Tôi về nhà.",
        "Anh chờ... và chờ mãi. ¦Không ai đến.",
        "Tàu đến muộn.¦Hành khách bực bội.",
        "Xem tr. 12 và Q. 3 của bộ sách. ¦Ở đó có giải thích.",
        "Viết cho lienhe@vidu.vn hoặc xem www.vidu.vn. ¦Xin cảm ơn!",
        "Vâng ạ. ¦Em nhớ rồi.",
        "Năm 2003. ¦Chiến tranh bắt đầu.",
        "Chúng tôi đã no. ¦12 người còn đói.",
        "Bệnh nhân N. V. Hùng ra viện hôm qua. ¦Bác sĩ yên tâm.",
        "(Cầu bị cấm.) ¦Chúng tôi đi bộ. ¦40 người đi theo.",
    ],
    "zh": [
        "他昨天来了。¦今天又走了！¦明天呢？",
        "“我累了。¦今天不走了。”他说。¦大家都睡了。",
        "“你去哪儿？”母亲轻声问。¦孩子没有回答。",
        "老师说：“下课。”¦然后他走出教室。",
        "他说：“我们走吧！”¦外面下起了雨。",
        "「你是誰？」老人問道。¦沒有人回答。",
        "『我不去。』¦他轉身離開。",
        "“是吗？”¦“是的。”",
        "大桥于2003年3月20日建成，长1.5公里。¦2010年又加宽了。",
        "价格涨到1,250.50元；没有人买。¦店主很着急。",
        "天渐渐黑了……¦路上没有一个人。",
        "他想走……但是外面在下雨。¦他留下了。",
        "《你好！》这部电影很受欢迎。¦票卖完了。",
        "（桥已关闭。）¦我们步行过去。¦（见图3。）",
        "请写信到info@example.cn或访问www.example.cn。¦谢谢！",
        "他买了书.¦书很贵.",
        "真的吗?¦我不信!",
        "门开了。¦￥500掉在地上。",
        "J. K. 诺顿来到北京。¦他住了三年。",
        "他问：什么时候走？¦怎么走？",
    ],
    "ja": [
        "雨が降った。¦風も強い！¦なぜだろう？",
        "「行こう。」と彼は言った。¦外は雨だった。",
        "「疲れた。¦今日は行かない。」と父が言った。¦皆うなずいた。",
        "「だれ？」と祖母が聞いた。¦返事はなかった。",
        "「そうですか。」¦「はい。」",
        "「行くな！」¦でも彼は行った。",
        "「やった！」という声が聞こえた。¦皆が振り向いた。",
        "『走れ！』は人気の本だ。¦映画にもなった。",
        "橋は2003年3月20日に完成した。¦長さは1.5キロだ。",
        "値段は1,250円に上がった。¦誰も買わない。",
        "空が暗くなった……¦道には誰もいない。",
        "行きたい……けれど雨が降っている。¦家にいた。",
        "なんと！　¦それは本当だった。",
        "結果を図３．２に示す．¦誤差は小さい．",
        "info@example.jpまたはwww.example.jpへどうぞ。¦お待ちしています。",
        "（橋は閉鎖中。）¦歩いて渡った。¦（図3を参照。）",
        "「もう帰る。」¦「もし雨なら？」",
        "J. K. ノートンは京都に来た。¦３年住んだ。",
        "これは面白い（笑）。¦続きが楽しみだ。",
    ],
}

KINDS = [  # text, language, the kinds of its segments
    ("Осада города\n\nГород пал в мае. Немногие выжили.\n\nОставить комментарий\n\nИмя *", "ru", "hssxx"),
    ("Облога міста\n\nМісто впало у травні.\n\nЗалишити коментар", "uk", "hsx"),
    ("Kentin Kuşatılması\n\nKent mayısta düştü.\n\nİçeriğe geç\n3 yorum", "tr", "hsxx"),
    ("Η πολιορκία\n\nΗ πόλη έπεσε τον Μάιο.\n\nΚοινοποιήστε στο Facebook\nΙστότοπος", "el", "hsxx"),
    ("محاصره شهر\n\nشهر در اردیبهشت سقوط کرد.\n\nدیدگاهتان را بنویسید\nنام *", "fa", "hsxx"),
    ("המצור\n\nהעיר נפלה במאי.\n\nכתיבת תגובה\nכל הזכויות שמורות.", "he", "hsxx"),
    ("नगर की घेराबंदी\n\nनगर मई में गिर गया।\n\nटिप्पणी करें\nयह भी पढ़ें:", "hi", "hsxx"),
    ("Pengepungan Kota\n\nKota itu jatuh pada bulan Mei.\n\nTinggalkan Balasan\nBaca juga: Kabar lain", "id", "hsxx"),
    ("Cuộc vây hãm\n\nThành phố thất thủ vào tháng Năm.\n\nĐể lại một bình luận\nTên *", "vi", "hsxx"),
    ("围城\n\n城市在五月陷落。\n\n发表评论\n3条评论\n责任编辑：小王", "zh", "hsxxx"),
    ("町の包囲\n\n町は五月に落ちた。\n\nコメントを残す\n名前 *", "ja", "hsxx"),
    ("天气很好。\n\n明天：\n\n下雨了，路很滑，谁也没出门。", "zh", "sss"),
]

HOSTILE = {  # what is dear in one script may be dear in another
    "ja": "「あ。」" * 80_000,
    "zh": "“好！”他说" * 60_000,
    "hi": "॥१" * 150_000 + "कि" * 100_000,
    "he": 'א"ב' * 100_000,
    "fa": "\u200c." * 150_000 + "ی\u200c" * 100_000,
    "el": ";" * 300_000 + "ο\u0301" * 100_000,
    "ru": "«А?» — Б " * 40_000,
}


def pieces(text: str, language: str) -> list[str]:
    return [text[start:end] for start, end in spans(text, language)]


def kinds(text: str, language: str) -> str:
    return "".join(part.kind for part in segment(Document("d", language, text, Source("d.txt", "", 0))).segments)


@pytest.mark.parametrize(("language", "trap"), [(code, trap) for code, traps in TRAPS.items() for trap in traps])
def test_traps(language: str, trap: str) -> None:
    assert pieces(trap.replace("¦", ""), language) == [part.strip() for part in trap.split("¦")]


@pytest.mark.parametrize(("text", "language", "expected"), KINDS)
def test_kinds(text: str, language: str, expected: str) -> None:
    assert kinds(text, language) == expected


@pytest.mark.parametrize("language", HOSTILE)
def test_time_is_linear(language: str) -> None:
    began = time.process_time()
    spans(HOSTILE[language], language)
    assert time.process_time() - began < 5


NOISE = st.lists(
    st.sampled_from(
        [
            *" .!?…\"'“”«»「」『』（）\n;:—·।॥。、！？؟؛",
            "\u037e",
            "\u200c",
            "\u200f",
            "\u093f",
            "i\u0307",
            "А",
            "в",
            "ה",
            "ی",
        ]
    )
    | st.sampled_from(
        ["г. ", "डॉ. ", "“好。”他说", "」と", 'ד"ר', "İki", "٣", "॥ १ ॥", "ام. ", "आई. ", "? — А", "......"]
    )
).map("".join)


@given(NOISE, st.sampled_from(sorted(TRAPS)))
def test_segments_are_slices_that_cover_all(text: str, language: str) -> None:
    place = 0
    for start, end in spans(text, language):
        assert place <= start < end
        assert not text[place:start].strip()
        assert text[start:end] == text[start:end].strip()
        place = end
    assert not text[place:].strip()
