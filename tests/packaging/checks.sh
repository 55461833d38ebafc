# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Sourced: what every check of the packages is made of.

work=$(mktemp -d)
passed=0
failed=0

# check TEXT COMMAND...: does it, and says whether it passed; its output only when it did not.
check() {
    local text=$1
    shift
    if "$@" >"$work/output" 2>&1; then
        echo "ok    $text"
        passed=$((passed + 1))
    else
        echo "FAIL  $text"
        sed 's/^/      /' "$work/output" | tail -n 40
        failed=$((failed + 1))
    fi
}

not() { ! "$@"; }

# lacks TEXT COMMAND...: it succeeds, and its output does not have TEXT.
lacks() {
    local text=$1 output
    shift
    output=$("$@") && [[ -n $output ]] && not grep -F -- "$text" <<<"$output"
}

# says TEXT COMMAND...: its output has TEXT, whether it succeeds or not.
says() {
    local text=$1 output
    shift
    output=$("$@" 2>&1) || true
    grep -qF -- "$text" <<<"$output" || { printf '"%s" is not in:\n%s\n' "$text" "$output"; return 1; }
}

# is TEXT COMMAND...: its output is TEXT.
is() {
    local text=$1 output
    shift
    output=$("$@" 2>&1) || true
    [[ $output == "$text" ]] || diff <(echo "$text") <(echo "$output")
}

# soon COMMAND...: it succeeds, in a minute at the latest.
soon() {
    local end=$((SECONDS + 60))
    until "$@" >"$work/attempt" 2>&1; do
        ((SECONDS < end)) || { cat "$work/attempt"; return 1; }
        sleep 0.2
    done
}
