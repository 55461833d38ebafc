# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154
# Sourced: the .rpm packages. No Fedora is here: they are built and used on Debian, and their dependencies are read.

names=(gatehouse gatehouse-storage-postgresql gatehouse-storage-redis gatehouse-module-device gatehouse-login-step-passkey gatehouse-user-store-ldap gatehouse-user-store-pam gatehouse-user-store-sql gatehouse-devel gatehouse-doc)
unpacked=$work/unpacked-rpm
# The next release of the same commit.
next=$work/next

# package NAME [FOLDER]: its file.
package() { find "${2:-$packages}" -name "$1-[0-9]*.rpm" -not -name '*.src.rpm'; }
asks() { rpm -qp "--$2" "$(package "$1")" 2>/dev/null; }
has() { asks "$1" "$2" | grep -E -- "$3" || { asks "$1" "$2"; false; }; }

rpmlint_is_silent() {
    rpmlint -c "$root/packaging/rpm/rpmlint.toml" "$packages"/gatehouse*.rpm "$root/packaging/rpm/gatehouse.spec" >"$work/rpmlint" || true
    cat "$work/rpmlint"
    grep -q '11 packages and 1 specfile' "$work/rpmlint" && not grep -E ': [EW]: ' "$work/rpmlint"
}

unpack() {
    local name
    for name in "${names[@]}"; do
        mkdir -p "$unpacked/$name" && (cd "$unpacked/$name" && rpm2cpio "$(package "$name")" | cpio -idm --quiet) || return 1
    done
}

has_bill_of_materials() {
    python3 "$root/tests/packaging/check_sbom.py" "$unpacked/$1" "$unpacked/$1/usr/share/doc/$1/$1.spdx.json"
}

make_next_release() {
    local cache=${CCACHE_DIR:-$(ccache -k cache_dir)}
    mkdir "$work/home" && echo '%dist .next' >"$work/home/.rpmmacros" &&
        HOME=$work/home CCACHE_DIR=$cache build "$root" rpm "$next"
}

look_into() {
    local name
    check "rpmlint finds no error and no warning that is not explained" rpmlint_is_silent
    check "gatehouse provides gatehouse-sdk-abi-0.2" has gatehouse provides '^gatehouse-sdk-abi-0\.2$'
    check "the plugins require it" has gatehouse-storage-redis requires '^gatehouse-sdk-abi-0\.2$'
    check "the PostgreSQL plugin requires libpq" has gatehouse-storage-postgresql requires libpq
    check "the server does not" lacks libpq asks gatehouse requires
    check "they require the server of their own build" has gatehouse-storage-redis requires "^gatehouse\\(x86-64\\) = "
    check "nobody outside can depend on the core or a plugin by name" lacks .so asks gatehouse provides
    check "the configuration is kept over upgrades" has gatehouse configfiles '^/etc/gatehouse/gatehouse.yaml$'
    check "gatehouse-devel recommends what makes an rpm" has gatehouse-devel recommends '^rpm-build$'
    check "they can be unpacked" unpack
    for name in "${names[@]}"; do
        check "$name: its SPDX document lists every file" has_bill_of_materials "$name"
    done
}

# Debian's packages with the libraries that Fedora's have, Fedora's policy that no service is begun unasked, and the user,
# whom Fedora's rpm makes of what is in sysusers.d.
make_machine() {
    cp -a "$base" "$machine" && mkdir "$machine/packages" || return 1
    local name
    for name in gatehouse gatehouse-storage-postgresql gatehouse-storage-redis; do
        cp "$(package "$name")" "$machine/packages/$name.rpm" && cp "$(package "$name" "$next")" "$machine/packages/$name-next.rpm" || return 1
    done
    mkdir "$machine/etc/systemd/system-preset" &&
        echo 'disable *' >"$machine/etc/systemd/system-preset/99-default-disable.preset" || return 1
    # shellcheck disable=SC2046
    in_root apt-get update -q && in_root apt-get install -q -y --no-install-recommends rpm dbus $(libraries) &&
        in_root systemd-sysusers - <"$unpacked/gatehouse/usr/lib/sysusers.d/gatehouse.conf"
}

