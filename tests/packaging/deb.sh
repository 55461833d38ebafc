# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154
# Sourced: the .deb packages.

version=$(dpkg-parsechangelog -l "$root/packaging/debian/changelog" -S Version)
architecture=$(dpkg --print-architecture)
unpacked=$work/unpacked

package() { echo "$packages/$1_${version}_$architecture.deb"; }
field() { dpkg-deb -f "$(package "$1")" "$2"; }

# Debian 12's knows older versions of the policy only.
lintian_is_silent() {
    lintian --allow-root --fail-on error,warning --info --suppress-tags newer-standards-version \
        "$packages/gatehouse_${version}_$architecture.changes"
}

links_of_the_guides_hold() {
    dpkg-deb -x "$packages/gatehouse-doc_${version}_all.deb" "$unpacked/gatehouse-doc" &&
        python3 "$root/tests/layering/check_guides.py" "$unpacked/gatehouse-doc/usr/share/doc/gatehouse"
}

has_bill_of_materials() {
    mkdir -p "$unpacked/$1" && dpkg-deb -x "$2" "$unpacked/$1" &&
        python3 "$root/tests/packaging/check_sbom.py" "$unpacked/$1" "$unpacked/$1/usr/share/doc/$1/$1.spdx.json"
}

holds_no_secret() {
    is '' grep -rlE --exclude-dir=doc -- '-----BEGIN [A-Z ]*PRIVATE KEY' "$unpacked" &&
        is '' find "$unpacked" -name '*.secret' -o -name '*.db'
}

manual_pages_are_clean() {
    local page
    for page in gatehouse.8 gatehouse-admin.8 gatehouse.yaml.5; do
        MANROFFSEQ='' is '' bash -c "
            zcat '$unpacked/gatehouse/usr/share/man/man${page##*.}/$page.gz' |
                man --warnings -E UTF-8 -l -Tutf8 -Z - 2>&1 >/dev/null" || return 1
    done
}

shells_take_the_completion() {
    local share=$unpacked/gatehouse/usr/share name
    for name in gatehouse gatehouse-admin; do
        bash -n "$share/bash-completion/completions/$name" && fish -n "$share/fish/vendor_completions.d/$name.fish" || return 1
    done
    zsh -n "$share/zsh/vendor-completions/_gatehouse" &&
        says private_key_jwt fish -c "source $share/fish/vendor_completions.d/gatehouse.fish
            complete -C 'gatehouse client add --auth-method '"
}

plugin_builds_with_dev() {
    local dev=$unpacked/gatehouse-dev/usr
    mkdir "$work/acme" && cp -r "$dev/share/gatehouse/plugin-template"/{common,user_store}/. "$work/acme" &&
        "$work/acme/ci" -DCMAKE_PREFIX_PATH="$dev" &&
        says gatehouse-sdk-abi-0.2 dpkg-deb -f "$work"/acme/build/gatehouse-user-store-acme_*.deb Depends
}

# for_another_machine OPTION...: CMake believes that what it builds does not run here.
for_another_machine() {
    echo 'set(CMAKE_SYSTEM_NAME Linux)' >"$work/toolchain.cmake"
    cmake -S "$root" -B "$work/cross" -G Ninja --toolchain "$work/toolchain.cmake" -DCMAKE_INSTALL_PREFIX=/usr \
        -DCMAKE_INSTALL_SYSCONFDIR=/etc -DCMAKE_INSTALL_LOCALSTATEDIR=/var "$@"
}

cross_build_wants_a_native_program() {
    says '-DGATEHOUSE_NATIVE_PROGRAM=FOLDER/bin/gatehouse' for_another_machine && not for_another_machine &&
        says '/bin/true is to run here and to be' for_another_machine -DGATEHOUSE_NATIVE_PROGRAM=/bin/true &&
        not for_another_machine
}

# Only then has it printed all of that: the program that is built is not there.
cross_build_has_it_print() {
    local page
    for_another_machine -DGATEHOUSE_NATIVE_PROGRAM="$unpacked/gatehouse/usr/bin/gatehouse" &&
        cmake --build "$work/cross" --target gatehouse_documentation && [[ ! -e $work/cross/bin/gatehouse ]] || return 1
    for page in gatehouse.8 gatehouse.yaml.5; do
        zcmp "$work/cross/kernel/$page" "$unpacked/gatehouse/usr/share/man/man${page##*.}/$page.gz" || return 1
    done
}

