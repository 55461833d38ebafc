# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154,SC2016,SC1003
# Sourced: what a service must do, whatever package brought it.

issuer=http://127.0.0.1:1314
configuration=/etc/gatehouse/gatehouse.yaml
drop_ins=$machine/etc/systemd/system/gatehouse.service.d

of_the_service() { in_machine systemctl show --value --property="$1" gatehouse.service; }
is_running() { is active in_machine systemctl is-active "$1"; }
# Starts of tests do not count as too many.
systemctl_() { in_machine systemctl reset-failed gatehouse; in_machine systemctl "$@" || { in_machine journalctl -u gatehouse -n 20 -o cat; return 1; }; }

# A person and a site, made once; they must be there ever after.
make_people() {
    printf '%s' 'correct horse battery' |
        in_machine gatehouse-admin user add ada --password-stdin --claim name="Ada Lovelace" --claim email=ada@example.org \
            --claim email_verified=true &&
        in_machine gatehouse-admin client add --id shop --name Shop --redirect-uri https://shop.example/callback \
            --grant authorization_code --grant refresh_token \
            --scope "openid profile email address phone offline_access" --json >"$work/client.json"
}

a_login_works() {
    python3 -c '
import json, sys
made = json.load(open(sys.argv[1]))
print(json.dumps({"issuer": sys.argv[2], "client_id": "shop", "client_secret": made["client_secret"],
                  "redirect_uri": "https://shop.example/callback", "username": "ada", "password": "correct horse battery"}))
' "$work/client.json" "$issuer" | at_loopback "$root/packaging/one-login" && is_running gatehouse
}

# drop_in NAME LINE...: more for the unit's section [Service].
drop_in() {
    mkdir -p "$drop_ins"
    printf '%s\n' '[Service]' "${@:2}" >"$drop_ins/$1.conf"
    in_machine systemctl daemon-reload
}
no_drop_in() {
    rm "$drop_ins/$1.conf"
    rmdir "$drop_ins" 2>/dev/null || true
    in_machine systemctl daemon-reload
}

# What the filter of system calls refuses ends the process, so that no refusal goes unseen.
a_login_under_the_filter() {
    drop_in filter SystemCallErrorNumber=kill && systemctl_ restart gatehouse && a_login_works && systemctl_ stop gatehouse &&
        is success of_the_service Result && no_drop_in filter && systemctl_ start gatehouse
}

takes_the_storage_plugins() {
    is 2 in_machine sh -c "gatehouse plugins | grep -c '^storage\.\(postgresql\|redis\) *[0-9]'"
}

hardened() {
    local figure
    figure=$(in_machine systemd-analyze security --no-pager gatehouse.service |
        sed -n 's/.*Overall exposure level.*: \([0-9.]*\) .*/\1/p')
    echo "exposure $figure"
    [[ -n $figure ]] && awk -v figure="$figure" 'BEGIN { exit figure > 2.0 }'
}

units_verify() {
    is '' in_machine systemd-analyze verify --man=no /lib/systemd/system/gatehouse.service /lib/systemd/system/gatehouse.socket
}

has_restarted() { [[ $(of_the_service NRestarts) == "$1" ]] && is_running gatehouse; }

# Also when somebody has found what ends it, and does so again and again.
comes_back_when_killed() {
    local times
    systemctl_ restart gatehouse || return 1
    for times in {1..8}; do
        in_machine systemctl kill --signal=KILL gatehouse && soon has_restarted "$times" || return 1
    done
    a_login_works
}

comes_back_when_it_stands_still() {
    drop_in watchdog WatchdogSec=3s && systemctl_ restart gatehouse && in_machine systemctl kill --signal=STOP gatehouse &&
        soon has_restarted 1 && says 'Watchdog timeout' in_machine journalctl -u gatehouse &&
        a_login_works && no_drop_in watchdog && systemctl_ restart gatehouse
}

break_configuration() { in_machine sed -i 's/^server:/sever:/' "$configuration"; }
mend_configuration() { in_machine sed -i 's/^sever:/server:/' "$configuration"; }

reload_says_what_is_wrong() {
    not in_machine systemctl reload gatehouse && says 'did you mean "server"?' in_machine journalctl -u gatehouse -n 20 -o cat
}
wrong_reload_fails() {
    break_configuration && leaves_the_server reload_says_what_is_wrong && mend_configuration && systemctl_ reload gatehouse
}

wrong_start_is_not_tried_again() {
    break_configuration && not in_machine systemctl restart gatehouse && is failed of_the_service ActiveState &&
        is 0 of_the_service NRestarts && says 'did you mean' in_machine journalctl -u gatehouse -n 20 -o cat &&
        mend_configuration && systemctl_ start gatehouse
}

# As the guide says to. The socket stays enabled.
restart_refuses_no_connection() {
    systemctl_ enable gatehouse.socket && systemctl_ stop gatehouse && systemctl_ start gatehouse.socket gatehouse &&
        at_loopback "$root/tests/packaging/under_load" "$issuer/api/healthz" \
            nsenter --target "$leader" --all sh -c 'for each in 1 2 3; do systemctl restart gatehouse || exit; done' &&
        a_login_works
}

is_gone() { not is_running gatehouse && not is_running gatehouse.socket; }

