// SPDX-License-Identifier: Apache-2.0
#include "Services.h"
#include "app/cli/ClientText.h"
#include "app/cli/Command.h"
#include "app/cli/FileText.h"
#include "app/cli/Offline.h"
#include "app/cli/Output.h"
#include "client/ClientDirectory.h"
#include "client/ClientEditor.h"
#include "client/ClientMetadata.h"
#include "client/ClientRules.h"
#include "client/Lifetimes.h"
#include "config/ClientFiles.h"
#include "config/SettingReader.h"
#include "json/Json.h"
#include "json/Members.h"
#include "text/Suggest.h"

#include <algorithm>
#include <charconv>
#include <iostream>

namespace gatehouse {

namespace {

constexpr std::size_t pageSize = 500;

const std::vector<CommandOption>& metadataOptions() {  // NOLINT(readability-function-size): a table
    static const std::vector<CommandOption> options{
        {"name", "TEXT", "what people see when they sign in"},
        {"redirect-uri", "URI", "where answers go; give it once for each"},
        {"post-logout-redirect-uri", "URI",
         "where people may go on after a sign-out; once for each"},
        {"any-localhost-port", "",
         "the port of a redirect URI http://localhost is free, as that of 127.0.0.1 always is"},
        {"any-app-scheme", "",
         "redirect URIs of an app's short scheme, such as cursor, which other apps can claim too"},
        {"grant", "TYPE",
         "authorization_code, implicit, refresh_token, client_credentials or a URI; once for each",
         "authorization_code implicit refresh_token client_credentials"},
        {"response-type", "\"A B\"",
         "what it asks the authorization endpoint for: code (default), or \"code id_token\" and "
         "others where there are plugins for them; once for each",
         "code id_token"},
        {"scope", "\"A B\"", "what it may ask for"},
        {"auth-method", "METHOD",
         "client_secret_basic (default), client_secret_post, client_secret_jwt, private_key_jwt, "
         "none",
         "client_secret_basic client_secret_post client_secret_jwt private_key_jwt none"},
        {"jwks", "FILE", "its public keys or certificates, a JWK Set"},
        {"profile", "NAME", "what it is held to: mcp, oauth2.1, fapi2 or fapi2_message_signing",
         "mcp oauth2.1 fapi2 fapi2_message_signing"},
        {"pkce", "WHEN", "required (default), or optional for a client with a secret",
         "required optional"},
        {"assertion-audience", "WHO",
         "issuer: its assertions name the issuer alone; endpoint (default): or the endpoint",
         "issuer endpoint"},
        {"no-refresh-token-rotation", "", "its refresh tokens stay as they are"},
        {"access-token-ttl", "SECONDS", "life of its access tokens; otherwise the issuer's"},
        {"refresh-token-ttl", "SECONDS", "longest life of an authorization and its refresh tokens"},
        {"id-token-ttl", "SECONDS", "life of its ID tokens"},
        {"code-ttl", "SECONDS", "life of its authorization codes"},
        {"refresh-token-grace", "SECONDS",
         "how long the refresh token before is still answered; 0 turns it off"},
        {"refresh-token-idle", "SECONDS",
         "how long a refresh token may lie unused; 0: as long as it lives"},
        {"consent", "HOW", "explicit (default): people are asked; implicit: a site of your own",
         "explicit implicit"},
        {"access-token-format", "NAME",
         "a token_format plugin: jwt, opaque or another; otherwise the first", "jwt opaque"},
        {"access-token-alg", "ALG", "RS256, PS256, ES256, EdDSA or HS256",
         "RS256 PS256 ES256 EdDSA HS256"},
        {"id-token-alg", "ALG", "RS256 (default), PS256, ES256 or EdDSA",
         "RS256 PS256 ES256 EdDSA"},
        {"subject-type", "TYPE",
         "public (default): every client knows people by the same subject; or what a plugin "
         "brings"},
        {"id-token-claim", "NAME", "a claim its ID tokens carry too; once for each"},
        {"access-token-claim", "NAME", "a claim its access tokens carry too; once for each"},
        {"logo-uri", "URL", "shown when people sign in"},
        {"policy-uri", "URL", "its privacy policy"},
        {"tos-uri", "URL", "its terms of service"},
        {"member", "NAME=VALUE",
         "a member that a plugin understands; the value is JSON, or else a text; once for each"},
    };
    return options;
}

std::vector<CommandOption> withMetadata(std::vector<CommandOption> options) {
    options.insert(options.end(), metadataOptions().begin(), metadataOptions().end());
    return options;
}

struct OptionMember {
    const char* option;
    const char* member;
};

constexpr OptionMember listMembers[] = {
    {"redirect-uri", "redirect_uris"},
    {"post-logout-redirect-uri", "post_logout_redirect_uris"},
    {"grant", "grant_types"},
    {"response-type", "response_types"},
    {"id-token-claim", "id_token_claims"},
    {"access-token-claim", "access_token_claims"},
};

constexpr OptionMember textMembers[] = {
    {"id", "client_id"},
    {"name", "client_name"},
    {"auth-method", "token_endpoint_auth_method"},
    {"profile", "profile"},
    {"pkce", "pkce"},
    {"assertion-audience", "client_assertion_audience"},
    {"consent", "consent"},
    {"access-token-format", "access_token_format"},
    {"access-token-alg", "access_token_signed_response_alg"},
    {"id-token-alg", "id_token_signed_response_alg"},
    {"subject-type", "subject_type"},
    {"logo-uri", "logo_uri"},
    {"policy-uri", "policy_uri"},
    {"tos-uri", "tos_uri"},
};

constexpr OptionMember numberMembers[] = {
    {"access-token-ttl", accessTokenTtl.name},
    {"refresh-token-ttl", refreshTokenTtl.name},
    {"id-token-ttl", idTokenTtl.name},
    {"code-ttl", codeTtl.name},
    {"refresh-token-grace", refreshTokenGrace.name},
    {"refresh-token-idle", refreshTokenIdle.name},
};

constexpr OptionMember flagMembers[] = {
    {"any-localhost-port", "any_localhost_port"},
    {"any-app-scheme", "any_app_scheme"},
};

std::string spaced(const std::vector<std::string>& texts) {
    std::string text;
    for (const auto& entry : texts) {
        text += (text.empty() ? "" : " ") + entry;
    }
    return text;
}

Value jsonOf(const std::string& file) {
    auto json = parseJson(readFileText(file));
    if (!json) {
        throw UsageError{file + " is not JSON"};
    }
    return *std::move(json);
}

std::int64_t secondsIn(const Arguments& arguments, const char* option) {
    const auto text = arguments.text(option);
    std::int64_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc() || end != text.data() + text.size()) {
        throw UsageError{std::string("--") + option + ": \"" + text +
                         "\" is not a number of seconds"};
    }
    return number;
}

/// Those of plugins.
void addMembers(const Arguments& arguments, ValueMap& metadata) {
    for (const auto& member : arguments.list("member")) {
        const auto middle = member.find('=');
        if (middle == 0 || middle == std::string::npos) {
            throw UsageError{"--member is NAME=VALUE"};
        }
        const auto text = member.substr(middle + 1);
        metadata.set(member.substr(0, middle), parseJson(text).value_or(Value(text)));
    }
}

ValueMap metadataFrom(const Arguments& arguments) {
    ValueMap metadata;
    for (const auto& row : textMembers) {
        if (arguments.has(row.option)) {
            metadata.set(row.member, arguments.text(row.option));
        }
    }
    for (const auto& row : flagMembers) {
        if (arguments.has(row.option)) {
            metadata.set(row.member, true);
        }
    }
    for (const auto& row : numberMembers) {
        if (arguments.has(row.option)) {
            metadata.set(row.member, secondsIn(arguments, row.option));
        }
    }
    if (arguments.has("no-refresh-token-rotation")) {
        metadata.set("refresh_token_rotation", false);
    }
    for (const auto& row : listMembers) {
        if (arguments.has(row.option)) {
            metadata.set(row.member, listOfTexts(arguments.list(row.option)));
        }
    }
    if (arguments.has("scope")) {
        metadata.set("scope", spaced(arguments.list("scope")));
    }
    if (arguments.has("jwks")) {
        metadata.set("jwks", jsonOf(arguments.text("jwks")));
    }
    addMembers(arguments, metadata);
    return metadata;
}

void print(const Arguments& arguments, const ValueMap& members) {
    if (arguments.has("json")) {
        printJson(members);
    } else {
        printMembers(members);
    }
}

int printNew(const Arguments& arguments, const Offline& offline, const NewClient& made) {
    ValueMap members = describedClient(made.client);
    members.erase("secrets");
    const bool isMade = !made.secret.empty() && !arguments.has("secret-stdin");
    if (isMade) {
        members.set("client_secret", made.secret.view());
    }
    print(arguments, members);
    if (isMade && !arguments.has("json")) {
        std::cout << "\nThe secret is shown this once; only its hash is kept.\n";
    }
    offline.audit(arguments, made.client.id);
    if (const auto failure = flushOutput(); failure && isMade) {
        throw CommandFailure{ExitCode::failed, *failure + ": the client \"" + made.client.id +
                                                   "\" is stored, but its new secret is lost; "
                                                   "client rotate-secret gives a new one"};
    }
    return ExitCode::done;
}

void checkMember(const std::string& option, const std::string& name,
                 const std::vector<std::string>& known) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
        throw UsageError{option + ": a client has no member \"" + name + "\"" +
                         suggestion(name, known)};
    }
}

