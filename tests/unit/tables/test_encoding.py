"""Bytes become the text that was meant, in the encodings of our languages, and what was assumed is said."""

import codecs
from pathlib import Path

import pytest

from icstip.errors import TableError
from icstip.tables.encoding import Decoded, decode

WHERE = Path("t.csv")

FRENCH = "Pays;Année;Sexe;Âge;Valeur\nCôte d'Ivoire;2021;Masculin;Adulte;5\nSénégal;2021;Non précisé;Enfant;7\n"
SPANISH = "País;Año;Sexo;Edad;Valor\nEspaña;2020;Mujer;Niña;12\nPerú;2021;Explotación sexual;Niño;7\n"
GERMAN = "Jahr;Staatsangehörigkeit;Wert\n2020;weiblich;Rumänien\n2021;männlich;Österreich\n2020;für;Südafrika\n"
PORTUGUESE = "País;Situação;Valor\nMoçambique;Exploração sexual;12\nBrasil;Trabalho forçado e não pago;5\n"
SWEDISH = "Land;År;Kön;Antal\nSverige;2020;Kvinnor;12\nÖvriga;2021;Män;5\n"
POLISH = "Płeć;Liczba;Źródło\nKobiety;12;Straż Graniczna, część\nPozostałe państwa;5\nDziewczęta poniżej 18 lat;7\n"
CROATIAN = "Država;Spol;Broj\nHrvatska;Žene;12\nSrbija;Muškarci;5\nUkupno;Djevojčice;7\n"
CZECH = "Země;Pohlaví;Počet\nČesko;Ženy;12\nSlovensko;Muži;5\nDívky mladší 18 let;příčina;7\n"
HUNGARIAN = "Ország;Év;Nem\nMagyarország;2020;Nő\nRománia;2021;Férfi\nÖsszesen;2021;Gyermekkorú lány\n"
ROMANIAN = "Ţara;Sex;Număr\nRomânia;Femei;12\nFranţa;Bărbaţi;5\nMoldova;Copii;7\n"
TURKISH = "Ülke;Yıl;Sayı\nTürkiye;2020;Kadın\nİran;2021;Kız çocuğu\nToplam mağdur sayısı;2021;Şüpheli\n"
RUSSIAN = "Страна;Год;Пол\nРоссия;2020;Женщины\nКазахстан;2021;Мужчины\nВсего жертв;2021;Девочки\n"
UKRAINIAN = "Країна;Рік;Стать\nУкраїна;2020;Жінки\nМолдова;2021;Чоловіки\n"
ARABIC = "البلد;السنة;الجنس\nمصر;2020;إناث\nالمغرب;2021;ذكور\nمجموع ضحايا الاتجار بالأشخاص;2021;أطفال\n"
BILINGUAL = "البلد;Pays\nتونس;Tunisie\nالجزائر;Algérie\nالمغرب;Maroc\nالسنغال;Sénégal\n"


def assumed(raw: bytes) -> str | None:
    return decode(raw, WHERE).assumed


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (FRENCH, "cp1252", "windows-1252"),
        (FRENCH, "mac_roman", "macintosh"),
        (FRENCH.replace("7", "7 €"), "iso8859_15", "ISO-8859-15"),
        (SPANISH, "cp1252", "windows-1252"),
        (SPANISH, "mac_roman", "macintosh"),
        (GERMAN, "cp1252", "windows-1252"),
        (GERMAN, "mac_roman", "macintosh"),
        (PORTUGUESE, "cp1252", "windows-1252"),
        (SWEDISH, "cp1252", "windows-1252"),
        (POLISH, "cp1250", "windows-1250"),
        (POLISH, "iso8859_2", "ISO-8859-2"),
        (CROATIAN, "cp1250", "windows-1250"),
        (CROATIAN, "iso8859_2", "ISO-8859-2"),
        (CZECH, "cp1250", "windows-1250"),
        (CZECH, "iso8859_2", "ISO-8859-2"),
        (HUNGARIAN, "cp1250", "windows-1250"),
        (ROMANIAN, "cp1250", "windows-1250"),
        (TURKISH, "cp1254", "windows-1254"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "koi8_r", "KOI8-R"),
        (RUSSIAN, "iso8859_5", "ISO-8859-5"),
        (UKRAINIAN, "cp1251", "windows-1251"),
        (ARABIC, "cp1256", "windows-1256"),
        (ARABIC, "iso8859_6", "ISO-8859-6"),
        (BILINGUAL, "cp1256", "windows-1256"),
    ],
)
def test_an_encoding_of_one_octet_a_character_is_told_by_its_words(text: str, encoding: str, name: str) -> None:
    assert decode(text.encode(encoding), WHERE) == Decoded(text, name)


