"""Where the bundled window begins; PyInstaller wants a script."""

import sys

from outreach_app.__main__ import window

sys.exit(window())
