#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# build_template.sh CMAKE BUILD_FOLDER COMPILER: the path of an integrator, from the installed SDK to a package.
set -eu
cmake=$1 build=$2 compiler=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$cmake" --install "$build" --component dev --prefix "$work/prefix" >"$work/install.log"
mkdir "$work/acme"
cp -r "$work/prefix/share/gatehouse/plugin-template/common/." "$work/prefix/share/gatehouse/plugin-template/user_store/." "$work/acme"
configure() {
    CXX=$compiler "$cmake" -S "$work/acme" -G Ninja -DCMAKE_PREFIX_PATH="$work/prefix" "$@" 2>&1
}

# What a build could not succeed with is told before it.
if configure -B "$work/without" -DCMAKE_FIND_USE_CMAKE_SYSTEM_PATH=OFF \
    -DCMAKE_FIND_USE_SYSTEM_ENVIRONMENT_PATH=OFF -DCMAKE_MAKE_PROGRAM="$(command -v ninja)" >"$work/without.log"; then
    echo "CppUnit is not looked for when the template is configured" >&2
    exit 1
fi
tr -s '\n ' ' ' <"$work/without.log" | grep -qF "needs CppUnit, which is not installed: libcppunit-dev"

# A prefix of one's own is no place for a package, unless it is said.
configure -B "$work/own" | tr -s '\n ' ' ' | grep -qF "will put the plugin under $work/prefix, where the SDK was found"
configure -B "$work/said" -DCPACK_PACKAGING_INSTALL_PREFIX=/usr >"$work/said.log"
if grep -q "CMake Warning" "$work/said.log"; then
    cat "$work/said.log" >&2
    exit 1
fi

CXX=$compiler "$work/acme/ci" -DCMAKE_PREFIX_PATH="$work/prefix"

exported=$(nm -D --defined-only --format=posix "$work/acme/build/plugins/user_store.acme.so" | cut -d' ' -f1)
if [ "$exported" != gatehouse_plugin ]; then
    echo "user_store.acme.so exports more than gatehouse_plugin:" "$exported" >&2
    exit 1
fi
if [ -e "$work/prefix/bin" ]; then
    echo "the dev component installs programs" >&2
    exit 1
fi
ls "$work"/acme/build/gatehouse-user-store-acme_*.deb
