"""Build hook: compiles the gettext catalogues and puts catalogues and resources into the wheel.

The compiled catalogues are not kept in git, and hatchling leaves out what git ignores; so they are named one by one.
An editable installation uses the checkout's own folders (see outreach_app/paths.py) and only needs the compiling.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUNDLED = "outreach_app/_bundled"


class CatalogueBuildHook(BuildHookInterface[Any]):
    """Runs before hatchling collects the files of a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the catalogues; for a real wheel, list them and the resources."""
        root = Path(self.root)
        sys.path.insert(0, self.root)  # an isolated build does not have the project's own folder on its path
        from tools import catalogues  # noqa: PLC0415 - only findable after the line above

        shipped = catalogues.compile_for_shipping(root / "locales")
        if version == "editable":
            return
        included = build_data["force_include"]
        for path in shipped:
            included[str(path)] = f"{BUNDLED}/{path.relative_to(root).as_posix()}"
        included[str(root / "resources")] = f"{BUNDLED}/resources"
