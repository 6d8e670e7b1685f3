"""The check of the computer itself, on made-up systems: plain and encrypted disks, swap of every kind, the unknown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from outreach_app.services.machine_check import (
    MachineFinding,
    MacStorage,
    State,
    UnknownStorage,
    WindowsStorage,
    check_machine,
    this_system,
)
from outreach_app.services.machine_linux import Answer, LinuxStorage, worst

SWAPS = "Filename Type Size Used Priority\n"
HOME = Path("/somewhere/notes")  # need not exist


class System:
    """A folder made like a Linux system, with devices as the kernel lists them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in ("proc/self", "sys/class/block", "sys/dev/block", "dev/mapper"):
            (root / name).mkdir(parents=True)
        self.mounts: list[str] = []
        self.swaps(())

    def device(self, name: str, *, uuid: str = "", on: tuple[str, ...] = (), mapper: str = "") -> None:
        place = self.root / "sys/class/block" / name
        (place / "slaves").mkdir(parents=True)
        for below in on:
            (place / "slaves" / below).mkdir()
        if uuid:
            (place / "dm").mkdir()
            (place / "dm/uuid").write_text(f"{uuid}\n")
        (self.root / "dev" / name).write_text("")
        if mapper:
            (self.root / "dev/mapper" / mapper).symlink_to(f"../{name}")

    def mount(self, point: str, source: str, *, kind: str = "ext4", number: str = "0:99") -> None:
        self.mounts.append(f"22 1 {number} / {point} rw,relatime shared:1 - {kind} {source} rw")
        (self.root / "proc/self/mountinfo").write_text("\n".join(self.mounts) + "\n")

    def swaps(self, lines: Sequence[str]) -> None:
        (self.root / "proc/swaps").write_text(SWAPS + "".join(f"{line} 100 0 -2\n" for line in lines))

    def disk(self, folder: Path = HOME) -> Answer:
        return LinuxStorage(self.root).folder_encrypted(folder)

    def swap(self) -> Answer:
        return LinuxStorage(self.root).swap_encrypted()


@pytest.fixture
def system(tmp_path: Path) -> System:
    return System(tmp_path / "system")


def test_a_plain_partition_is_plain(system: System) -> None:
    system.device("sda2")
    system.mount("/", "/dev/sda2")
    assert system.disk() is False


def test_a_volume_on_an_encrypted_partition_is_encrypted(system: System) -> None:
    system.device("sda2")
    system.device("dm-0", uuid="CRYPT-LUKS2-0123-luks", on=("sda2",))
    system.device("dm-1", uuid="LVM-abc", on=("dm-0",), mapper="vg-home")
    system.mount("/", "/dev/sda2")
    system.mount("/somewhere", "/dev/mapper/vg-home")
    assert system.disk() is True
    assert system.disk(Path("/elsewhere")) is False


def test_a_volume_that_lies_partly_in_the_clear_is_plain(system: System) -> None:
    system.device("sda2")
    system.device("dm-0", uuid="CRYPT-PLAIN-x", on=("sda2",))
    system.device("dm-1", uuid="LVM-abc", on=("dm-0", "sda2"), mapper="both")
    system.mount("/", "/dev/mapper/both")
    assert system.disk() is False


def test_the_longest_and_latest_mount_counts(system: System) -> None:
    system.device("sda2")
    system.device("dm-0", uuid="CRYPT-LUKS2-x", mapper="secret")
    system.mount("/", "/dev/mapper/secret")
    system.mount("/somewhere", "/dev/mapper/secret")
    system.mount("/somewhere", "/dev/sda2")
    system.mount("/some", "/dev/mapper/secret")
    assert system.disk() is False


def test_a_name_that_tells_nothing_is_looked_up_by_its_number(system: System) -> None:
    system.device("sda2")
    (system.root / "sys/dev/block/8:2").symlink_to("../../class/block/sda2")
    system.mount("/", "/dev/root", number="8:2")
    assert system.disk() is False


@pytest.mark.parametrize(
    ("kind", "source", "answer"),
    [
        ("nfs4", "server:/home", None),
        ("tmpfs", "tmpfs", None),
        ("zfs", "pool/home", None),
        ("ecryptfs", "/home/.a", True),
    ],
)
def test_other_file_systems(system: System, kind: str, source: str, answer: Answer) -> None:
    system.mount("/", source, kind=kind)
    assert system.disk() is answer


def test_a_blank_in_a_name_is_read(system: System) -> None:
    system.device("dm-0", uuid="CRYPT-LUKS2-x", mapper="secret")
    system.device("sda2")
    system.mount("/", "/dev/sda2")
    system.mount("/my\\040notes", "/dev/mapper/secret")
    assert system.disk(Path("/my notes/vault")) is True


def test_a_system_without_such_files_is_unknown(tmp_path: Path) -> None:
    storage = LinuxStorage(tmp_path)
    assert (storage.folder_encrypted(HOME), storage.swap_encrypted()) == (None, None)
    assert [finding.state for finding in check_machine(HOME, storage)] == [State.UNKNOWN, State.UNKNOWN]