# recommends PACKAGE NAME...: it does, each of them.
recommends() {
    local name
    for name in "${@:2}"; do
        grep -qxF -- "$name" <(field "$1" Recommends | tr -d ' ' | tr ',' '\n') || { echo "$name is missing"; return 1; }
    done
}

look_into() {
    local name
    check "lintian finds no error and no warning" lintian_is_silent
    for name in gatehouse gatehouse-storage-postgresql gatehouse-storage-redis gatehouse-module-device gatehouse-login-step-passkey gatehouse-user-store-ldap gatehouse-user-store-pam gatehouse-user-store-sql gatehouse-dev; do
        check "$name: its SPDX document lists every file and every library" has_bill_of_materials "$name" "$(package "$name")"
    done
    check "gatehouse-doc: its SPDX document lists every file" \
        has_bill_of_materials gatehouse-doc "$packages/gatehouse-doc_${version}_all.deb"
    check "no package holds a secret or a database" holds_no_secret
    check "the links of the guides hold where they are installed" links_of_the_guides_hold
    check "gatehouse provides gatehouse-sdk-abi-0.2" says gatehouse-sdk-abi-0.2 field gatehouse Provides
    check "the plugins depend on it" says gatehouse-sdk-abi-0.2 field gatehouse-storage-postgresql Depends
    check "man takes the manual pages without a warning" manual_pages_are_clean
    check "bash, zsh and fish take the completion" shells_take_the_completion
    check "a build for another machine asks for a gatehouse of this one" cross_build_wants_a_native_program
    check "and has it print the manual pages" cross_build_has_it_print
    check "gatehouse-dev recommends what building and packaging a plugin needs" \
        recommends gatehouse-dev cmake dpkg-dev file g++ ninja-build
    for name in gatehouse-storage-postgresql gatehouse-storage-redis; do
        check "$name recommends the certificates that TLS is checked with" recommends "$name" ca-certificates
    done
    check "a plugin outside the tree builds with gatehouse-dev, and depends on the same name" plugin_builds_with_dev
}

# other_version NAME VERSION [COMMAND...]: the package under another version, with another configuration; COMMAND changes
# what else is in it.
other_version() {
    local folder=$work/repack
    rm -rf "$folder"
    dpkg-deb -R "$(package "$1")" "$folder"
    sed -i "s/^Version: .*/Version: $2/" "$folder/DEBIAN/control"
    if [[ -e $folder$configuration ]]; then
        echo "# as $2 has it" >>"$folder$configuration"
        sed -i "s/^version=.*/version=$2/" "$folder/DEBIAN/preinst"
    fi
    (cd "$folder" && "${@:3}")
    dpkg-deb --root-owner-group -b "$folder" "$machine/packages/$1_$2.deb" >/dev/null
}

apt_options=(-q -y --no-install-recommends --allow-downgrades -o Dpkg::Options::=--force-confold)
install() { in_machine apt-get install "${apt_options[@]}" "$@"; }
this_version() { printf '%s\n' "${@/#//packages/}" | sed "s/\$/_${version}_$architecture.deb/"; }

fresh_machine() { cp -a "$base" "$machine" && mkdir "$machine/packages" && cp "$packages"/*.deb "$machine/packages"; }

# What the packages depend on is fetched before, so that the machine needs no network.
fetch() {
    # shellcheck disable=SC2046  # words are packages
    in_root apt-get update -q && in_root apt-get install --download-only "${apt_options[@]}" "$@" \
        $(this_version gatehouse gatehouse-storage-postgresql gatehouse-storage-redis)
}

make_machine() {
    fresh_machine || return 1
    other_version gatehouse 0.0.9-1
    other_version gatehouse 0.0.1-1 sed -i 's/^known=.*/known=0/' DEBIAN/preinst
    other_version gatehouse 9.0-1
    other_version gatehouse 9.1-1 find . -name module.introspection.so -delete
    other_version gatehouse-storage-postgresql 9.0-1
    fetch curl dbus postgresql redis-server
}

# shellcheck disable=SC2016  # dpkg-query's variables
has_version() { is "$1" in_machine dpkg-query -W -f='${db:Status-Status} ${Version}' gatehouse; }

modes_are_right() {
    is "750 root:gatehouse /etc/gatehouse
750 root:gatehouse /etc/gatehouse/clients.d
644 root:root /etc/gatehouse/gatehouse.yaml
700 gatehouse:gatehouse /var/lib/gatehouse
600 gatehouse:gatehouse /var/lib/gatehouse/root.secret
600 gatehouse:gatehouse /var/lib/gatehouse/gatehouse.db" in_machine stat -c '%a %U:%G %n' /etc/gatehouse \
        /etc/gatehouse/clients.d "$configuration" /var/lib/gatehouse /var/lib/gatehouse/root.secret /var/lib/gatehouse/gatehouse.db
}

