// SPDX-License-Identifier: Apache-2.0
#include "AskedUpstream.h"

#include "crypto/Digest.h"
#include "json/Members.h"
#include "text/Base64Url.h"
#include "text/FormText.h"

#include <cstddef>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::size_t nonceSize = 16;
constexpr std::size_t verifierSize = 32;  // RFC 7636 section 4.1

}  // namespace

AskedUpstream AskedUpstream::make(Random& random, const Clock& clock) {
    return {base64url(random.bytes(nonceSize)), base64url(random.bytes(verifierSize)), clock.now()};
}

std::optional<AskedUpstream> AskedUpstream::in(const ValueMap& kept) {
    AskedUpstream asked{std::string(kept.text("nonce")), std::string(kept.text("verifier")),
                        fromSeconds(numberOf(kept, "time"))};
    return asked.nonce.empty() || asked.verifier.empty() ? std::nullopt
                                                         : std::optional(std::move(asked));
}

ValueMap AskedUpstream::kept() const {
    return {{"nonce", nonce}, {"verifier", verifier}, {"time", toSeconds(time)}};
}

std::string AskedUpstream::url(const UpstreamSettings& settings, const ProviderMetadata& metadata,
                               const LoginState& state, const std::string& redirectUri) const {
    ValueMap asked = settings.parameters;
    asked.set("response_type", "code");
    asked.set("client_id", settings.clientId);
    asked.set("redirect_uri", redirectUri);
    asked.set("code_challenge", base64url(sha256(verifier)));
    asked.set("code_challenge_method", "S256");
    if (!settings.scope.empty()) {
        asked.set("scope", settings.scope);
    }
    if (settings.isOpenId()) {
        asked.set("nonce", nonce);
    }
    if (state.maxAge) {
        asked.set("max_age", std::to_string(state.maxAge->count()));
    }
    if (state.maxAge == seconds{0}) {
        asked.set("prompt", "login");
    }
    std::vector<Form::Field> fields;
    for (const auto& [name, value] : asked) {
        fields.emplace_back(name, *value.text());
    }
    return withQuery(metadata.authorizationEndpoint, writeForm(fields));
}

}  // namespace gatehouse
