// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/point/KeyStore.h>

#include "KeySetTexts.h"
#include "json/Members.h"
#include "metadata/ServerMetadata.h"
#include "token/ClaimsPolicy.h"
#include "web/Answer.h"
#include "web/CoreModule.h"

namespace gatehouse {

namespace {

/// A new key is published before anyone signs with it for longer than this.
constexpr seconds cacheLifetime{300};

HttpResponse cacheable(std::string_view type, const std::string& body) {
    HttpResponse response;
    response.set("Content-Type", type);
    response.set("Cache-Control", "public, max-age=" + std::to_string(cacheLifetime.count()));
    response.body = body;
    return response;
}

ValueList algorithmsOf(const KeyStore& keys) {
    ValueList algorithms;
    for (const auto name : keys.algorithms()) {
        algorithms.emplace_back(name);
    }
    return algorithms;
}

}  // namespace

/// Owns the two well-known documents and the JWKS: what a stock client library needs to know.
class DiscoveryModule final : public CoreModule {
public:
    std::vector<Route> routes() override {
        const Handler metadata = [this](const Context& context, const HttpRequest& /*request*/) {
            return cacheable("application/json", *core().metadata().document(context.issuer));
        };
        const Handler jwks = [this](const Context& context, const HttpRequest& request) {
            return this->jwks(context, request);
        };
        return {{"GET", "/.well-known/openid-configuration", Lane::loop, metadata, true},
                {"GET", "/.well-known/oauth-authorization-server", Lane::loop, metadata, true},
                {"GET", "/api/oauth/jwks", Lane::loop, jwks, true}};
    }
    void describe(const Issuer& issuer, ValueMap& metadata) const override {
        metadata.set("jwks_uri", issuer.url + "/api/oauth/jwks");
        metadata.set("scopes_supported", listOfTexts(core().claims().scopes()));
        metadata.set("subject_types_supported", ValueList{"public"});
        metadata.set("id_token_signing_alg_values_supported", algorithmsOf(core().keys()));
    }

private:
    HttpResponse jwks(const Context& context, const HttpRequest& request) {
        auto keySet = keySets_.of(context, core().keys());
        if (!keySet) {
            return errorAnswer(OAuthError::from(keySet.error()), request);
        }
        return cacheable("application/jwk-set+json", **keySet);
    }

    KeySetTexts keySets_;
};

constexpr const char* needs[] = {"core"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::DiscoveryModule, "discovery", "0.1.0",
                 "Discovery documents and public keys", gatehouse::needs)
