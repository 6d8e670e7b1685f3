"""Every byte of an encrypted database as it stands on its pages, free ones and gaps included, for tests to search."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from outreach_app.vault.layout import PAGE_BYTES

_SALT = 16  # in the place of the first page's magic
_IV = 16
_MAC = 64
_RESERVED = _IV + _MAC  # at the end of each page


def decrypted_pages(file: Path, key: bytes) -> bytes:
    """Return the pages of an SQLCipher file one after the other, without salt and reserved ends."""
    content = file.read_bytes()
    assert content, "an empty file holds nothing to search"
    assert len(content) % PAGE_BYTES == 0
    pages = []
    for start in range(0, len(content), PAGE_BYTES):
        page = content[start : start + PAGE_BYTES]
        body, ending = page[_SALT if start == 0 else 0 : -_RESERVED], page[-_RESERVED:]
        decryptor = Cipher(algorithms.AES(key), modes.CBC(ending[:_IV])).decryptor()
        pages.append(decryptor.update(body) + decryptor.finalize())
    return b"".join(pages)


def forms(marker: str) -> tuple[bytes, ...]:
    """Return the marker as it could stand in a file."""
    return tuple(word.encode(coding) for word in (marker, marker.lower()) for coding in ("utf-8", "utf-16-le", "utf-16-be"))


def files_with(folder: Path, key: bytes, marker: str) -> list[str]:
    """Return the files of a vault's folder that hold the marker in any form: as they are, and databases decrypted."""
    return files_with_bytes(folder, key, *forms(marker))


def files_with_bytes(folder: Path, key: bytes, *wanted: bytes) -> list[str]:
    """Return the files of a vault's folder that hold any of these bytes: as they are, and databases decrypted."""
    found = []
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = file.read_bytes()
        if file.suffix == ".db":
            content += decrypted_pages(file, key)
        if any(form in content for form in wanted):
            found.append(file.relative_to(folder).as_posix())
    return found
