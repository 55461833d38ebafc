// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Token.h>

#include <string>
#include <vector>

namespace gatehouse::testkit {

/// The selector of a token with this number, as base64url of 11 bytes.
inline std::string sampleSelector(int number) {
    const auto digits = std::to_string(number);
    return std::string(14 - digits.size(), '0') + digits + "A";
}

/// What a client gets for itself.
inline AccessToken sampleClientsToken(int number) {
    AccessToken token;
    token.id = sampleSelector(number);
    token.subject.sub = "shop";
    token.clientId = "shop";
    token.audience = {"https://api.example.org"};
    token.issuedAt = fromSeconds(1767225600);
    token.expires = fromSeconds(1767229200);
    return token;
}

/// What a client gets for a person who has logged in, with all that a token may say.
inline AccessToken sampleToken(int number) {
    auto token = sampleClientsToken(number);
    token.family = "family-0001";
    token.id = "ZmFtaWx5LTAwMDE." + token.id;
    token.subject = {"sub-of-ada", "people", "id-of-ada"};
    token.audience.emplace_back("https://other-api.example.org");
    token.scopes = {"openid", "orders"};
    token.authentication = {fromSeconds(1767225500), "urn:example:acr", {"pwd", "otp"}, {}};
    token.confirmation = {{"jkt", "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"}};
    token.claims = {{"tier", "gold"}, {"limits", ValueMap{{"orders", 7}, {"paid", true}}}};
    return token;
}

/// With this text in each place in turn that a store, a client or a plugin fills.
inline std::vector<AccessToken> sampleTokensWith(const std::string& text) {
    std::vector<AccessToken> tokens(7, sampleToken(1));
    for (std::size_t number = 0; number < tokens.size(); ++number) {
        tokens[number].id = sampleToken(static_cast<int>(number) + 1).id;
    }
    tokens[0].subject.sub = text;
    tokens[1].subject.id = text;
    tokens[2].clientId = text;
    tokens[3].audience = {text};
    tokens[4].authentication.acr = text;
    tokens[5].confirmation = {{"jkt", text}};
    tokens[6].claims = {{"tier", ValueList{text}}};
    return tokens;
}

}  // namespace gatehouse::testkit
