// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeContext.h>

#include "ProofBed.h"
#include "jose/Jwk.h"
#include "json/Json.h"
#include "text/Base64Url.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

/// The key that a proof names, and what it may be signed by.
class DpopKeysTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DpopKeysTest);
    CPPUNIT_TEST(eachAlgorithmWorks);
    CPPUNIT_TEST(othersDoNot);
    CPPUNIT_TEST(theThumbprintIsThatOfTheRfc);
    CPPUNIT_TEST(privateMembersAreRefused);
    CPPUNIT_TEST(aKeyThatIsNoneIsRefused);
    CPPUNIT_TEST(aKeyMustFitTheAlgorithm);
    CPPUNIT_TEST(moreMembersDoNoHarm);
    CPPUNIT_TEST(anothersSignatureDoesNotHold);
    CPPUNIT_TEST(aMemberIsThereOnce);
    CPPUNIT_TEST_SUITE_END();

    ProofBed bed_;
    std::unique_ptr<DpopBinding> binding_ = bed_.make();
    testkit::FakeContext context_;

    Result<std::optional<Possession>, OAuthError> bind(std::string proof) {
        return binding_->bind(context_, ProofBed::tokenRequest(std::move(proof)), {});
    }
    void refuses(const std::string& proof, const std::string& why) {
        const auto bound = bind(proof);
        CPPUNIT_ASSERT_MESSAGE(why, !bound);
        CPPUNIT_ASSERT_EQUAL(std::string("invalid_dpop_proof"), bound.error().code);
        CPPUNIT_ASSERT_EQUAL(why, bound.error().description);
    }
    static ValueMap jwk(const ValueMap& changes, std::string_view algorithm = "ES256") {
        auto jwk = ProofBed::key(1, algorithm).publicJwk("k");
        for (const auto& [name, value] : changes) {
            jwk.set(name, value);
        }
        return jwk;
    }
    std::string proofWith(const ValueMap& key, std::string_view algorithm = "ES256") {
        return bed_.proof(bed_.claims(), {{"jwk", key}}, 1, algorithm);
    }

