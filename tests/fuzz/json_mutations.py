"""Mutations of SDMX-JSON: of the text, and of what it says."""

import json
import random
import re
from typing import Any

from tests.fuzz.byte_mutations import Mutation, place_of, put

_TOKEN = re.compile(rb"\"(?:[^\"\\]|\\.)*\"|-?\d[\d.eE+-]*|true|false|null|[\[\]{},:]")
_STRING = re.compile(rb"\"(?:[^\"\\]|\\.)*\"")
_KEY = re.compile(rb"\"(?:[^\"\\]|\\.)*\"(?=\s*:)")
_PAIR = re.compile(rb"\"(?:[^\"\\]|\\.)*\"\s*:\s*(?:\"(?:[^\"\\]|\\.)*\"|-?\d[\d.eE+-]*|true|false|null)")
_PATH = re.compile(rb"\"\d+(?::\d*)*\"")

_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 10**6, 2**53 + 1, 10**30, 0.5, -0.0, 1e308, "", "0", "a", "NaN", "#N/A", "x" * 3000),
    *([], {}, [[]], [None], {"": 0}, {"0": [1]}, {"0:0": [1, 2, 3]}, [0, 0, 0, 0, 0, 0, 0, 0], {"en": "x"}, "\ud7ff"),
    *("*", "^.*$", "\0line", "\0row", "AREA", "OBS_VALUE", "TIME_PERIOD", {"id": "AREA"}, [{"id": "A"}, {"id": "A"}]),
)
_TEXTS = (
    *(
        b"NaN",
        b"Infinity",
        b"-Infinity",
        b"1e999",
        b"01",
        b"+1",
        b".5",
        b"1.",
        b"-",
        b"0x1",
        b"'a'",
        b"undefined",
        b"tru",
    ),
    *(b'"\\ud800"', b'"\\u0000"', b'"\\x41"', b'"\n"', b'"\\u00e9"', b'"\\ud83d\\udc69"', b'"\t"', b'"\xff"', b"nulls"),
    *(b"[" * 600, b'{"a":' * 600, b"9" * 5000, b"/* c */", b"// c\n", b",", b",,", b"[]", b"{}", b"]", b"}", b":", b""),
)
_PATHS = (b'"0"', b'"0:0"', b'"99:0"', b'"-1"', b'"0:"', b'":"', b'":0"', b'""', b'"a"', b'"0:0:0:0:0:0:0"', b'"00:0"')


def replace_token(rng: random.Random, content: bytes) -> bytes:
    """Put another token of the message in the place of one."""
    found, other = place_of(rng, _TOKEN, content), place_of(rng, _TOKEN, content)
    return content if found is None or other is None else put(content, *found.span(), other[0])


def odd_token(rng: random.Random, content: bytes) -> bytes:
    """Put something that is no JSON, or hardly, in the place of a token or after it."""
    found = place_of(rng, _TOKEN, content)
    if found is None:
        return content
    start = found.start() if rng.random() < 0.6 else found.end()
    return put(content, start, found.end(), rng.choice(_TEXTS))


def drop_token(rng: random.Random, content: bytes) -> bytes:
    """Take a token away."""
    found = place_of(rng, _TOKEN, content)
    return content if found is None else put(content, *found.span(), b"")


def repeat_pair(rng: random.Random, content: bytes) -> bytes:
    """Say a key with its value again, after itself or after another one."""
    found, other = place_of(rng, _PAIR, content), place_of(rng, _PAIR, content)
    if found is None or other is None:
        return content
    end = rng.choice([found, other]).end()
    return put(content, end, end, b"," + found[0])


def rename_key(rng: random.Random, content: bytes) -> bytes:
    """Give something the key of something else."""
    found, other = place_of(rng, _KEY, content), place_of(rng, _KEY, content)
    return content if found is None or other is None else put(content, *found.span(), other[0])


def change_path(rng: random.Random, content: bytes) -> bytes:
    """Give an observation or a series another key, perhaps one that leads nowhere."""
    found, other = place_of(rng, _PATH, content), place_of(rng, _PATH, content)
    if found is None or other is None:
        return content
    return put(content, *found.span(), rng.choice([other[0], rng.choice(_PATHS)]))


def escape(rng: random.Random, content: bytes) -> bytes:
    """Write a character of a text as an escape, or put an odd escape there."""
    found = place_of(rng, _STRING, content)
    if found is None or found.end() - found.start() <= 2:
        return content
    place = rng.randint(found.start() + 1, found.end() - 2)
    odd = [
        b"\\u%04x" % content[place],
        b"\\/",
        b'\\"',
        b"\\\\",
        b"\\n",
        b"\\q",
        b"\\u12",
        b"\\ud800",
        b"\\u0000",
        b"\\",
    ]
    return put(content, place, place + 1, rng.choice(odd))


def change_value(rng: random.Random, content: bytes) -> bytes:
    """Put something that does not belong there in the place of something."""
    return _changed(rng, content, _replace)


def drop_value(rng: random.Random, content: bytes) -> bytes:
    """Take something away."""
    return _changed(rng, content, _drop)


def reorder(rng: random.Random, content: bytes) -> bytes:
    """Put the members of something in another order."""
    return _changed(rng, content, _shuffle)


def wrap(rng: random.Random, content: bytes) -> bytes:
    """Put something into an array or object of its own, or say it once more in it."""
    return _changed(rng, content, _wrap)


def layout(rng: random.Random, content: bytes) -> bytes:
    """Write the same message with other spaces and escapes."""
    message = _loaded(content)
    if message is None:
        return content
    ascii_only, indent = rng.random() < 0.5, rng.choice([None, 0, 1, "\t"])
    return json.dumps(message, ensure_ascii=ascii_only, indent=indent).encode("utf-8", "replace")


def _loaded(content: bytes) -> Any:  # noqa: ANN401 - whatever is in a message
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def _changed(rng: random.Random, content: bytes, change: Any) -> bytes:  # noqa: ANN401 - one of the functions below
    inner = message = _loaded(content)
    while isinstance(inner, dict | list) and inner:
        place = rng.choice(list(inner) if isinstance(inner, dict) else range(len(inner)))
        if not isinstance(inner[place], dict | list) or not inner[place] or rng.random() < 0.12:
            change(rng, inner, place)
            return json.dumps(message, ensure_ascii=False).encode("utf-8", "replace")
        inner = inner[place]
    return content


def _replace(rng: random.Random, inner: Any, place: Any) -> None:  # noqa: ANN401
    inner[place] = rng.choice(_VALUES)


def _drop(_: random.Random, inner: Any, place: Any) -> None:  # noqa: ANN401
    del inner[place]


def _shuffle(rng: random.Random, inner: Any, _: Any) -> None:  # noqa: ANN401
    if isinstance(inner, list):
        rng.shuffle(inner)
        return
    items = list(inner.items())
    rng.shuffle(items)
    inner.clear()
    inner.update(items)


def _wrap(rng: random.Random, inner: Any, place: Any) -> None:  # noqa: ANN401
    if isinstance(inner, list) and rng.random() < 0.5:
        inner.insert(rng.randint(0, len(inner)), inner[place])
        return
    inner[place] = rng.choice([[inner[place]], {"a": inner[place]}, [inner[place], inner[place]], str(inner[place])])


JSON: tuple[Mutation, ...] = (
    *(replace_token, odd_token, odd_token, drop_token, repeat_pair, rename_key, change_path, change_path, escape),
    *(change_value, change_value, drop_value, drop_value, reorder, wrap, layout),
)
