"""A certificate that a registry signs by itself."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


def can_make_certificates() -> bool:
    """Return whether there is what certificates are made with: the command openssl."""
    return shutil.which("openssl") is not None


@contextmanager
def make_certificate() -> Iterator[tuple[Path, Path]]:
    """Yield a certificate for 127.0.0.1 and localhost, and its key; both are gone afterwards."""
    openssl = shutil.which("openssl")
    assert openssl is not None, "certificates are made with the command openssl"
    with TemporaryDirectory() as folder:
        certificate, key = Path(folder) / "certificate.pem", Path(folder) / "key.pem"
        made = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
        names = ["-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"]
        files = ["-keyout", str(key), "-out", str(certificate)]
        subprocess.run([openssl, *made.split(), *names, *files], check=True, capture_output=True)
        yield certificate, key
