#!/usr/bin/env bash
# Installs what the operating system must give, and only what is missing.
#   setup_system.sh run    what the window needs
#   setup_system.sh test   that, and what the tests and the bundle need
# On Debian and its kin it asks apt (with sudo when not root); elsewhere it says what is needed and goes on.
set -euo pipefail

purpose="${1:-run}"
python="${PYTHON:-python3}"
missing=()

# soname and the Debian package that brings it; found with ldd on the Qt libraries and plugins that are loaded
libraries=(
  libEGL.so.1=libegl1                       libGL.so.1=libgl1
  libdbus-1.so.3=libdbus-1-3                libfontconfig.so.1=libfontconfig1
  libfreetype.so.6=libfreetype6             libglib-2.0.so.0=libglib2.0-0
  libgssapi_krb5.so.2=libgssapi-krb5-2      libcups.so.2=libcups2
  libzstd.so.1=libzstd1                     libstdc++.so.6=libstdc++6
  libX11.so.6=libx11-6                      libX11-xcb.so.1=libx11-xcb1
  libxcb.so.1=libxcb1                       libxcb-cursor.so.0=libxcb-cursor0
  libxcb-glx.so.0=libxcb-glx0               libxcb-icccm.so.4=libxcb-icccm4
  libxcb-image.so.0=libxcb-image0           libxcb-keysyms.so.1=libxcb-keysyms1
  libxcb-randr.so.0=libxcb-randr0           libxcb-render.so.0=libxcb-render0
  libxcb-render-util.so.0=libxcb-render-util0  libxcb-shape.so.0=libxcb-shape0
  libxcb-shm.so.0=libxcb-shm0               libxcb-sync.so.1=libxcb-sync1
  libxcb-util.so.1=libxcb-util1             libxcb-xfixes.so.0=libxcb-xfixes0
  libxcb-xkb.so.1=libxcb-xkb1               libxkbcommon.so.0=libxkbcommon0
  libxkbcommon-x11.so.0=libxkbcommon-x11-0  libwayland-client.so.0=libwayland-client0
  libwayland-cursor.so.0=libwayland-cursor0 libwayland-egl.so.1=libwayland-egl1
)

if [ "$(uname -s)" != Linux ]; then
  exit 0 # the wheels bring everything on macOS
fi

if ! command -v "$python" >/dev/null; then
  missing+=(python3 python3-venv)
elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  missing+=(python3-venv)
fi

if command -v ldconfig >/dev/null; then loader=ldconfig; else loader=/sbin/ldconfig; fi
known="$("$loader" -p 2>/dev/null || true)"
for pair in "${libraries[@]}"; do
  case "$known" in *"${pair%%=*} "*) ;; *) missing+=("${pair#*=}") ;; esac
done

if [ "$purpose" = test ]; then
  # The mailbox is tested on a real PostgreSQL; the bundle is put together with objcopy and the shared Python library.
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
  command -v objcopy >/dev/null || missing+=(binutils)
  command -v gcc >/dev/null || missing+=(gcc libc6-dev) # the tests of power cuts compile a small library
  command -v setpriv >/dev/null || missing+=(util-linux)
  command -v strace >/dev/null || missing+=(strace) # sees every byte the program writes
  # Locks are tested with a message bus of their own, the change from cover to cover on a screen without a monitor.
  command -v dbus-daemon >/dev/null || missing+=(dbus)
  command -v Xvfb >/dev/null || missing+=(xvfb)
  if command -v "$python" >/dev/null; then
    shared="$("$python" -c 'import sys, sysconfig; print(f"libpython{sys.version_info[0]}.{sys.version_info[1]}", sysconfig.get_config_var("LIBDIR"))')"
    name="${shared%% *}"
    case "$known" in
      *"$name.so.1.0 "*) ;;
      *) [ -e "${shared#* }/$name.so.1.0" ] || missing+=("$name") ;;
    esac
  fi
fi

if [ "${#missing[@]}" -eq 0 ]; then
  exit 0
fi

if ! command -v apt-get >/dev/null; then
  echo "This system has no apt. Please install what corresponds to these Debian packages, then try again if something fails:"
  echo "  ${missing[*]}"
  exit 0
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "These packages are missing: ${missing[*]}"
    echo "Ask someone who may install them (apt-get install ${missing[*]}), then try again."
    exit 1
  fi
  as_root=(sudo)
fi
apt() { ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0 "$@"; }

echo "Installing from the system's packages: ${missing[*]}"
case " ${missing[*]} " in
  *" postgresql "*)
    # Only the programs are wanted: the tests start a server of their own. Do not create or start one here.
    quiet=/etc/postgresql-common/createcluster.d/outreach-no-cluster.conf
    ${as_root[@]+"${as_root[@]}"} mkdir -p "${quiet%/*}"
    echo 'create_main_cluster = false' | ${as_root[@]+"${as_root[@]}"} tee "$quiet" >/dev/null
    trap '${as_root[@]+"${as_root[@]}"} rm -f "$quiet"' EXIT
    ;;
esac
if ! apt install --no-install-recommends "${missing[@]}" >/dev/null 2>&1; then
  apt update >/dev/null # the list of packages is old or was never fetched
  apt install --no-install-recommends "${missing[@]}" >/dev/null
fi