/// Those of plugins stand behind `--member` and, with ours, behind `--clear`; there also what the
/// client has, for its plugin may be gone.
void checkMembers(const Arguments& arguments, const Offline& offline, const ValueMap& has = {}) {
    auto known = offline.core().clientRules().members();
    for (const auto& member : arguments.list("member")) {
        checkMember("--member", member.substr(0, member.find('=')), known);
    }
    for (const auto& field : clientFields()) {
        if (field.kind != Kind::secret) {
            known.emplace_back(field.name);
        }
    }
    for (const auto& member : has) {
        known.push_back(member.name);
    }
    for (const auto& member : arguments.list("clear")) {
        checkMember("--clear", member, known);
    }
}

int add(const Arguments& arguments) {
    ValueMap metadata = metadataFrom(arguments);
    if (arguments.has("id") && arguments.text("id").empty()) {
        throw UsageError{"--id is empty; leave it out and one is made"};
    }
    if (arguments.has("secret-stdin")) {
        metadata.set("client_secret", readStandardInputLine().view());
    }
    const Offline offline(arguments, Offline::Database::begun);
    checkMembers(arguments, offline);
    return printNew(
        arguments, offline,
        valueOrFail(offline.core().clientEditor().add(offline.context(), std::move(metadata))));
}

int update(const Arguments& arguments) {
    ValueMap changes = metadataFrom(arguments);
    if (arguments.has("disable") || arguments.has("enable")) {
        changes.set("disabled", arguments.has("disable"));
    }
    for (const auto& member : arguments.list("clear")) {
        changes.set(member, Value());
    }
    if (changes.empty()) {
        throw UsageError{"nothing to change"};
    }
    const Offline offline(arguments);
    const auto& id = arguments.positional.front();
    const auto before = valueOrFail(offline.core().clients().read(offline.context(), id));
    checkMembers(arguments, offline, before == nullptr ? ValueMap() : before->metadata);
    const auto client =
        valueOrFail(offline.core().clientEditor().update(offline.context(), id, changes));
    offline.audit(arguments, id);
    print(arguments, describedClient(client));
    return ExitCode::done;
}

