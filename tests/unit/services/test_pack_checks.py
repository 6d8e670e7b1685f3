"""A pack is looked at as a whole: what notes may hold stays known, and the file that is not right is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from outreach_app.services.errors import PackFileWrongError
from outreach_app.services.pack_checks import check_pack
from outreach_app.sync.packs.errors import PackArchiveError
from tests.support.content import pack_in_use
from tests.support.content_packs import DIRECTORY, edited, pack_of, policy_file, whole_files

LABOUR = "indicators/adult_labour.json"
ADDITIONS = "indicators/danish_additions.json"
TRAITS = "indicators/traits.json"
NUMBERS = "pathways/numbers.json"


def test_everything_as_shipped_with_a_policy_passes() -> None:
    files = {**whole_files(), "policy.json": policy_file(review_before_sending=True)}
    checked = check_pack(pack_of(files, 3))
    assert (checked.manifest.number, dict(checked.files)) == (3, files)
    assert checked.policy == {"review_before_sending": True}
    assert check_pack(pack_of({DIRECTORY: whole_files()[DIRECTORY]})).policy == {}


@pytest.mark.parametrize(
    ("name", "change", "told"),
    [
        (DIRECTORY, lambda rows: rows["entries"].pop(0), DIRECTORY),
        (DIRECTORY, lambda rows: rows["entries"].pop(1), DIRECTORY),
        (DIRECTORY, lambda rows: rows["entries"][1].update(number="113"), DIRECTORY),
        (NUMBERS, lambda table: table["numbers"].clear(), NUMBERS),
        (LABOUR, lambda rows: rows["indicators"].pop(0), "indicators"),
        (LABOUR, lambda rows: rows["indicators"][0].update(fact="Something else"), "indicators"),
        (LABOUR, lambda rows: rows.update(profile="child_labour"), "indicators"),
        (ADDITIONS, lambda rows: rows["signs"].pop(0), "indicators"),
        (TRAITS, lambda rows: rows["traits"].pop(0), TRAITS),
        ("leaflets/topics/health.json", lambda topic: topic.pop("title"), "leaflets/topics/health.json"),
    ],
)
def test_a_file_that_is_not_right_is_named(name: str, change: Callable[[Any], object], told: str) -> None:
    with pytest.raises(PackFileWrongError, match=told):
        check_pack(pack_of({name: edited(name, change)}))


def test_a_policy_that_is_not_right_is_named() -> None:
    with pytest.raises(PackFileWrongError, match=r"policy\.json"):
        check_pack(pack_of({"policy.json": policy_file(shed_after_days=0)}))


def test_a_sign_is_retired_and_its_words_may_change() -> None:
    def retire(rows: Any) -> None:
        rows["indicators"][0].update(retired=True, label={"en": "Other words", "da": "Andre ord"})

    check_pack(pack_of({LABOUR: edited(LABOUR, retire)}))


def test_a_sign_of_the_pack_in_use_stays_known_too() -> None:
    def add(rows: Any) -> None:
        rows["indicators"].append({**rows["indicators"][0], "id": "al.deceptive_recruitment.a_new_sign"})

    newer = edited(LABOUR, add)
    check_pack(pack_of({LABOUR: newer}))
    with pack_in_use({LABOUR: newer}), pytest.raises(PackFileWrongError, match="a_new_sign"):
        check_pack(pack_of({DIRECTORY: whole_files()[DIRECTORY]}, 2))


def test_an_archive_that_is_none_is_refused() -> None:
    with pytest.raises(PackArchiveError):
        check_pack(b"PK")
