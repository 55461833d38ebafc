// SPDX-License-Identifier: Apache-2.0
// What providers answer: tokens, as JSON and as a form; documents; people and their addresses.
#include "Fuzz.h"
#include "ProviderMetadata.h"
#include "TokenAnswer.h"
#include "UpstreamPerson.h"
#include "json/Json.h"

#include <algorithm>

namespace gatehouse::fuzz {

namespace {

constexpr std::string_view issuer = "https://op.example";

void tokens(const char* type, std::string_view input) {
    const auto read = readTokenAnswer({200, {{"content-type", type}}, std::string(input)});
    if (!read) {
        return;
    }
    const auto token = read->accessToken.view();
    ensure(!token.empty() &&
               std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c <= '~'; }),
           "a token goes into a header");
}

void document(std::string_view input) {
    const auto read = readProviderMetadata(input, issuer);
    if (!read) {
        return;
    }
    for (const auto& address : {read->authorizationEndpoint, read->tokenEndpoint, read->jwksUri}) {
        ensure(address.substr(0, 8) == "https://", "everything is asked for by https");
        ensure(address.find_first_of("\r\n <>\"#") == std::string::npos, "an address is one");
    }
}

void person(std::string_view input) {
    const auto told = parseJson(input);
    if (!told) {
        return;
    }
    (void)primaryEmail(*told);
    const auto read = told->map() == nullptr ? std::nullopt : UpstreamPerson::in(*told->map(), {});
    if (!read) {
        return;
    }
    ensure(!read->sub.empty() && read->sub.size() <= 255, "a person has an id that is short");
    ensure(read->name.size() <= 100 && read->login.size() <= 100, "what is shown is short");
    ensure(read->email.empty() || isEmailAddress(read->email), "an address is one");
    ensure(!read->email.empty() || !read->isEmailVerified, "no address is not verified");
}

}  // namespace

void run(std::string_view input) {
    tokens("application/json", input);
    tokens("application/x-www-form-urlencoded", input);
    document(input);
    person(input);
}

}  // namespace gatehouse::fuzz
