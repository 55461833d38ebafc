// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/Host.h>
#include <gatehouse/Web.h>
#include <gatehouse/facade/Discovery.h>
#include <gatehouse/facade/People.h>
#include <gatehouse/point/HttpModule.h>
#include <gatehouse/point/KeyStore.h>

#include "KeySetTexts.h"
#include "json/Members.h"

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
class DiscoveryModule final : public HttpModule {
public:
    Status configure(const Config& /*config*/, Host& host) override {
        host_ = &host;
        return done();
    }
    Status start() override {
        discovery_ = &host_->one<Discovery>();
        keys_ = &host_->one<KeyStore>();
        return done();
    }
    std::vector<Route> routes() override {
        const Handler metadata = [this](const Context& context, const HttpRequest& /*request*/) {
            return cacheable("application/json", *discovery_->document(context.issuer));
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
        metadata.set("scopes_supported", listOfTexts(host_->one<People>().scopes()));
        metadata.set("subject_types_supported", listOfTexts(host_->one<People>().subjectTypes()));
        metadata.set("id_token_signing_alg_values_supported", algorithmsOf(*keys_));
    }

private:
    HttpResponse jwks(const Context& context, const HttpRequest& request) {
        auto keySet = keySets_.of(context, *keys_);
        if (!keySet) {
            return host_->web().error(OAuthError::from(keySet.error()), request);
        }
        return cacheable("application/jwk-set+json", **keySet);
    }

    Host* host_ = nullptr;
    const Discovery* discovery_ = nullptr;
    const KeyStore* keys_ = nullptr;
    KeySetTexts keySets_;
};

constexpr const char* needs[] = {"discovery", "people", "key_store"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::DiscoveryModule, "discovery", "0.1.0",
                 "Discovery documents and public keys", gatehouse::needs)