public:
    void eachAlgorithmWorks() {
        for (const std::string_view algorithm : {"ES256", "ES384", "PS256", "EdDSA"}) {
            const auto bound = bind(bed_.proof(bed_.claims(), {}, 1, algorithm));
            CPPUNIT_ASSERT_MESSAGE(std::string(algorithm), bound && *bound);
            CPPUNIT_ASSERT((*bound)->bound == Value(ProofBed::jkt(1, algorithm)));
        }
    }

    void othersDoNot() {
        for (const std::string_view algorithm : {"RS256", "PS384", "ES512"}) {
            refuses(bed_.proof(bed_.claims(), {}, 1, algorithm),
                    "alg of the DPoP proof is not accepted");
        }
        const std::string header = toJson(ValueMap{
            {"typ", "dpop+jwt"}, {"alg", "none"}, {"jwk", ProofBed::key(1).publicJwk("k")}});
        refuses(base64url(header) + "." + base64url(toJson(bed_.claims())) + ".",
                "alg of the DPoP proof is not accepted");
        for (const char* algorithm : {"HS256", "none", "ES256 ", "es256"}) {
            refuses(bed_.proof(bed_.claims(), {{"alg", algorithm}}),
                    "alg of the DPoP proof is not accepted");
        }
    }

    void theThumbprintIsThatOfTheRfc() {
        // The key of RFC 9449 section 4.2; its thumbprint is in section 6.1.
        const ValueMap key{{"kty", "EC"},
                           {"x", "l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs"},
                           {"y", "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA"},
                           {"crv", "P-256"}};
        CPPUNIT_ASSERT_EQUAL(std::string("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"),
                             thumbprint(key));
        refuses(proofWith(key), "The signature of the DPoP proof does not hold");
    }

    void privateMembersAreRefused() {
        for (const char* member : {"d", "p", "q", "dp", "dq", "qi", "oth", "k"}) {
            refuses(proofWith(jwk({{member, "AQAB"}})),
                    "jwk of the DPoP proof has private members");
        }
    }

    void aKeyThatIsNoneIsRefused() {
        refuses(bed_.proof(bed_.claims(), {{"jwk", Value()}}), "The DPoP proof has no jwk");
        refuses(bed_.proof(bed_.claims(), {{"jwk", "x"}}), "The DPoP proof has no jwk");
        for (const ValueMap& key :
             {ValueMap{}, ValueMap{{"kty", "oct"}}, jwk({{"x", "AAAA"}}), jwk({{"crv", "P-384"}}),
              jwk({{"x", std::string(43, 'A')}}), jwk({{"y", 1}}), jwk({{"use", "enc"}}),
              jwk({{"key_ops", ValueList{"sign"}}}), jwk({{"kty", "EC2"}})}) {
            refuses(proofWith(key), "jwk of the DPoP proof is no key for its alg");
        }
        refuses(proofWith(jwk({{"n", std::string(200, 'x')}}, "PS256"), "PS256"),
                "jwk of the DPoP proof is no key for its alg");
        refuses(proofWith(jwk({{"n", std::string(1366, 'x')}}, "PS256"), "PS256"),
                "jwk of the DPoP proof has more than 4096 bits");
        refuses(proofWith(jwk({{"e", "AQ"}}, "PS256"), "PS256"),
                "jwk of the DPoP proof is no key for its alg");
    }

    void aKeyMustFitTheAlgorithm() {
        refuses(bed_.proof(bed_.claims(), {{"alg", "PS256"}}),
                "jwk of the DPoP proof is no key for its alg");
        refuses(bed_.proof(bed_.claims(), {{"alg", "ES384"}}),
                "jwk of the DPoP proof is no key for its alg");
        refuses(proofWith(jwk({{"alg", "ES384"}})), "jwk of the DPoP proof is no key for its alg");
    }

    void moreMembersDoNoHarm() {
        const auto bound =
            bind(proofWith(jwk({{"kid", "other"}, {"x5t", 7}, {"more", ValueList{}}})));
        CPPUNIT_ASSERT((*bound)->bound == Value(ProofBed::jkt(1)));
        CPPUNIT_ASSERT(bind(bed_.proof(bed_.claims(), {{"kid", "not the key's"}, {"b", true}})));
        refuses(bed_.proof(bed_.claims(), {{"crit", ValueList{"b"}}, {"b", true}}),
                "The DPoP proof is no signed JWT");
        refuses(bed_.proof(bed_.claims(), {{"b64", false}}), "The DPoP proof is no signed JWT");
    }

    void anothersSignatureDoesNotHold() {
        refuses(bed_.proof(bed_.claims(), {{"jwk", ProofBed::key(2).publicJwk("k")}}),
                "The signature of the DPoP proof does not hold");
        auto cut = bed_.proof(bed_.claims());
        cut.resize(cut.rfind('.') + 1);
        refuses(cut, "The signature of the DPoP proof does not hold");
    }

    void aMemberIsThereOnce() {
        const auto again = [](std::string json, const std::string& member) {
            json.pop_back();
            return base64url(json + "," + member + "}");
        };
        const std::string header = toJson(ValueMap{
            {"typ", "dpop+jwt"}, {"alg", "ES256"}, {"jwk", ProofBed::key(1).publicJwk("k")}});
        const auto sign = [](const std::string& input) {
            return input + "." + base64url(*ProofBed::key(1).sign(input));
        };
        CPPUNIT_ASSERT(bind(sign(base64url(header) + "." + base64url(toJson(bed_.claims())))));
        refuses(sign(again(header, R"("alg":"ES256")") + "." + base64url(toJson(bed_.claims()))),
                "The DPoP proof is no signed JWT");
        refuses(sign(base64url(header) + "." + again(toJson(bed_.claims()), R"("htm":"POST")")),
                "The DPoP proof has no claims");
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(DpopKeysTest);

}  // namespace gatehouse
