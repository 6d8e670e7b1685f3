"""Every file of a content pack goes through its own strict reader before the pack is used; one bad file refuses all.

The same look is taken at the centre before a pack is published (``outreach packs check``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NoReturn

from outreach_app.content import read_content, read_shipped_content
from outreach_app.errors import KnownError
from outreach_app.i18n import gettext as _
from outreach_app.leaflets.directory.untrusted import read_directory
from outreach_app.leaflets.untrusted_sheets import check_sheets
from outreach_app.services.errors import PackFileWrongError
from outreach_app.sync.packs.archive import read_archive
from outreach_app.wire.content import POLICY, CheckedPack, read_policy
from outreach_app.wire.errors import UntrustedDataError
from outreach_app.wire.indicator_catalogue import read_catalogues
from outreach_app.wire.pathway_table import read_rule_table
from outreach_app.wire.traits import read_traits

_DIRECTORY = "directory/directory.json"
_TRAITS = "indicators/traits.json"
_NUMBERS, _STATEMENTS = "pathways/numbers.json", "pathways/statements.json"
Read = Callable[[str], bytes]


def check_pack(untrusted: bytes) -> CheckedPack:
    """Return what is in a pack after reading every file of it.

    Raises:
        PackArchiveError: the archive itself. PackFileWrongError: names the file.
    """
    archive = read_archive(untrusted)
    name = ""
    try:
        for name in _checks(archive.files):  # noqa: B007 - the last name is the file that was being read
            pass
        name = POLICY
        policy = read_policy(archive.files[POLICY]) if POLICY in archive.files else {}
    except (KnownError, OSError) as error:
        raise PackFileWrongError(file=name, reason=_reason(error)) from error
    return CheckedPack(archive.manifest, archive.files, policy)


def _checks(files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield each name before its file is read."""
    yield from check_sheets(files)
    if _DIRECTORY in files:
        yield _DIRECTORY
        read_directory(files[_DIRECTORY])
    read = _among(files)
    yield _NUMBERS
    read_rule_table(read(_NUMBERS), read(_STATEMENTS))
    yield "indicators"
    _check_signs(read)
    yield _TRAITS
    _check_traits(read)


def _among(files: Mapping[str, bytes]) -> Read:
    return lambda name: files[name] if name in files else read_shipped_content(name)


def _check_signs(read: Read) -> None:
    """Refuse a list in which a sign that notes may hold is gone, or is now about something else."""
    newer = read_catalogues(read)
    for known in (read_catalogues(read_shipped_content), read_catalogues(read_content)):
        for profile, catalogue in known.items():
            signs = newer[profile].by_id()
            for name, sign in catalogue.by_id().items():
                if name not in signs:
                    _refuse(f"{profile} {name}", "gone; a sign is retired instead")
                if signs[name].fact != sign.fact:
                    _refuse(f"{profile} {name}", "about something else; a new sign has a new name")


def _check_traits(read: Read) -> None:
    newer = {trait.code for trait in read_traits(read(_TRAITS)).traits}
    for known in (read_shipped_content, read_content):
        for trait in read_traits(known(_TRAITS)).traits:
            if trait.code not in newer:
                _refuse(trait.code, "gone; a trait is retired instead")


def _reason(error: KnownError | OSError) -> str:
    values = error.values if isinstance(error, KnownError) else {}
    told = " ".join(str(values[name]) for name in ("entry", "field", "reason") if name in values)
    return told or type(error).__name__


def _refuse(field: str, reason: str) -> NoReturn:
    raise UntrustedDataError(what=_("The indicator list"), field=field, reason=reason)
