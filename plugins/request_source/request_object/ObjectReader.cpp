// SPDX-License-Identifier: Apache-2.0
#include "ObjectReader.h"

#include "ObjectRefusal.h"
#include "json/Members.h"
#include "text/Contains.h"

#include <algorithm>
#include <array>

namespace gatehouse {

namespace {

bool isEncrypted(std::string_view text) {
    constexpr auto dotsOfJwe = 4;
    return std::count(text.begin(), text.end(), '.') == dotsOfJwe;
}

/// RFC 9101 section 10.8: no other kind of JWT.
bool isRequestObject(const ValueMap& header) {
    constexpr std::array<std::string_view, 2> types{"JWT", "oauth-authz-req+jwt"};
    return !header.contains("typ") || contains(types, header.text("typ"));
}

/// Does the header have what the client is registered for, if it is for anything?
bool isAsRegistered(const ValueMap& header, std::string_view member, const Client& client,
                    std::string_view registered) {
    const auto wanted = textsOf(client.metadata.find(registered));
    return wanted.empty() || contains(wanted, header.text(member));
}

}  // namespace

Result<ValueMap, OAuthError> ObjectReader::read(const Context& context, const Client& client,
                                                std::string_view text) const {
    if (!isEncrypted(text)) {
        return verify(context, client, text);
    }
    const auto inner = decrypt(context, client, text);
    return inner ? verify(context, client, *inner) : inner.error();
}

Result<std::string, OAuthError> ObjectReader::decrypt(const Context& context, const Client& client,
                                                      std::string_view text) const {
    auto read = jose_.decrypt(context, text);
    if (!read) {
        return OAuthError::from(read.error());
    }
    if (!*read) {
        return invalidObject("it is not encrypted with a key of this issuer");
    }
    if (!isAsRegistered((*read)->header, "alg", client, "request_object_encryption_alg") ||
        !isAsRegistered((*read)->header, "enc", client, "request_object_encryption_enc")) {
        return invalidObject("it is encrypted in another way than the client is registered for");
    }
    return std::move((*read)->content);
}

Result<ValueMap, OAuthError> ObjectReader::verify(const Context& context, const Client& client,
                                                  std::string_view text) const {
    const auto said = jose_.peek(text);
    if (!said) {
        return invalidObject("it is not a JWT");
    }
    const auto algorithm = said->header.text("alg");
    if (!isRequestObject(said->header)) {
        return invalidObject("typ is that of another kind of JWT");
    }
    if (!contains(algorithms_, algorithm) ||
        !isAsRegistered(said->header, "alg", client, "request_object_signing_alg")) {
        return invalidObject("alg \"" + std::string(algorithm.substr(0, 16)) +
                             "\" is not accepted of this client");
    }
    const auto keys = clients_.keys(context, client, said->header.text("kid"));
    if (!keys) {
        return keys.error().isTemporary() ? OAuthError::from(keys.error())
                                          : invalidObject(keys.error().detail);
    }
    auto verified =
        *keys == nullptr ? std::nullopt : jose_.verifyWith(**keys, {std::string(algorithm)}, text);
    return verified ? Result<ValueMap, OAuthError>(std::move(verified->claims))
                    : invalidObject("no key of the client verifies its signature");
}

}  // namespace gatehouse