@pytest.mark.parametrize("lines", ["", "nonsense", "1 2 3 / / rw - "])
def test_lines_that_cannot_be_read_are_passed_over(system: System, lines: str) -> None:
    (system.root / "proc/self/mountinfo").write_text(lines)
    assert system.disk() is None


def test_no_swap_is_fine(system: System) -> None:
    assert system.swap() is True


def test_swap_in_memory_is_fine_unless_a_disk_stands_behind_it(system: System) -> None:
    system.device("zram0")
    system.device("sda3")
    system.swaps(["/dev/zram0 partition"])
    assert system.swap() is True
    behind = system.root / "sys/class/block/zram0/backing_dev"
    for text, answer in (("none\n", True), ("/dev/sda3\n", False), ("/dev/gone\n", None)):
        behind.write_text(text)
        assert system.swap() is answer


def test_a_swap_partition_is_as_its_device(system: System) -> None:
    system.device("sda3")
    system.device("dm-2", uuid="CRYPT-PLAIN-swap", on=("sda3",), mapper="swap")
    system.swaps(["/dev/dm-2 partition"])
    assert system.swap() is True
    system.swaps(["/dev/dm-2 partition", "/dev/sda3 partition"])
    assert system.swap() is False


def test_a_swap_file_is_as_the_disk_it_lies_on(system: System) -> None:
    system.device("sda2")
    system.mount("/", "/dev/sda2")
    system.swaps(["/swapfile file"])
    assert system.swap() is False


def test_a_swap_device_that_is_not_listed_and_a_loop_are_unknown(system: System) -> None:
    system.swaps(["/dev/gone partition"])
    assert system.swap() is None
    system.device("loop3")
    (system.root / "sys/class/block/loop3/loop").mkdir()
    system.swaps(["/dev/loop3 partition"])
    assert system.swap() is None


def test_devices_on_top_of_each_other_without_end_are_unknown(system: System) -> None:
    system.device("dm-0", on=("dm-1",))
    system.device("dm-1", on=("dm-0",))
    system.mount("/", "/dev/dm-0")
    assert system.disk() is None


@pytest.mark.parametrize(
    ("answers", "answer"), [((), True), ((True, True), True), ((True, None), None), ((None, False, True), False)]
)
def test_the_worst_answer_counts(answers: tuple[Answer, ...], answer: Answer) -> None:
    assert worst(answers) is answer


def saying(text: str) -> tuple[list[Sequence[str]], Callable[[Sequence[str]], str]]:
    asked: list[Sequence[str]] = []

    def run(command: Sequence[str]) -> str:
        asked.append(command)
        return text

    return asked, run


@pytest.mark.parametrize(("said", "answer"), [("1\r\n", True), ("2", False), ("0", False), ("", None), ("3", None)])
def test_windows_is_asked_for_the_drive(said: str, answer: Answer) -> None:
    asked, run = saying(said)
    storage = WindowsStorage(run)
    assert storage.folder_encrypted(Path("D:\\notes\\vault")) is answer
    assert storage.swap_encrypted() is answer
    assert asked[0][-1].endswith("'D:'")


def test_a_drive_of_another_computer_is_not_asked_for() -> None:
    asked, run = saying("1")
    assert WindowsStorage(run).folder_encrypted(Path("\\\\server\\it's\\vault")) is None
    assert asked == []


@pytest.mark.parametrize(
    ("said", "disk", "swap"),
    [
        ("FileVault is On.", True, False),
        ("FileVault is Off.", False, False),
        ("total = 2048.00M (encrypted)", None, True),
        ("", None, None),
    ],
)
def test_a_mac_is_asked(said: str, disk: Answer, swap: Answer) -> None:
    storage = MacStorage(saying(said)[1])
    assert (storage.folder_encrypted(HOME), storage.swap_encrypted()) == (disk, swap)


def test_a_command_that_is_missing_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert check_machine(HOME, MacStorage()) == (
        MachineFinding("disk", State.UNKNOWN), MachineFinding("swap", State.UNKNOWN),
    )  # fmt: skip


def test_each_platform_has_its_way() -> None:
    kinds = [type(this_system(name)) for name in ("linux", "win32", "darwin", "plan9")]
    assert kinds == [LinuxStorage, WindowsStorage, MacStorage, UnknownStorage]
    assert check_machine(HOME, this_system("plan9"))[0].state is State.UNKNOWN


def test_this_computer_is_asked_and_every_answer_has_its_sentence() -> None:
    findings = check_machine(HOME)
    assert [finding.what for finding in findings] == ["disk", "swap"]
    sentences = {MachineFinding(what, state).sentence for what in ("disk", "swap") for state in State}
    assert len(sentences) == 6
    assert all(sentence.endswith(".") for sentence in sentences)


def test_a_system_without_its_lists_is_unknown(tmp_path: Path) -> None:
    empty = LinuxStorage(tmp_path)
    assert empty.folder_encrypted(HOME) is None
    assert empty.swap_encrypted() is None
