#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# check_exports.sh [BUILD FOLDER]: each plugin exports its entry point and nothing else, runs nothing when it is
# loaded, and does not link the core.
set -euo pipefail

build=${1:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)/build/release}
faults=0
fault() {
    echo "$1: $2"
    faults=$((faults + 1))
}

# Prints how many constructors only initialize the standard streams.
stream_initializers() {
    objdump -d --no-show-raw-insn "$1" | awk '
        /^[0-9a-f]+ <_GLOBAL__sub_I/ { inside = 1; other = 0; next }
        inside && /(call|jmp)/ && !/<_ZNSt8ios_base4InitC1Ev@plt>|<__cxa_atexit@plt>/ { other = 1 }
        inside && /^$/ { count += !other; inside = 0 }
        END { print count + (inside && !other) }'
}

shopt -s nullglob
plugins=("$build"/plugins/*.so)
if ((${#plugins[@]} == 0)); then
    echo "no plugins in $build/plugins" >&2
    exit 1
fi

for file in "${plugins[@]}"; do
    name=$(basename "$file")

    exported=$(nm -D --defined-only --format=posix "$file" | awk '{ print $1 }' | sort)
    if [[ $exported != gatehouse_plugin ]]; then
        fault "$name" "exports more or other than gatehouse_plugin: $(echo "$exported" | grep -vx gatehouse_plugin | head -n 5 | c++filt | paste -sd';')"
    fi

    needed=$(readelf -d "$file" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p')
    if grep -q '^libgatehouse-core' <<<"$needed"; then
        fault "$name" "links the core"
    fi

    flags=$(readelf -d "$file")
    grep -q 'NODELETE' <<<"$flags" || fault "$name" "is not linked with -z nodelete"
    grep -qE 'BIND_NOW|\(FLAGS_1\).*NOW' <<<"$flags" || fault "$name" "is not linked with -z now"

    # One pointer is the toolchain's own. A global constructor would run before the version is checked; only the one
    # that <iostream> brings along does nothing of the plugin's.
    size=$(readelf -S -W "$file" | awk '{ for (i = 1; i <= NF; i++) if ($i == ".init_array") print $(i + 4) }')
    constructors=$((16#${size:-8} / 8 - 1))
    if ((constructors > $(stream_initializers "$file"))); then
        fault "$name" "runs global constructors when it is loaded"
    fi
done

echo "exports: ${#plugins[@]} plugins, $faults faults"
((faults == 0))
