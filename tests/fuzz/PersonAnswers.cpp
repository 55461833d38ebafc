// SPDX-License-Identifier: Apache-2.0
// What a service answers that knows people.
#include "Fuzz.h"
#include "PersonText.h"
#include "text/Utf8.h"

namespace gatehouse::fuzz {

void run(std::string_view input) {
    const auto person = personFrom(input);
    if (!person || !*person) {
        return;
    }
    const User& user = **person;
    ensure(!user.id.empty() && user.id.size() <= 255, "an id is a short text");
    ensure(isUtf8(user.id) && user.id.find('\0') == std::string::npos, "an id can be kept");
    ensure(!user.login.empty() && user.login.size() <= 255, "a login is a short text");
    ensure(user.login.front() != ' ' && user.login.back() != ' ', "a login is trimmed");
    ensure(user.claims.contains("email") || !user.claims.contains("email_verified"),
           "no address is verified that is not there");
    for (const auto& claim : user.claims) {
        ensure(!isServersClaim(claim.name), "the server's claims are the server's");
        ensure(!claim.value.isNull() && claim.value != Value(""), "a claim says something");
    }
}

}  // namespace gatehouse::fuzz
