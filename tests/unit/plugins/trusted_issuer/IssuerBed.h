// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/testkit/FacadeBed.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeJose.h>

#include "TrustedJwtIssuer.h"
#include "json/Json.h"

#include <cppunit/extensions/HelperMacros.h>

#include <memory>
#include <string>

namespace gatehouse {

/// Takes "ALG CLAIMS" for a JWT, which is signed unless ALG is "forged".
class OpenJose final : public testkit::FakeJose {
public:
    std::optional<VerifiedJwt> peek(std::string_view text) const override {
        const auto space = text.find(' ');
        const auto claims =
            space == std::string_view::npos ? std::nullopt : parseJson(text.substr(space + 1));
        return claims && claims->map() != nullptr
                   ? std::optional(VerifiedJwt{{{"alg", text.substr(0, space)}}, *claims->map()})
                   : std::nullopt;
    }
    std::optional<VerifiedJwt> verifyWith(const Value& /*jwks*/,
                                          const std::vector<std::string>& /*allowed*/,
                                          std::string_view text) override {
        return text.substr(0, 6) == "forged" ? std::nullopt : peek(text);
    }
};

/// An issuer with keys at an address, that knows Ada by her login and robots by their kind.
struct IssuerBed : testkit::FacadeBed {
    IssuerBed() {
        host.use(jose);
        host.fakeOutgoing.answer([](const OutgoingRequest&) {
            return OutgoingAnswer{200, {}, R"({"keys":[]})"};
        });
    }
    std::unique_ptr<TrustedIssuer> make() {
        auto plugin = std::make_unique<TrustedJwtIssuer>();
        const auto configured = configure(*plugin);
        CPPUNIT_ASSERT_MESSAGE(configured ? "" : configured.error().detail, bool(configured));
        CPPUNIT_ASSERT(plugin->start());
        return plugin;
    }
    Status configure(TrustedJwtIssuer& plugin) {
        return plugin.configure(testkit::FakeConfig(fieldsOf<TrustedJwtIssuer>(), settings), host);
    }
    ValueMap claims() const {
        const auto now = toSeconds(host.fakeClock.now());
        return {{"iss", "https://elsewhere.example"},
                {"sub", "ada"},
                {"aud", context.issuer.url},
                {"iat", now},
                {"exp", now + 300},
                {"jti", "j1"}};
    }
    std::string good() { return "ES256 " + toJson(claims()); }
    std::string bad() { return "forged " + toJson(claims()); }
    std::string foreign() {
        auto other = claims();
        other.set("iss", "https://other.example");
        return "ES256 " + toJson(other);
    }

    testkit::FakeContext fake;
    Context context = fake;
    OpenJose jose;
    ValueMap settings{
        {"issuer", "https://elsewhere.example"},
        {"jwks_uri", "https://elsewhere.example/jwks"},
        {"subjects",
         ValueMap{{"robots", ValueMap{{"when", ValueMap{{"kind", "robot"}}},
                                      {"clients", ValueList{"shop"}},
                                      {"scopes", ValueList{"audit"}}}},
                  {"people", ValueMap{{"clients", ValueList{"shop"}},
                                      {"person", ValueMap{{"by", "login"}}},
                                      {"scopes", ValueList{"openid"}},
                                      {"audience", ValueList{"https://api.example"}}}}}}};
};

}  // namespace gatehouse
