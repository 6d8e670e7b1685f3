#!/usr/bin/env bash
# Starts the window; where no display exists, shows the whole program as a tour without one.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ "$(uname -s)" = Linux ] && [ -z "${DISPLAY:-}" ] && [ -z "${WAYLAND_DISPLAY:-}" ]; then
  echo "No display was found, so the window cannot open. Showing the tour instead; its pictures and report go to tour/."
  exec .venv/bin/outreach tour --out tour
fi
exec .venv/bin/outreach-window
