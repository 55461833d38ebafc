#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# check_links.sh [BUILD FOLDER]: libraries that the README names work where it says.
set -euo pipefail

build=${1:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)/build/release}
faults=0
links() {
    local file=$1 library
    shift
    for library in "$@"; do
        if ! readelf -d "$build/$file" | grep -q "(NEEDED).*\[lib$library\.so"; then
            echo "$file: does not link $library"
            faults=$((faults + 1))
        fi
    done
}

links bin/gatehouse PocoFoundation PocoNet PocoNetSSL PocoUtil PocoJWT
links plugins/mailer.smtp.so PocoNet PocoNetSSL
links plugins/storage.sqlite.so PocoData PocoDataSQLite
links plugins/storage.postgresql.so PocoData PocoDataPostgreSQL
links plugins/storage.redis.so PocoRedis
links plugins/module.device.so qrencode
links plugins/login_step.passkey.so fido2
links plugins/user_store.ldap.so 'ldap[-.0-9]*'
links plugins/user_store.pam.so pam
links plugins/user_store.sql.so PocoData PocoDataSQLite PocoDataPostgreSQL PocoDataMySQL
links plugins/user_store.sql.odbc PocoData PocoDataODBC

echo "links: $faults faults"
((faults == 0))
