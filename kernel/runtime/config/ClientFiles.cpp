// SPDX-License-Identifier: Apache-2.0
#include "config/ClientFiles.h"

#include "client/Lifetimes.h"
#include "config/CheckedConfig.h"
#include "config/ConfigFile.h"
#include "config/SettingReader.h"
#include "config/TreeValue.h"
#include "text/Contains.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <optional>

namespace gatehouse {

namespace {

constexpr Field fields[] = {
    {"client_id", Kind::text, required, "what the client calls itself", between(1, 255)},
    {"client_name", Kind::text, optional, "what people are shown"},
    {"client_secret", Kind::secret, optional, "a text, or {file: PATH}", between(16, 4096)},
    {"client_secret_expires_at", Kind::number, optional, "0: a secret in a file does not expire",
     between(0, 0)},
    {"client_id_issued_at", Kind::number, optional, "as another server told it; kept, not used",
     between(0, INT64_MAX)},
    {"software_id", Kind::text, optional, "which software it is; kept, not used"},
    {"software_version", Kind::text, optional, "its version; kept, not used"},
    {"token_endpoint_auth_method", Kind::text, optional,
     "client_secret_basic, none, private_key_jwt ..."},
    {"token_endpoint_auth_signing_alg", Kind::text, optional,
     "the one algorithm of its assertions, such as ES256"},
    {"redirect_uris", Kind::list, optional, "where answers may be sent, to the letter"},
    {"any_localhost_port", Kind::boolean, optional,
     "the port of http://localhost is free, as that of 127.0.0.1 always is"},
    {"any_app_scheme", Kind::boolean, optional,
     "redirect URIs of an app's short scheme, such as cursor, which any other app can claim"},
    {"post_logout_redirect_uris", Kind::list, optional,
     "where people may be sent after a sign-out, to the letter"},
    {"grant_types", Kind::list, optional, "what it may ask tokens with"},
    {"response_types", Kind::list, optional, "what it may ask the authorization endpoint for"},
    {"scope", Kind::text, optional, "what it may ask for, separated by blanks"},
    {"contacts", Kind::list, optional, "e-mail addresses of those responsible"},
    {"client_uri", Kind::url, optional, "its home page"},
    {"logo_uri", Kind::url, optional, "its logo"},
    {"brand_name", Kind::text, optional, "whose the pages of logins for it are, at their foot"},
    {"brand_color", Kind::text, optional, "the colour of these pages, #rrggbb"},
    {"policy_uri", Kind::url, optional, "its privacy policy"},
    {"tos_uri", Kind::url, optional, "its terms of service"},
    {"jwks", Kind::map, optional, "its public keys (RFC 7517)"},
    {"default_max_age", Kind::number, optional, "seconds after which people log in again",
     between(0, INT32_MAX)},
    {"require_auth_time", Kind::boolean, optional, "auth_time in every ID token"},
    {"id_token_signed_response_alg", Kind::text, optional, "RS256, ES256 ..."},
    {"id_token_claims", Kind::list, optional,
     "claims its ID tokens carry, where scopes allow them"},
    {"access_token_claims", Kind::list, optional,
     "claims its access tokens carry, where scopes allow them"},
    {"access_token_format", Kind::text, optional, "name of a token_format"},
    {"access_token_signed_response_alg", Kind::text, optional, "RS256, ES256 ..."},
    {"pkce", Kind::text, optional, "required when not set", oneOf("required|optional")},
    {"consent", Kind::text, optional, "explicit when not set; implicit: people are not asked",
     oneOf("explicit|implicit")},
    {"profile", Kind::text, optional, "what it is held to",
     oneOf("mcp|oauth2.1|fapi2|fapi2_message_signing")},
    {"client_assertion_audience", Kind::text, optional,
     "issuer: its assertions name the issuer alone; endpoint when not set: or the endpoint",
     oneOf("issuer|endpoint")},
    {"refresh_token_rotation", Kind::boolean, optional,
     "false: its refresh tokens stay as they are"},
    {accessTokenTtl.name, Kind::number, optional, "life of its access tokens, seconds",
     accessTokenTtl.limits},
    {refreshTokenTtl.name, Kind::number, optional,
     "longest life of an authorization and its refresh tokens, seconds", refreshTokenTtl.limits},
    {idTokenTtl.name, Kind::number, optional, "life of its ID tokens, seconds", idTokenTtl.limits},
    {codeTtl.name, Kind::number, optional, "life of its authorization codes, seconds",
     codeTtl.limits},
    {refreshTokenGrace.name, Kind::number, optional,
     "how long the refresh token before is still answered, seconds; 0 turns it off",
     refreshTokenGrace.limits},
    {refreshTokenIdle.name, Kind::number, optional,
     "how long a refresh token may lie unused, seconds; 0: as long as it lives",
     refreshTokenIdle.limits},
    {"application_type", Kind::text, optional, "web when not set", oneOf("web|native")},
    {"subject_type", Kind::text, optional,
     "public when not set: every client is told the same subject; or what a plugin brings"},
};

/// Members of RFC 7591 that would change nothing, and why.
struct Refused {
    std::string_view name;
    const char* why;
};

constexpr Refused refused[] = {
    {"jwks_uri", "no plugin fetches keys here; put the key set itself into jwks"},
    {"software_statement", "is not read; put what it says into members of their own"},
};

const Field* fieldOf(std::string_view name) {
    const auto* found = std::find_if(std::begin(fields), std::end(fields),
                                     [&](const Field& field) { return name == field.name; });
    return found == std::end(fields) ? nullptr : found;
}

/// RFC 7591 section 2.2: "client_name#de" is what people who read German are shown. The row of the
/// member without its language, nullptr: it has none, or people are not shown it.
const Field* localizedField(const std::string& key) {
    constexpr std::string_view members[] = {"client_name", "client_uri", "logo_uri", "policy_uri",
                                            "tos_uri"};
    const auto mark = key.find('#');
    if (mark == std::string::npos || mark + 1 == key.size()) {
        return nullptr;
    }
    const auto base = std::string_view(key).substr(0, mark);
    const bool isShown =
        std::find(std::begin(members), std::end(members), base) != std::end(members);
    return isShown ? fieldOf(base) : nullptr;
}

/// The keys that are not in the table, and no mistakes of it.
std::vector<std::string> otherKeys(const ConfigNode& tree,
                                   const std::vector<std::string>& members) {
    std::vector<std::string> keys = members;
    for (const auto& entry : tree.entries()) {
        const bool isRefused =
            std::any_of(std::begin(refused), std::end(refused),
                        [&](const Refused& row) { return row.name == entry.key; });
        if (isRefused || localizedField(entry.key) != nullptr) {
            keys.push_back(entry.key);
        }
    }
    return keys;
}

void readLocalized(const Field& field, const ConfigEntry& entry, ClientFile& file,
                   Problems& problems) {
    const auto reading = readSetting(field, entry.value);
    if (!reading) {
        problems.add(entry.value.place(), "client: " + entry.key + ": " + reading.error().text);
        return;
    }
    file.metadata.set(entry.key, std::get<std::string>(*reading));
    file.places.emplace(entry.key, entry.value.place());
}

void readOtherKeys(const ConfigNode& tree, const std::vector<std::string>& members,
                   ClientFile& file, Problems& problems) {
    for (const auto& member : members) {
        if (const auto* entry = tree.find(member)) {
            file.metadata.set(member, treeValue(entry->value));
            file.places.emplace(member, entry->value.place());
        }
    }
    for (const auto& row : refused) {
        const auto* entry = contains(members, row.name) ? nullptr : tree.find(row.name);
        if (entry != nullptr) {
            problems.add(entry->keyPlace, "client: " + entry->key + ": " + row.why);
        }
    }
    for (const auto& entry : tree.entries()) {
        if (const Field* field = localizedField(entry.key)) {
            readLocalized(*field, entry, file, problems);
        }
    }
}

Value valueOf(const CheckedConfig::Setting& setting) {
    if (const auto* text = std::get_if<std::string>(&setting.value)) {
        return *text;
    }
    if (const auto* number = std::get_if<std::int64_t>(&setting.value)) {
        return *number;
    }
    if (const auto* truth = std::get_if<bool>(&setting.value)) {
        return *truth;
    }
    if (const auto* list = std::get_if<std::vector<std::string>>(&setting.value)) {
        return ValueList(list->begin(), list->end());
    }
    if (const auto* map = std::get_if<ValueMap>(&setting.value)) {
        return *map;
    }
    return {};
}

ClientFile fileOf(const CheckedConfig& checked, const std::string& path) {
    ClientFile file;
    file.place = {path, 0, 0};
    file.secret = checked.secret("client_secret");
    for (const auto& setting : checked.settings()) {
        if (!checked.has(setting.field->name)) {
            continue;
        }
        file.places.emplace(setting.field->name, setting.place);
        if (setting.field->kind != Kind::secret) {
            file.metadata.set(setting.field->name, valueOf(setting));
        }
    }
    return file;
}

/// Nothing when there is no such folder.
std::optional<GivenFolder> openFolder(const std::string& path, Problems& problems) {
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored) && !ignored) {
        return std::nullopt;
    }
    auto folder = GivenFolder::open(path, Keeping::own);
    if (!folder) {
        problems.add(givenProblem(path, folder.error().detail));
        return std::nullopt;
    }
    if (!folder->doubt().empty()) {
        problems.warn(givenProblem(path, folder->doubt()));
    }
    return *std::move(folder);
}

