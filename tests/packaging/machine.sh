# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154
# Sourced: a fresh Debian in a folder that boots, with systemd as its process 1 and no network but loopback.

suite=bookworm
mirror=${GATEHOUSE_DEBIAN_MIRROR:-http://deb.debian.org/debian}
base=$work/base
machine=$work/machine
booted=
leader=
surroundings=(env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8)

make_base() { mmdebstrap --variant=minbase --include=systemd,systemd-sysv "$suite" "$base" "$mirror"; }

# Before it boots: has the network of this machine.
in_root() { systemd-nspawn --quiet --register=no --keep-unit --pipe -D "$machine" "${surroundings[@]}" "$@"; }

boot() {
    (
        enter_own_control_groups
        exec systemd-nspawn --register=no --keep-unit --private-network --boot --console=pipe -D "$machine"
    ) </dev/null >"$work/console" 2>&1 &
    booted=$!
    soon find_leader && soon is_up
}

# Where this machine runs no systemd, the services of two others would share control groups, and their signals.
own_control_groups() { { findmnt -rn -t cgroup2 -o TARGET; findmnt -rn -t cgroup -O name=systemd -o TARGET; } | sed "s:\$:/gatehouse-test-$$:"; }
enter_own_control_groups() {
    local group
    [[ ! -d /run/systemd/system ]] || return 0
    for group in $(own_control_groups); do
        mkdir -p "$group" && echo "$BASHPID" >"$group/cgroup.procs"
    done
}
leave_no_control_groups() {
    local group
    for group in $(own_control_groups); do
        [[ ! -d $group ]] || find "$group" -depth -type d -exec rmdir {} \; || true
    done
}

# Whatever else of a Debian may not work in a machine like this.
is_up() { in_machine systemctl is-system-running | grep -E 'running|degraded'; }

find_leader() { leader=$(pgrep -P "$booted" -x systemd); }

in_machine() { nsenter --target "$leader" --all "${surroundings[@]}" "$@"; }

# A program of this machine, seen from the other's loopback.
at_loopback() { nsenter --target "$leader" --net "$@"; }

power_off() {
    [[ -n $booted ]] || return 0
    kill -TERM "$booted" 2>/dev/null || true
    wait "$booted" || true
    leave_no_control_groups
    booted=
    rm -rf --one-file-system "$machine"
}