std::vector<Client> everyClient(const Offline& offline) {
    const auto issuer = offline.context().issuer.id;
    std::vector<Client> clients = *valueOrFail(offline.core().clients().staticClients(issuer));
    std::string after;
    do {
        auto page =
            valueOrFail(offline.core().clientEditor().list(offline.context(), after, pageSize));
        clients.insert(clients.end(), page.clients.begin(), page.clients.end());
        after = page.next;
    } while (!after.empty());
    return clients;
}

int list(const Arguments& arguments) {
    const Offline offline(arguments);
    ValueList all;
    std::vector<std::vector<std::string>> rows;
    for (const auto& client : everyClient(offline)) {
        all.emplace_back(describedClient(client));
        rows.push_back({client.id, client.name, client.authMethod, joined(client.grantTypes),
                        client.isStatic ? "file" : "storage", client.isDisabled ? "disabled" : ""});
    }
    if (arguments.has("json")) {
        printJson(all);
    } else {
        printTable({"CLIENT_ID", "NAME", "AUTH METHOD", "GRANTS", "FROM", ""}, rows);
    }
    return ExitCode::done;
}

int remove(const Arguments& arguments) {
    const Offline offline(arguments);
    const auto& id = arguments.positional.front();
    valueOrFail(offline.core().clientEditor().remove(offline.context(), id));
    offline.audit(arguments, id);
    return ExitCode::done;
}