std::vector<std::string> filesIn(const GivenFolder& folder, const std::string& path,
                                 Problems& problems) {
    std::vector<std::string> files;
    const auto names = folder.names();
    if (!names) {
        problems.add({}, names.error().detail);
        return files;
    }
    std::copy_if(names->begin(), names->end(), std::back_inserter(files), isConfigFileName);
    for (const auto& name : *names) {
        if (std::filesystem::path(name).extension() == ".json") {
            problems.warn({{std::filesystem::path(path) / name, 0, 0},
                           "client: not read; JSON is YAML, so call it .yaml"});
        }
    }
    return files;
}

void refuseTwins(const std::vector<ClientFile>& files, Problems& problems) {
    std::map<std::string_view, const ClientFile*> known;
    for (const auto& file : files) {
        const std::string_view id = file.metadata.text("client_id");
        const auto [first, isNew] = known.emplace(id, &file);
        if (!isNew && !id.empty()) {
            problems.add(file.placeOf("client_id"), "client: client_id \"" + std::string(id) +
                                                        "\" is taken at " +
                                                        first->second->placeOf("client_id").text());
        }
    }
}

}  // namespace

const Place& ClientFile::placeOf(const std::string& key) const {
    const auto found = places.find(key);
    return found == places.end() ? place : found->second;
}

FieldTable clientFields() {
    return fields;
}

std::vector<ClientFile> readClientFiles(const std::string& path,
                                        const std::vector<std::string>& members,
                                        Problems& problems) {
    std::vector<ClientFile> files;
    const auto folder = openFolder(path, problems);
    if (!folder) {
        return files;
    }
    for (const auto& name : filesIn(*folder, path, problems)) {
        const std::string file = std::filesystem::path(path) / name;
        const auto tree = readConfigText(folder->read(name, configFileWish()), file, problems);
        if (!tree) {
            continue;
        }
        const Place whole{file, 0, 0};
        Problems wrong;
        const auto checked = CheckedConfig::check(
            fields, {"client", "client", whole, &*tree, otherKeys(*tree, members)}, wrong);
        files.push_back(fileOf(checked, file));
        readOtherKeys(*tree, members, files.back(), wrong);
        files.back().isSound = wrong.empty();
        problems.add(wrong);
    }
    refuseTwins(files, problems);
    return files;
}

}  // namespace gatehouse
