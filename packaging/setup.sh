# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Sourced: what building needs, and how it gets onto a Debian machine.

# shellcheck disable=SC2034  # used by those who source this
build_packages=(
    g++ cmake ninja-build ccache pkgconf python3 openssl ca-certificates
    libpoco-dev libssl-dev libargon2-dev libcrypt-dev libicu-dev libsqlite3-dev libpq-dev libyaml-cpp-dev libtomlplusplus-dev
    libkainjow-mustache-dev prometheus-cpp-dev libqrencode-dev libmariadb-dev libldap-dev libpam0g-dev libfido2-dev unixodbc-dev
)
# shellcheck disable=SC2034
packaging_packages=(
    build-essential debhelper libcppunit-dev rpm rpmlint lintian mmdebstrap systemd-container man-db groff zsh fish cpio
)

# Prints those of the named packages that are not installed, one a line.
missing_packages() {
    local name
    for name in "$@"; do
        [[ "$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null)" == installed ]] || echo "$name"
    done
}

# Installs the named packages where they are missing. Talks on stderr only.
install_packages() {
    if ! command -v apt-get >/dev/null; then
        echo "This machine has no apt-get; please install what corresponds to: $*" >&2
        return 0
    fi
    local missing
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]})) || return 0

    local as_root=()
    if ((EUID != 0)); then
        if ! command -v sudo >/dev/null; then
            echo "Missing packages: ${missing[*]}" >&2
            echo "Run this as root once, or install sudo." >&2
            return 1
        fi
        as_root=(sudo)
    fi
    echo "Installing ${missing[*]}" >&2
    # A web server that comes along for the tests must not be started.
    local policy=/usr/sbin/policy-rc.d made=no result=0
    if [[ ! -e $policy ]]; then
        printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null && "${as_root[@]}" chmod 755 "$policy"
        made=yes
    fi
    # A package source that cannot be reached must not stop us: the others may have all that is needed.
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q >&2 || true
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -q -y --no-install-recommends "${missing[@]}" >&2 || result=$?
    [[ $made == no ]] || "${as_root[@]}" rm -f "$policy"
    return $result
}