/// As durations are written in the configuration; without a unit, seconds.
seconds overlapFrom(const Arguments& arguments) {
    constexpr std::int64_t day = 86'400'000;
    constexpr Field overlap{"overlap", Kind::duration, optional, "", between(0, 365 * day)};
    std::string text = arguments.has("overlap") ? arguments.text("overlap") : "1d";
    if (!text.empty() && text.find_first_not_of("0123456789") == std::string::npos) {
        text += "s";
    }
    const auto length = readSetting(overlap, ConfigNode::text(text, {}));
    if (!length) {
        throw UsageError{"--overlap: " + length.error().text};
    }
    return std::chrono::duration_cast<seconds>(std::get<milliseconds>(*length));
}

int rotateSecret(const Arguments& arguments) {
    const seconds overlap = overlapFrom(arguments);
    const Offline offline(arguments);
    return printNew(arguments, offline,
                    valueOrFail(offline.core().clientEditor().rotateSecret(
                        offline.context(), arguments.positional.front(), overlap)));
}

}  // namespace

std::vector<Command> clientCommands() {  // NOLINT(readability-function-size): a table
    return {
        {"client add", "", "register a client (a site, an app, a service)",
         "Prints the client_id and, for methods that use one, the secret that was made, which is "
         "shown this once.",
         withMetadata(
             {{"id", "CLIENT_ID", "its client_id; made when left out"},
              {"secret-stdin", "", "take the secret from standard input instead of making one"}}),
         "gatehouse client add --name Shop --redirect-uri https://shop.example/callback --grant "
         "authorization_code "
         "--grant refresh_token",
         add},
        {"client list",
         "",
         "list the clients",
         "Those of clients_dir are shown as from a file.",
         {},
         "",
         list},
        {"client update", "CLIENT_ID", "change a client",
         "What is given replaces what was there. A running server sees it within a second.",
         withMetadata({{"clear", "MEMBER", "remove a metadata member, for instance logo_uri"},
                       {"disable", "", "refuse it everywhere until it is enabled again"},
                       {"enable", "", "let it in again"}}),
         "gatehouse client update shop --redirect-uri https://shop.example/signin", update},
        {"client remove",
         "CLIENT_ID",
         "remove a client",
         "Its tokens are refused from then on. A client added under its id later inherits nothing.",
         {},
         "",
         remove},
        {"client rotate-secret",
         "CLIENT_ID",
         "give a client a new secret",
         "The old secret stays good for the overlap, so that the site can be changed without an "
         "outage.",
         {{"overlap", "DURATION",
           "how long the old secret stays good, such as 90s, 1h, 7d; 1d when left out"}},
         "gatehouse client rotate-secret shop --overlap 1h",
         rotateSecret},
    };
}

}  // namespace gatehouse