# gatehouse-admin has what the service has: odd characters, files that only root may read, the last of two.
environment_counts() {
    in_machine sh -c 'umask 077; echo OAUTH__REFRESH_TOKEN_TTL_SECS=1111 >"/etc/one file"; echo OAUTH__REFRESH_TOKEN_TTL_SECS=7777 >/etc/two' &&
        drop_in environment 'Environment="APP_CONFIG=/etc/a $HOME `b` \'\''c\'\'' %%d.yaml"' 'EnvironmentFile=/etc/one file' \
            EnvironmentFile=-/etc/none EnvironmentFile=/etc/two &&
        in_machine cp "$configuration" '/etc/a $HOME `b` '\''c'\'' %d.yaml' && systemctl_ restart gatehouse &&
        says 'configuration: /etc/a $HOME `b` '\''c'\'' %d.yaml' in_machine gatehouse-admin config &&
        says 'refresh_token_ttl_secs: 7777 ' in_machine gatehouse-admin config || return 1
    in_machine sh -c 'rm /etc/a\ * "/etc/one file" /etc/two' && no_drop_in environment && systemctl_ restart gatehouse
}

# Nothing of its arguments and its folder is expanded, or text for systemd.
arguments_are_arguments() {
    local folder=$'/tmp/x\nExecStopPost=+/tmp/evil'
    in_machine mkdir -p "$folder" && in_machine sh -c 'cd "$1" && gatehouse-admin user add odd --password-stdin --claim "$2"' - \
        "$folder" 'name=A$$B ${HOME} $HOME %h' <<<'correct horse battery' &&
        says 'A$$B ${HOME} $HOME %h' in_machine gatehouse-admin user show odd && in_machine gatehouse-admin user remove odd &&
        not in_machine grep -r evil /run/systemd
}

# A secret that only root can read, one that a further group of the unit can, and one that a further group of the user can.
credentials_and_groups_count() {
    in_machine cp -p "$configuration" "$configuration.kept" && in_machine cp -p /var/lib/gatehouse/root.secret /etc/gatehouse/secret &&
        in_machine chown root:root /etc/gatehouse/secret &&
        echo 'security: {jwt_secret: {file: /run/credentials/gatehouse.service/secret}}' >>"$machine$configuration" &&
        drop_in credential LoadCredential=secret:/etc/gatehouse/secret && systemctl_ restart gatehouse && a_login_works &&
        in_machine gatehouse-admin check && no_drop_in credential || return 1
    in_machine chown root:games /etc/gatehouse/secret && in_machine chmod 640 /etc/gatehouse/secret &&
        in_machine sed -i s:/run/credentials/gatehouse.service/:/etc/gatehouse/: "$configuration" &&
        drop_in groups SupplementaryGroups=games && systemctl_ restart gatehouse && a_login_works &&
        in_machine gatehouse-admin check && no_drop_in groups || return 1
    in_machine chown root:video /etc/gatehouse/secret && in_machine gpasswd -a gatehouse video && systemctl_ restart gatehouse &&
        a_login_works && in_machine gatehouse-admin check && in_machine gpasswd -d gatehouse video &&
        in_machine rm /etc/gatehouse/secret &&
        in_machine mv "$configuration.kept" "$configuration" && systemctl_ restart gatehouse
}

other_user_counts() {
    drop_in user User=daemon Group=games && says 'Permission denied' in_machine gatehouse-admin user list &&
        is gatehouse in_machine stat -c %U /var/lib/gatehouse/gatehouse.db && no_drop_in user
}

edit_configuration() { in_machine sed -i 's/access_token_ttl_secs: 600/access_token_ttl_secs: 601/' "$configuration"; }

# restarts_the_server COMMAND...: it does, and keeps the local edit and the data.
restarts_the_server() {
    local process
    process=$(of_the_service MainPID)
    "$@" && grep -q 'access_token_ttl_secs: 601' "$machine$configuration" && not is "$process" of_the_service MainPID && a_login_works
}

# leaves_the_server COMMAND...: it succeeds, and the same process serves as before.
leaves_the_server() {
    local process
    process=$(of_the_service MainPID)
    "$@" && is "$process" of_the_service MainPID && a_login_works
}

use_service() {
    check "the unit's files are without fault" units_verify
    check "systemd-analyze security rates the service 2.0 or better" hardened
    check "a login, while a system call that the unit's filter refuses ends the server" a_login_under_the_filter
    check "killed eight times in a row, it comes back each time" comes_back_when_killed
    check "standing still, it is ended by the watchdog and comes back" comes_back_when_it_stands_still
    check "a reload with a wrong configuration fails and changes nothing" wrong_reload_fails
    check "a start with a wrong configuration says why, and is not tried again and again" wrong_start_is_not_tried_again
    check "gatehouse-admin has the environment of the service" environment_counts
    check "gatehouse-admin takes the arguments as they are" arguments_are_arguments
    check "a secret by LoadCredential= or SupplementaryGroups=: the server and gatehouse-admin take it" credentials_and_groups_count
    check "gatehouse-admin is the user that a drop-in says" other_user_counts
    check "with gatehouse.socket, no connection is refused in restarts under load" restart_refuses_no_connection
}