@pytest.mark.parametrize(
    "text", ["Pays;Prix\nCôte d’Ivoire;5 €\n", "Sénégal\n", "Islas Åland\nPerú\nEspaña\n", "5 – 7\n", "“x”\n", "½\n"]
)
def test_what_fits_several_is_taken_for_the_one_that_is_most_usual(text: str) -> None:
    assert decode(text.encode("cp1252"), WHERE) == Decoded(text, "windows-1252")


@pytest.mark.parametrize("text", ["Страна\nРоссия\n", "مصر\nالسودان\n"])
def test_two_words_are_enough_for_a_script(text: str) -> None:
    encoding = "cp1251" if text < "ا" else "cp1256"
    assert decode(text.encode(encoding), WHERE).text == text


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", None),
        ("utf-16-le", "UTF-16LE"),
        ("utf-16-be", "UTF-16BE"),
        ("utf-32-le", "UTF-32LE"),
        ("utf-32-be", "UTF-32BE"),
    ],
)
@pytest.mark.parametrize(
    "text", ["a;b\n", "Ā;é\n", ARABIC, RUSSIAN, "国家,年份\n中国,2020\n", "😀;1\n", "a\tb\r\n" * 20_000]
)
def test_unicode_is_seen_and_only_said_without_a_mark(text: str, encoding: str, name: str | None, mark: str) -> None:
    assert decode(f"{mark}{text}".encode(encoding), WHERE) == Decoded(text, None if mark else name)


def test_a_character_on_the_border_of_what_is_looked_at_is_no_fault() -> None:
    text = "a" * 32_767 + "😀,1\n"
    assert decode(text.encode("utf-16-le"), WHERE) == Decoded(text, "UTF-16LE")


@pytest.mark.parametrize("text", ["", "a,b\n", "Année,عدد\n"])
def test_utf_8_is_read_without_a_word(text: str) -> None:
    assert assumed(text.encode()) is None
    assert decode(codecs.BOM_UTF8 + text.encode(), WHERE) == Decoded(text)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"\x81\x8d\xff" * 10, id="octets that the usual encoding does not have"),
        pytest.param(bytes(range(256)) * 8, id="every octet"),
        pytest.param(codecs.BOM_UTF16_LE + b"a\x00;", id="UTF-16 with half a character"),
        pytest.param(codecs.BOM_UTF8 + b"\xe9", id="UTF-8 that is none"),
        pytest.param(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", id="PDF"),
        pytest.param(b"\xff\xd8\xff\xe0 JFIF", id="JPEG"),
        pytest.param(b"{\\rtf1 text}", id="RTF"),
        pytest.param(b"\x00" * 100, id="noughts"),
        pytest.param(b"\x00\x01\x02\x03" * 100, id="small numbers"),
        pytest.param("国家年份".encode("utf-16-le") + b"\x00\xd8\x00\x00", id="half of a pair"),
    ],
)
def test_what_is_no_text_is_refused(raw: bytes) -> None:
    with pytest.raises(TableError) as caught:
        decode(raw, WHERE)
    assert (caught.value.message_id, caught.value.where) == ("table-not-text", "t.csv")


def test_a_long_file_is_decoded_by_its_first_words() -> None:
    text = SPANISH * 20_000
    assert decode(text.encode("cp1252"), WHERE) == Decoded(text, "windows-1252")
    assert assumed(b"\xe9" * 5_000_000) == "windows-1252"
    assert assumed(b"a" * 5_000_000 + b" \xe9") == "windows-1252"