# The packages of this machine with the libraries that the programs are linked with.
libraries() {
    find "$unpacked" \( -name '*.so*' -o -path '*/bin/gatehouse' \) -exec ldd {} + | awk '$3 ~ /^\// && !/gatehouse/ { print $3 }' | sort -u |
        xargs realpath | xargs dpkg-query -S | cut -d: -f1 | sort -u
}

install() { in_machine rpm --nodeps "$@"; }

waits_to_be_enabled() {
    not is_running gatehouse && is disabled in_machine systemctl is-enabled gatehouse.service &&
        is disabled in_machine systemctl is-enabled gatehouse.socket && systemctl_ enable --now gatehouse.service
}

plugin_wants_the_sdk() { says 'gatehouse-sdk-abi-0.2 is needed by' in_machine rpm -i --test /packages/gatehouse-storage-redis.rpm; }

modes_are_right() {
    is "750 root:gatehouse /etc/gatehouse
750 root:gatehouse /etc/gatehouse/clients.d
700 gatehouse:gatehouse /var/lib/gatehouse
600 gatehouse:gatehouse /var/lib/gatehouse/gatehouse.db" in_machine stat -c '%a %U:%G %n' /etc/gatehouse \
        /etc/gatehouse/clients.d /var/lib/gatehouse /var/lib/gatehouse/gatehouse.db
}

bad_upgrade_says_so() {
    drop_in environment Environment=SERVER__PORT=none &&
        leaves_the_server says "the server that runs was left alone" install -U /packages/gatehouse-next.rpm &&
        no_drop_in environment && systemctl_ restart gatehouse
}

# The script of a version that knows no migration.
impossible_downgrade_is_refused() {
    # shellcheck disable=SC2016  # not our variable
    rpm -qp --qf '%{PREIN}' "$(package gatehouse)" 2>/dev/null | sed 's/\("${applied:-0}" -gt\) [0-9]*/\1 0/' >"$machine/packages/pre" &&
        says 'gatehouse-admin migrate down --to' in_machine sh /packages/pre 2 && not in_machine sh /packages/pre 2 &&
        in_machine sh /packages/pre 1
}

removal_keeps_data() {
    install -e gatehouse gatehouse-storage-postgresql gatehouse-storage-redis && is_gone &&
        is "/etc/gatehouse
/etc/gatehouse/gatehouse.yaml.rpmsave
/var/lib/gatehouse
/var/lib/gatehouse/gatehouse.db
/var/lib/gatehouse/root.secret" in_machine sh -c \
            "find / -xdev -iname '*gatehouse*' -not -path '/packages/*' -not -path '/var/log/*' -o -path '/*/gatehouse/*' | sort -u"
}

use() {
    check "packaging/build makes the next release" make_next_release
    check "a fresh machine, services not begun unasked" make_machine
    check "boots" boot
    check "a plugin alone is refused by rpm" plugin_wants_the_sdk
    check "the packages are installed" install -i /packages/gatehouse.rpm /packages/gatehouse-storage-{postgresql,redis}.rpm
    check "the service waits until it is enabled, and then serves" waits_to_be_enabled
    check "the server takes the plugins" takes_the_storage_plugins
    check "a person and a site are added" make_people
    check "a login" a_login_works
    check "folders and files have the right modes" modes_are_right
    use_service
    check "a local edit of the configuration" edit_configuration
    check "an upgrade of a plugin that is not in use leaves the server alone" \
        leaves_the_server install -U /packages/gatehouse-storage-redis-next.rpm
    check "an upgrade to the next release restarts the server, and keeps edit and data" \
        restarts_the_server install -U /packages/gatehouse{,-storage-postgresql}-next.rpm
    check "a downgrade too" restarts_the_server install -U --oldpackage /packages/gatehouse{,-storage-postgresql,-storage-redis}.rpm
    check "an upgrade that would not start says so, and the server goes on" bad_upgrade_says_so
    check "a downgrade that could not read the database stops before anything is changed" impossible_downgrade_is_refused
    check "a removal stops the server, and leaves configuration and data" removal_keeps_data
    power_off
}