serves_at_once() {
    is_running gatehouse && is enabled in_machine systemctl is-enabled gatehouse.service &&
        not in_machine systemctl is-enabled gatehouse.socket && in_machine gatehouse-admin check
}

# Without a word on standard error, which would count as a failure.
own_test_passes() {
    install curl &&
        in_machine sh -ec "$(sed -n 's/^Test-Command: \(gatehouse-admin .*\)/\1/p' "$root/packaging/debian/tests/control")" 2>"$work/said" &&
        is '' cat "$work/said"
}

plugin_of_another_sdk_is_refused() {
    mkdir -p "$work/alien/DEBIAN"
    printf '%s\n' 'Package: gatehouse-user-store-alien' 'Version: 1' 'Architecture: all' 'Maintainer: A <a@b.example>' \
        'Depends: gatehouse-sdk-abi-9.9' 'Description: a plugin' >"$work/alien/DEBIAN/control"
    dpkg-deb -b "$work/alien" "$machine/packages/alien.deb" && says 'Depends: gatehouse-sdk-abi-9.9 but it is not installable' install /packages/alien.deb
}

# The socket is enabled since the restarts under load.
upgrade_under_load() {
    at_loopback "$root/tests/packaging/under_load" "$issuer/api/healthz" nsenter --target "$leader" --all \
        "${surroundings[@]}" apt-get install "${apt_options[@]}" "$(this_version gatehouse)" &&
        is_running gatehouse.socket
}

configuration_of_the_package_is_beside() { cmp "$unpacked/gatehouse$configuration" "$machine$configuration.dpkg-dist"; }

# As the guide says to, with its socket and no password.
moves_to_postgresql_and_redis() {
    install postgresql redis-server && systemctl_ stop gatehouse.socket gatehouse &&
        in_machine runuser -u postgres -- createuser gatehouse &&
        in_machine runuser -u postgres -- createdb --owner gatehouse gatehouse &&
        in_machine gatehouse-admin storage copy --from sqlite:/var/lib/gatehouse/gatehouse.db --to postgresql:///gatehouse &&
        in_machine cp -p "$configuration" "$configuration.sqlite" &&
        in_machine sed -i 's|url: sqlite:.*|url: postgresql:///gatehouse|' "$configuration" &&
        echo 'security: {jwt_secret: {file: /var/lib/gatehouse/root.secret}}
redis: {url: "redis://127.0.0.1:6379/0"}' >>"$machine$configuration" &&
        a_login_under_the_filter && in_machine gatehouse-admin user show ada
}
moves_back() {
    systemctl_ stop gatehouse.socket gatehouse && in_machine mv "$configuration.sqlite" "$configuration" &&
        systemctl_ start gatehouse.socket gatehouse && a_login_works
}

upgrades_the_plugin() { install /packages/gatehouse-storage-postgresql_9.0-1.deb; }

removed_plugin_is_missed() {
    leaves_the_server in_machine apt-get remove -q -y gatehouse-storage-postgresql >"$work/removal" 2>&1 &&
        says storage.postgresql cat "$work/removal" && says "the server that runs was left alone" cat "$work/removal" &&
        restarts_the_server install "$(this_version gatehouse-storage-postgresql)" && has_version "installed $version"
}

# Most of all when the unit's environment makes up for what the file says, or spoils it.
bad_upgrade_leaves_the_server() {
    drop_in environment Environment=SERVER__PORT=none &&
        leaves_the_server install /packages/gatehouse_9.0-1.deb >"$work/upgrade" 2>&1 && has_version "installed 9.0-1" &&
        says 'SERVER__PORT' cat "$work/upgrade" && says "the server that runs was left alone" cat "$work/upgrade" &&
        no_drop_in environment && restarts_the_server systemctl_ restart gatehouse && a_login_works
}

# The configuration that the newer version does not understand is the older one's.
bad_upgrade_is_taken_back() {
    leaves_the_server install /packages/gatehouse_9.1-1.deb && has_version "installed 9.1-1" &&
        restarts_the_server install /packages/gatehouse_9.0-1.deb && has_version "installed 9.0-1" && a_login_works
}

