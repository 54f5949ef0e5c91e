"""Maven and the Java program: whether they are here, and what the program says of files."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parent
READERS: Final = {"sdmx-dl": "sdmx-dl.version", "bank-of-italy": "bank-of-italy.version"}
"""The readers of the program, with the properties of its pom that are their versions."""

ENGINE: Final = "io.sdmx:fusion-utils-sdmx, io.sdmx:fusion-core-structure"
_ENGINE_VERSIONS: Final = ("[2.7,)", "2.8.0")  # a mirror may serve a version without listing the versions that it has
_PROBE_SECONDS: Final = 60
_BUILD_SECONDS: Final = 600
_RUN_SECONDS: Final = 600
_NOISE: Final = re.compile(
    r"\x1b\[[0-9;]*m|^\[\w+\]\s*|\s*-> \[Help 1\].*|^Failed to .*?: (?=No versions|Could not (find|transfer))"
)


_UNREACHABLE: Final = re.compile(r"resolve|transfer|[Cc]ould not find|[Uu]nknown host|offline|No versions")


class SkippedError(Exception):
    """The Java readers cannot be asked here; the text says why."""


class BrokenError(Exception):
    """The Java program does not compile or run, although all that it needs is here; the text says why."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader says of a part of a file: what it found, or its first line when it refused."""

    reader: str
    file: str
    part: str
    language: str
    found: Sequence[Mapping[str, Any]] | None
    refused: str


def versions() -> Mapping[str, str]:
    """Return the versions of the readers, as the pom pins them."""
    pom = (FOLDER / "pom.xml").read_text(encoding="utf-8")
    return {reader: pom.split(f"<{key}>")[1].split("<")[0] for reader, key in READERS.items()}


def engine_line() -> str:
    """Return one line on the engine of the Fusion Metadata Registry: whether Maven serves it, and if not, why."""
    maven = shutil.which("mvn")
    if maven is None:
        return "FMR engine: not asked for: there is no mvn here"
    reason = ""
    for version in _ENGINE_VERSIONS:
        listing = FOLDER / "target" / "fmr.txt"
        goal = ["dependency:list", "-DexcludeTransitive=true", f"-DoutputFile={listing}", f"-Dfmr.version={version}"]
        try:
            run = _run([maven, "-B", "-q", "-U", "-f", str(FOLDER / "fmr" / "pom.xml"), *goal], _PROBE_SECONDS)
        except subprocess.TimeoutExpired:
            return f"FMR engine: not available here: {ENGINE}: Maven gave no answer within {_PROBE_SECONDS} s"
        if run.returncode == 0:
            found = re.findall(r"io\.sdmx:[\w-]+:jar:([\w.-]+):", listing.read_text(encoding="utf-8"))
            served = ", ".join(sorted(set(found)))
            return f"FMR engine: available (version {served}), but this project has no program for it yet"
        reason = reason or _reason(run)
    return f"FMR engine: not available here: {ENGINE}: {reason}"


def build() -> None:
    """Build the program.

    Raises:
        SkippedError: There is no Java or Maven, or Maven cannot get what the program needs.
        BrokenError: Maven cannot build it.
    """
    maven = shutil.which("mvn")
    if maven is None or shutil.which("javac") is None:
        raise SkippedError(f"there is no {'mvn' if maven is None else 'JDK'} here")
    try:
        run = _run([maven, "-B", "-q", "-f", str(FOLDER / "pom.xml"), "process-classes"], _BUILD_SECONDS)
    except subprocess.TimeoutExpired:
        raise SkippedError(f"Maven did not finish within {_BUILD_SECONDS} s") from None
    if run.returncode:
        reason = f"Maven: {_reason(run)}"
        raise SkippedError(reason) if _UNREACHABLE.search(reason) else BrokenError(reason)


def ask(tasks: Iterable[Sequence[str]]) -> list[Reading]:
    """Return what the readers say.

    Args:
        tasks: What to read: see ``Program.java``.

    Raises:
        BrokenError: The program does not run.
    """
    java = shutil.which("java") or "java"
    classes = os.pathsep.join([str(FOLDER / "target" / "classes"), str(FOLDER / "target" / "lib" / "*")])
    lines = "".join("\t".join(task) + "\n" for task in tasks)
    try:
        run = _run([java, "-cp", classes, "icstip.interop.Program"], _RUN_SECONDS, lines)
    except subprocess.TimeoutExpired:
        raise BrokenError(f"the Java program did not finish within {_RUN_SECONDS} s") from None
    if run.returncode:
        raise BrokenError(f"the Java program ended with {run.returncode}: {_reason(run)}")
    return [_reading(json.loads(line)) for line in run.stdout.splitlines()]


def _reading(said: Mapping[str, Any]) -> Reading:
    refused = str(said.get("refused", "")).partition("\n")[0]
    return Reading(said["reader"], said["file"], said["part"], said.get("language", ""), said.get("found"), refused)


def _run(command: list[str], seconds: int, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, input=given, capture_output=True, text=True, encoding="utf-8", timeout=seconds, check=False
    )


def _reason(run: subprocess.CompletedProcess[str]) -> str:
    lines = (run.stdout + run.stderr).splitlines()
    for _ in range(3):  # colours, then the level, then what Maven was about to do
        lines = [_NOISE.sub("", line).strip() for line in lines]
    return next((line for line in lines if line), f"exit code {run.returncode}")
