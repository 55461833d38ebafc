// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/HostBed.h>

#include "DpopBinding.h"
#include "crypto/KeyedCrypto.h"
#include "jose/SigningKey.h"

#include <memory>
#include <string>
#include <string_view>

namespace gatehouse {

/// The issuer https://id.example.org, and a client with two keys.
struct ProofBed : testkit::HostBed {
    ProofBed() { host.use(crypto); }

    std::unique_ptr<DpopBinding> make(const ValueMap& settings = {});
    /// Key 1 or 2 of this algorithm.
    static const SigningKey& key(int number, std::string_view algorithm = "ES256");
    static std::string jkt(int number, std::string_view algorithm = "ES256");
    static std::string signedBy(const SigningKey& key, const ValueMap& header,
                                const ValueMap& claims);

    /// What a good proof for the token endpoint says, now, each time with another jti; null takes
    /// away.
    ValueMap claims(const ValueMap& changes = {});
    std::string proof(const ValueMap& claims, const ValueMap& header = {}, int number = 1,
                      std::string_view algorithm = "ES256");
    static HttpRequest tokenRequest(std::string proof);
    /// That shows the token to UserInfo.
    HttpRequest resourceRequest(std::string_view token, const ValueMap& changes = {},
                                int number = 1);

    // As TokenBindingContract asks for them.
    HttpRequest asks(int number) { return tokenRequest(proof(claims(), {}, number)); }
    HttpRequest shows(std::string_view token, int number) {
        return resourceRequest(token, {}, number);
    }
    static Client client() { return {}; }

    /// What is proved, when its mark could be written, as the kernel does it.
    Result<std::optional<Possession>, OAuthError>
    used(Result<std::optional<Possession>, OAuthError> proven);

    KeyedCrypto crypto{Secret(std::string(32, 'r'))};
};

}  // namespace gatehouse
