"""Mutations of messages of any family: bytes, lines, encodings, archives."""

import gzip
import io
import random
import re
import zipfile
from collections.abc import Callable

Mutation = Callable[[random.Random, bytes], bytes]

NUMBERS = (
    *(b"0", b"-0", b"-1", b"00", b"1e5", b"1E400", b"-1e400", b"1e-400", b"NaN", b"nan", b"INF", b"-INF", b"Infinity"),
    *(b"9007199254740993", b"9223372036854775807", b"9223372036854775808", b"1" * 400, b"0.1" + b"0" * 300 + b"1"),
    *(b"1.", b".5", b"+5", b"0x10", b"1_000", b"1,000", b"4294967296", b"\xd9\xa3", b"--1", b"1.2.3", b"true", b"null"),
)
PIECES = (
    *(b"\x00", b"\xef\xbb\xbf", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\x80", b"\xe2\x80\xa8"),
    *(b"\r", b"\n", b"\r\n", b"\t", b"\x0b", b"\x0c", b"\x1a", b"\x85", b"\xc2\x85", b" ", b'"', b"'", b"\\", b"`"),
    *(b"#N/A", b"~", b"NaN", b"null", b"-", b"*", b"A:B(1.0)", b"\xd8\xa7", b"\xf0\x9f\x91\xa9", b"e\xcc\x81", b"_T"),
    *(b",", b";", b":", b"|", b"=", b"<", b">", b"/>", b"{", b"}", b"[", b"]", b"[" * 300, b"{" * 50, b'"' * 99, b"&"),
)
_NUMBER = re.compile(rb"(?<![\w.])-?\d[\d.]*")
_WORD = re.compile(rb"[A-Za-z_][\w:-]*")


def span(rng: random.Random, content: bytes, most: int = 200) -> tuple[int, int]:
    """Return the ends of a piece of a message, most often a short one."""
    start = rng.randint(0, len(content))
    return start, min(len(content), start + rng.choice([1, 2, 4, 16, rng.randint(1, most)]))


def place_of(rng: random.Random, pattern: re.Pattern[bytes], content: bytes) -> re.Match[bytes] | None:
    """Return one of the places where a pattern is found, or None."""
    found = list(pattern.finditer(content))
    return rng.choice(found) if found else None


def put(content: bytes, start: int, end: int, piece: bytes) -> bytes:
    """Return a message with something else in the place of a piece."""
    return content[:start] + piece + content[end:]


def flip(rng: random.Random, content: bytes) -> bytes:
    """Flip a bit."""
    if not content:
        return content
    place = rng.randrange(len(content))
    return put(content, place, place + 1, bytes([content[place] ^ 1 << rng.randrange(8)]))


def replace_byte(rng: random.Random, content: bytes) -> bytes:
    """Put any byte in the place of one."""
    place = rng.randint(0, len(content))
    return put(content, place, place + 1, bytes([rng.randrange(256)]))


def delete(rng: random.Random, content: bytes) -> bytes:
    """Delete a piece."""
    return put(content, *span(rng, content), b"")


def duplicate(rng: random.Random, content: bytes) -> bytes:
    """Say a piece again, perhaps often."""
    start, end = span(rng, content)
    return put(content, end, end, content[start:end] * rng.choice([1, 1, 1, 2, 50]))


def move(rng: random.Random, content: bytes) -> bytes:
    """Put a piece in another place."""
    start, end = span(rng, content)
    rest = put(content, start, end, b"")
    place = rng.randint(0, len(rest))
    return put(rest, place, place, content[start:end])


def truncate(rng: random.Random, content: bytes) -> bytes:
    """End too early."""
    return content[: rng.randint(0, len(content))] if rng.random() < 0.5 else content[: -rng.randint(1, 40)]


def behead(rng: random.Random, content: bytes) -> bytes:
    """Begin too late."""
    return content[rng.randint(1, 60) :]


def trail(rng: random.Random, content: bytes) -> bytes:
    """Go on after the end."""
    return content + rng.choice([b"x", b"\n\n", b"\x00", b" ", content[:100], content, b"\x1a", b"<a/>", b"{}", b",\n"])


def insert(rng: random.Random, content: bytes) -> bytes:
    """Put something odd anywhere."""
    place = rng.randint(0, len(content))
    return put(content, place, place, rng.choice(PIECES))


def replace_number(rng: random.Random, content: bytes) -> bytes:
    """Put an odd number in the place of a number."""
    found = place_of(rng, _NUMBER, content)
    return content if found is None else put(content, *found.span(), rng.choice(NUMBERS))


def replace_word(rng: random.Random, content: bytes) -> bytes:
    """Put another word of the message, or something odd, in the place of a word."""
    found, other = place_of(rng, _WORD, content), place_of(rng, _WORD, content)
    if found is None or other is None:
        return content
    return put(content, *found.span(), rng.choice([other[0], other[0], rng.choice(PIECES), b"", found[0].lower()]))


def delete_line(rng: random.Random, content: bytes) -> bytes:
    """Delete a line."""
    lines = content.split(b"\n")
    del lines[rng.randrange(len(lines))]
    return b"\n".join(lines)


def repeat_line(rng: random.Random, content: bytes) -> bytes:
    """Say a line again."""
    lines = content.split(b"\n")
    line = rng.choice(lines)
    lines.insert(rng.randint(0, len(lines)), line)
    return b"\n".join(lines)


def swap_lines(rng: random.Random, content: bytes) -> bytes:
    """Put two lines in each other's place."""
    lines = content.split(b"\n")
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def line_ends(rng: random.Random, content: bytes) -> bytes:
    """End lines in another way, some or all."""
    if rng.random() < 0.3:
        return content.replace(b"\n", rng.choice([b"\r\n", b"\r"]), rng.randint(1, 5))
    return content.replace(b"\n", rng.choice([b"\r\n", b"\r", b"\n\n", b"\r\n\r\n", b""]))


def encode(rng: random.Random, content: bytes) -> bytes:
    """Write it in another encoding, perhaps without saying so."""
    text = content.decode("utf-8", "replace")
    encoding = rng.choice(["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "latin-1", "utf-32", "cp1252", "utf-7"])
    if rng.random() < 0.5:
        text = re.sub(r'encoding=(["\']).*?\1', f'encoding="{encoding}"', text, count=1)
    return text.encode(encoding, "replace")


def declare(rng: random.Random, content: bytes) -> bytes:
    """Say that it is in another encoding than it is."""
    name = rng.choice([b"UTF-16", b"latin-1", b"ISO-8859-1", b"utf8", b"x", b"", b"UTF-7", b"ASCII", b"windows-1252"])
    return re.sub(rb"encoding=([\"']).*?\1", b'encoding="' + name + b'"', content, count=1)


def pack(rng: random.Random, content: bytes) -> bytes:
    """Put it into an archive, which may be broken."""
    if rng.random() < 0.5:
        packed = gzip.compress(content, 1, mtime=0)
    else:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(rng.choice([1, 1, 1, 0, 2])):
                archive.writestr(zipfile.ZipInfo(f"message{number}.txt"), content)
        packed = file.getvalue()
    return rng.choice([packed, packed, flip(rng, packed), truncate(rng, packed), packed + b"x"])


BYTES: tuple[Mutation, ...] = (
    *(flip, replace_byte, delete, duplicate, move, truncate, behead, trail, insert, insert, replace_number),
    *(replace_number, replace_word, delete_line, repeat_line, swap_lines, line_ends, encode, declare),
)
