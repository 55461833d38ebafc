// SPDX-License-Identifier: Apache-2.0
#include "SoftwareStatements.h"

#include "Refusal.h"
#include "file/GivenFile.h"
#include "json/Json.h"
#include "json/NumericDate.h"

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace gatehouse {

namespace {

constexpr FileWish keysWish{Keeping::own, std::size_t{256} * 1024};
/// How much clocks may differ.
constexpr seconds leeway{10};

const std::vector<std::string>& algorithms() {
    static const std::vector<std::string> all{"RS256", "PS256", "ES256", "EdDSA"};
    return all;
}

Result<Value> keysIn(const std::string& file) {
    auto given = readGivenFile(file, keysWish);
    if (!given) {
        return given.error();
    }
    auto keys = parseJson(given->text);
    const Value* list = keys && keys->map() != nullptr ? keys->map()->find("keys") : nullptr;
    return list != nullptr && list->list() != nullptr
               ? Result<Value>(*std::move(keys))
               : Error::badInput(file + ": is no JWK Set: a JSON object with a list \"keys\"");
}

OAuthError invalid(std::string_view description) {
    return OAuthError::of(RegistrationCode::invalidStatement, description);
}

/// nullopt: it is there, but is no NumericDate.
std::optional<std::int64_t> dateOr(std::int64_t otherwise, const Value* value) {
    return value == nullptr ? otherwise : numericDate(value);
}

bool isInTime(const ValueMap& claims, TimePoint time) {
    const std::int64_t now = toSeconds(time);
    const auto expires = dateOr(INT64_MAX, claims.find("exp"));
    const auto begins = dateOr(INT64_MIN, claims.find("nbf"));
    return expires && begins && *expires > now - leeway.count() && *begins <= now + leeway.count();
}

}  // namespace

SoftwareStatements::SoftwareStatements(const ValueMap& files) {
    for (const auto& [issuer, file] : files) {
        files_.emplace(issuer, file.text() == nullptr ? "" : *file.text());
    }
}

Status SoftwareStatements::check() const {
    std::string problems;
    for (const auto& entry : files_) {
        if (const auto keys = keysIn(entry.second); !keys) {
            problems.append(problems.empty() ? "" : "\n")
                .append("software_statements: ")
                .append(keys.error().detail);
        }
    }
    return problems.empty() ? done() : Error::badInput(problems);
}

Status SoftwareStatements::load() {
    for (const auto& [issuer, file] : files_) {
        auto keys = keysIn(file);
        if (!keys) {
            return keys.error();
        }
        keys_.insert_or_assign(issuer, *std::move(keys));
    }
    return done();
}

Result<ValueMap, OAuthError> SoftwareStatements::read(Host& host,
                                                      std::string_view statement) const {
    const auto said = host.jose().peek(statement);
    if (!said) {
        return invalid("The software statement is not a signed JWT");
    }
    const auto keys = keys_.find(said->claims.text("iss"));
    if (keys == keys_.end()) {
        return OAuthError::of(RegistrationCode::unapprovedStatement,
                              "Software statements of this issuer are not taken here");
    }
    auto verified = host.jose().verifyWith(keys->second, algorithms(), statement);
    if (!verified) {
        return invalid("The signature of the software statement does not hold");
    }
    if (!isInTime(verified->claims, host.clock().now())) {
        return invalid("The software statement has expired or is not yet good");
    }
    return std::move(verified->claims);
}

Result<ValueMap, OAuthError> SoftwareStatements::readKept(Host& host, std::string_view statement) {
    auto said = host.jose().peek(statement);
    return said ? Result<ValueMap, OAuthError>(std::move(said->claims))
                : OAuthError::from(Error::internal("a kept software statement is damaged"));
}

}  // namespace gatehouse
