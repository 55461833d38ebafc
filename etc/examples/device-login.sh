#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Signs somebody in from a terminal (RFC 8628) and prints an access token. Needs curl and sed.
#   ISSUER=https://id.example CLIENT_ID=cli sh device-login.sh
set -eu

: "${ISSUER:?}" "${CLIENT_ID:?}"
scope=${SCOPE:-openid profile}

# member NAME: the text or number of a member of the JSON on standard input.
member() { sed -n 's/.*"'"$1"'" *: *"\{0,1\}\([^",}]*\).*/\1/p'; }

codes=$(curl -sS "$ISSUER/api/oauth/device_authorization" -d "client_id=$CLIENT_ID" --data-urlencode "scope=$scope")
device_code=$(printf '%s' "$codes" | member device_code)
if [ -z "$device_code" ]; then
    echo "no codes: $codes" >&2
    exit 1
fi
echo "Open $(printf '%s' "$codes" | member verification_uri) and enter $(printf '%s' "$codes" | member user_code)," >&2
echo "or open $(printf '%s' "$codes" | member verification_uri_complete)" >&2

interval=$(printf '%s' "$codes" | member interval)
while sleep "$interval"; do
    answer=$(curl -sS "$ISSUER/api/oauth/token" -d "client_id=$CLIENT_ID" -d "device_code=$device_code" \
        -d grant_type=urn:ietf:params:oauth:grant-type:device_code)
    case $(printf '%s' "$answer" | member error) in
        authorization_pending) ;;
        slow_down) interval=$((interval + 5)) ;;
        "") printf '%s\n' "$(printf '%s' "$answer" | member access_token)"; exit ;;
        *) echo "not signed in: $answer" >&2; exit 1 ;;
    esac
done
