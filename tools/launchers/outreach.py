"""Where the bundled command line begins; PyInstaller wants a script."""

import sys

from outreach_app.__main__ import main

sys.exit(main())
