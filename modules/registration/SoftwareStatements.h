// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Value.h>

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace gatehouse {

/// Software statements (RFC 7591 section 2.3) of those whose keys the operator has given: each a
/// file with a JWK Set.
class SoftwareStatements {
public:
    SoftwareStatements() = default;
    /// "https://issuer.example": "/etc/gatehouse/issuer.jwks.json"
    explicit SoftwareStatements(const ValueMap& files);

    /// What is wrong with the files, a line each.
    Status check() const;
    /// Reads them.
    Status load();

    /// What a genuine statement says.
    Result<ValueMap, OAuthError> read(Host& host, std::string_view statement) const;
    /// What one says that read() found genuine when it was kept; it may have expired since.
    static Result<ValueMap, OAuthError> readKept(Host& host, std::string_view statement);

private:
    std::map<std::string, std::string, std::less<>> files_;
    std::map<std::string, Value, std::less<>> keys_;
};

}  // namespace gatehouse
