// SPDX-License-Identifier: Apache-2.0
#include "passwords/KeycloakHash.h"

#include "json/Json.h"

#include <algorithm>

namespace gatehouse {

namespace {

/// A member that is an object, or the text of one.
ValueMap objectIn(const ValueMap& outer, std::string_view name) {
    const Value* member = outer.find(name);
    const auto read =
        member != nullptr && member->text() != nullptr ? parseJson(*member->text()) : std::nullopt;
    const Value* object = read ? &*read : member;
    return object != nullptr && object->map() != nullptr ? *object->map() : ValueMap{};
}

/// The first of the texts that a parameter is a list of.
std::string parameter(const ValueMap& parameters, std::string_view name) {
    const Value* value = parameters.find(name);
    const ValueList* list = value != nullptr ? value->list() : nullptr;
    const bool isText = list != nullptr && !list->empty() && list->front().text() != nullptr;
    return isText ? *list->front().text() : std::string{};
}

std::string bare(std::string_view base64) {
    return std::string(base64.substr(0, base64.find('=')));
}

std::string roundsOf(const ValueMap& credential) {
    const Value* rounds = credential.find("hashIterations");
    const bool isNumber = rounds != nullptr && rounds->integer() != nullptr;
    return isNumber ? std::to_string(*rounds->integer()) : std::string{};
}

std::string headOf(const ValueMap& credential) {
    const auto algorithm = credential.text("algorithm");
    if (algorithm != "argon2") {
        return "$" + std::string(algorithm) + "$" + roundsOf(credential) + "$";
    }
    const auto more = objectIn(credential, "additionalParameters");
    const std::string version = parameter(more, "version") == "1.3" ? "v=19" : "";
    return "$argon2" + parameter(more, "type") + "$" + version + "$m=" + parameter(more, "memory") +
           ",t=" + roundsOf(credential) + ",p=" + parameter(more, "parallelism") + "$";
}

}  // namespace

std::optional<std::string> fromKeycloak(std::string_view json) {
    const auto read = json.substr(0, 1) == "{" ? parseJson(json) : std::nullopt;
    if (!read || read->map() == nullptr) {
        return std::nullopt;
    }
    const auto secret = objectIn(*read->map(), "secretData");
    const auto credential = objectIn(*read->map(), "credentialData");
    return headOf(credential) + bare(secret.text("salt")) + "$" + bare(secret.text("value"));
}

}  // namespace gatehouse
