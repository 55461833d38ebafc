# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154,SC2034
# Sourced: with what deb.sh has, Debian 13 makes the packages of the source package, and runs the service.

builder=$work/builder

# What its compiler made before is known.
in_builder() {
    local cache
    cache=$(ccache -k cache_dir)/$suite
    mkdir -p "$cache"
    systemd-nspawn --quiet --register=no --keep-unit --pipe -D "$builder" --bind="$cache:/ccache" "${surroundings[@]}" \
        CCACHE_DIR=/ccache CCACHE_SLOPPINESS=locale DEB_BUILD_OPTIONS="nocheck noautodbgsym" sh -ec "$1"
}

make_builder() {
    mmdebstrap --variant=buildd --include=ccache,lintian "$suite" "$builder" "$mirror" && mkdir "$builder/build" &&
        cp "$packages"/gatehouse_*.{dsc,orig.tar.xz,debian.tar.xz} "$builder/build" &&
        in_builder 'apt-get update -q; apt-get build-dep -q -y --no-install-recommends /build/*.dsc'
}

builds() {
    in_builder 'cd /build; dpkg-source -x *.dsc; cd gatehouse-*/; dpkg-buildpackage -us -uc' >"$work/build" 2>&1 ||
        { cat "$work/build"; return 1; }
}

its_lintian_is_silent() { in_builder 'lintian --allow-root --fail-on error,warning --info /build/*.changes'; }

make_machine_of_debian13() { fresh_machine && fetch curl dbus; }

use_on_debian13() {
    local suite=trixie base=$work/base-13 packages=$packages
    check "Debian 13 has what building needs" make_builder
    check "the packages are made there" builds
    check "without a warning of the compiler" lacks '[-W' cat "$work/build"
    check "its lintian finds no error and no warning" its_lintian_is_silent
    packages=$builder/build
    check "a minimal Debian 13" make_base
    check "the packages for it" make_machine_of_debian13
    check "boots" boot
    # shellcheck disable=SC2046  # words are packages
    check "server and storages are installed" \
        install dbus $(this_version gatehouse gatehouse-storage-postgresql gatehouse-storage-redis)
    check "the test of debian/tests passes" own_test_passes
    check "a person and a site are added" make_people
    check "a login, while a system call that the unit's filter refuses ends the server" a_login_under_the_filter
    check "the unit's files are without fault" units_verify
    check "systemd-analyze security rates the service 2.0 or better" hardened
    check "the server takes the storages" takes_the_storage_plugins
    check "a purge" in_machine apt-get purge -q -y 'gatehouse*'
    check "leaves nothing but the user" only_the_user_is_left
    power_off
}