# What does not start is not restarted, whatever else fails.
aborted_upgrade_leaves_the_server() {
    head -c 1000000 "$machine/packages/gatehouse_9.0-1.deb" >"$machine/packages/cut.deb"
    install /packages/gatehouse_9.1-1.deb && leaves_the_server not in_machine dpkg --install /packages/cut.deb &&
        has_version "installed 9.1-1" && install /packages/gatehouse_9.0-1.deb
}

admin_without_dbus_says_so() {
    not in_machine gatehouse-admin check >"$work/said" 2>&1 && says 'install dbus' cat "$work/said" && install dbus
}

impossible_downgrade_stops() {
    leaves_the_server not install /packages/gatehouse_0.0.1-1.deb >"$work/downgrade" 2>&1 &&
        says "gatehouse-admin migrate down --to 0" cat "$work/downgrade" && has_version "installed 9.0-1"
}

removal_keeps_data() {
    is_running gatehouse.socket && in_machine apt-get remove -q -y 'gatehouse*' && is_gone && [[ -e $machine$configuration && -e $machine/var/lib/gatehouse/gatehouse.db ]]
}

# The state often is a file system of its own.
purges() {
    in_machine mount --bind /var/lib/gatehouse /var/lib/gatehouse && in_machine apt-get purge -q -y 'gatehouse*' &&
        in_machine umount /var/lib/gatehouse && in_machine rmdir /var/lib/gatehouse
}

# Whoever was given the user's number later would own what is left of his elsewhere.
only_the_user_is_left() {
    is '' in_machine find / -xdev \( -iname '*gatehouse*' -o -nouser -o -nogroup \) -not -path '/packages/*' \
        -not -path '/var/cache/*' -not -path '/var/log/*' && says gatehouse in_machine id gatehouse
}

# As who makes images does: systemctl calls everything active there, and nothing was ever started.
installs_in_a_chroot() {
    local root=$work/chroot failed=0
    cp -a "$machine" "$root" && mount -t proc proc "$root/proc" || return 1
    chroot "$root" "${surroundings[@]}" SYSTEMD_OFFLINE=1 apt-get install "${apt_options[@]}" "$(this_version gatehouse)" &&
        chroot "$root" "${surroundings[@]}" gatehouse-admin check &&
        chroot "$root" "${surroundings[@]}" apt-get install "${apt_options[@]}" /packages/gatehouse_0.0.9-1.deb || failed=1
    umount "$root/proc"
    rm -rf --one-file-system "$root"
    return "$failed"
}

use() {
    check "a fresh Debian" make_machine
    check "installation and downgrade in a chroot" installs_in_a_chroot
    check "boots" boot
    check "0.0.9 is installed" install /packages/gatehouse_0.0.9-1.deb
    check "without D-Bus gatehouse-admin says what is missing" admin_without_dbus_says_so
    check "the service serves at once, and will after a boot; gatehouse.socket does not" serves_at_once
    check "the test of debian/tests passes" own_test_passes
    check "a person and a site are added" make_people
    check "a login" a_login_works
    check "files and folders have the right modes, the secret made since too" modes_are_right
    use_service
    check "a local edit of the configuration" edit_configuration
    check "an upgrade to $version restarts the server, refuses no connection meanwhile, and keeps edit and data" \
        restarts_the_server upgrade_under_load
    check "the package's configuration is beside it" configuration_of_the_package_is_beside
    # shellcheck disable=SC2046
    check "the storage plugins are installed, which leaves the server alone" \
        leaves_the_server install $(this_version gatehouse-storage-postgresql gatehouse-storage-redis)
    check "the server takes them" takes_the_storage_plugins
    check "everything moves to PostgreSQL and Redis, under the unit's hardening" moves_to_postgresql_and_redis
    check "an upgrade of a plugin that is in use restarts the server" restarts_the_server upgrades_the_plugin
    check "a removal of one says that the server would not start, and the server goes on" removed_plugin_is_missed
    check "and back to SQLite" moves_back
    check "a plugin of another SDK is refused by the package manager" plugin_of_another_sdk_is_refused
    check "an upgrade that would not start says so, and the server goes on" bad_upgrade_leaves_the_server
    check "one can be taken back, though the newer version does not understand the configuration" bad_upgrade_is_taken_back
    check "nor is it restarted when another upgrade breaks off" aborted_upgrade_leaves_the_server
    check "a downgrade that could not read the database stops before anything is changed" impossible_downgrade_stops
    check "downgrade to 0.0.9" install /packages/gatehouse_0.0.9-1.deb
    check "a login" a_login_works
    check "a removal stops the server, and keeps configuration and data" removal_keeps_data
    check "a purge" purges
    check "leaves nothing but the user" only_the_user_is_left
    power_off
}
