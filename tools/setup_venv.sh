#!/usr/bin/env bash
# Makes .venv from requirements.lock, checked by hash, and puts this checkout into it. Does nothing when nothing changed.
# An interrupted run leaves no stamp behind, so the next one starts over from an empty folder.
set -euo pipefail
cd "$(dirname "$0")/.."

python="${PYTHON:-python3}"
stamp=.venv/outreach-ready

digest() { if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi; }

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "Outreach needs Python 3.11 or newer; $("$python" --version) was found. Name another one: make setup PYTHON=python3.12"
  exit 1
fi

interpreter="$("$python" -c 'import sys; print(sys.version.split()[0], sys.base_prefix)')"
contents="$(cat requirements.lock pyproject.toml hatch_build.py tools/setup_venv.sh | digest | cut -d' ' -f1)"
wanted="$interpreter $PWD $contents"
present="$(cat "$stamp" 2>/dev/null || true)"

if [ "$present" = "$wanted" ]; then
  exit 0
fi

case "$present" in
  "$interpreter $PWD "*) rm -f "$stamp" ;; # only the lock or the project changed
  *)
    echo "Making .venv with Python $interpreter"
    rm -rf .venv
    "$python" -m venv .venv
    ;;
esac

echo "Installing what requirements.lock names (a few minutes the first time)"
pip=(.venv/bin/python -m pip --disable-pip-version-check --no-input install --quiet)
"${pip[@]}" --require-hashes -r requirements.lock
"${pip[@]}" --no-deps --no-build-isolation --no-index --editable .
printf '%s\n' "$wanted" >"$stamp"
