"""What the process after a lock needs to stand in the same place: the centre's folder and the window's."""

from __future__ import annotations

from ui.successor import Standing


class DeskStanding(Standing):
    """``vault`` is the centre's folder here; the new process begins locked at the opening page."""

    __slots__ = ()

    def arguments(self) -> list[str]:
        """Return the arguments for the new process."""
        numbers = ",".join(str(number) for number in self.geometry)
        given = ["centre", "--centre", str(self.vault), "window", "--locked", f"--geometry={numbers}"]
        if self.maximised:
            given.append("--maximised")
        return [*given, f"--page={self.page}"] if self.page else given
