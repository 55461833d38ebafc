// SPDX-License-Identifier: Apache-2.0
#include "app/cli/ClaimText.h"

#include <gatehouse/User.h>

#include "app/cli/Arguments.h"
#include "json/Json.h"

namespace gatehouse {

namespace {

Value valueOf(const std::string& name, const std::string& text) {
    const bool isVerified = name == "email_verified" || name == "phone_number_verified";
    if (!isVerified && name != "updated_at" && name != "address") {
        return text;
    }
    auto value = parseJson(text);
    if (isVerified && (!value || value->boolean() == nullptr)) {
        throw UsageError{name + " is true or false"};
    }
    if (name == "updated_at" && (!value || value->integer() == nullptr)) {
        throw UsageError{name + " is a number of seconds since 1970"};
    }
    if (name == "address" && (!value || value->map() == nullptr)) {
        throw UsageError{name + R"( is a JSON object: address='{"locality":"Bremen"}')"};
    }
    return *std::move(value);
}

}  // namespace

ValueMap claimsFrom(const std::vector<std::string>& texts) {
    ValueMap claims;
    for (const auto& text : texts) {
        const auto equals = text.find('=');
        if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) {
            throw UsageError{"--claim takes NAME=VALUE, not \"" + text + "\""};
        }
        const std::string name = text.substr(0, equals);
        if (isServersClaim(name)) {
            throw UsageError{"the claim " + name + " is the server's to say, not a person's"};
        }
        claims.set(name, valueOf(name, text.substr(equals + 1)));
    }
    return claims;
}

}  // namespace gatehouse
