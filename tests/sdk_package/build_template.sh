#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# build_template.sh CMAKE BUILD_FOLDER COMPILER: the path of an integrator, from the installed SDK to a package.
set -eu
cmake=$1 build=$2 compiler=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$cmake" --install "$build" --component dev --prefix "$work/prefix" >"$work/install.log"
cp -r "$work/prefix/share/gatehouse/plugin-template" "$work/acme"
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
