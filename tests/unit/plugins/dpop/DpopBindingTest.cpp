// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeContext.h>

#include "ProofBed.h"
#include "text/Base64Url.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

/// What a proof must say of its request (RFC 9449 section 4.3).
class DpopBindingTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DpopBindingTest);
    CPPUNIT_TEST(whatMustBeThere);
    CPPUNIT_TEST(itIsForThisRequest);
    CPPUNIT_TEST(itIsOfNow);
    CPPUNIT_TEST(theTimesAreSettings);
    CPPUNIT_TEST(itsOwnTimesCount);
    CPPUNIT_TEST(moreClaimsDoNoHarm);
    CPPUNIT_TEST(thereIsOneProof);
    CPPUNIT_TEST(longProofsAreNotRead);
    CPPUNIT_TEST(aProofIsUsedOnce);
    CPPUNIT_TEST(aProofThatIsWrongUsesNothingUp);
    CPPUNIT_TEST(lostMarksAreNoAnswer);
    CPPUNIT_TEST(aResourceWantsTheTokensHash);
    CPPUNIT_TEST(aResourceWantsTheTokensKey);
    CPPUNIT_TEST(whoHasToBindIsHeldToIt);
    CPPUNIT_TEST(theIssuersUrlCounts);
    CPPUNIT_TEST(theHostForMutualTlsCountsWhereItWasCalled);
    CPPUNIT_TEST(theAuthorizationRequestNamesAThumbprint);
    CPPUNIT_TEST(whatAClientProvesIsTheParameter);
    CPPUNIT_TEST(aClientsAlgorithmsAreItsOwn);
    CPPUNIT_TEST(aResourceTellsItsAlgorithms);
    CPPUNIT_TEST_SUITE_END();

    ProofBed bed_;
    std::unique_ptr<DpopBinding> binding_ = bed_.make();
    testkit::FakeContext context_;

    Result<std::optional<Possession>, OAuthError> asks(const HttpRequest& request,
                                                       const Client& client = {}) {
        return bed_.used(binding_->bind(context_, request, client));
    }
    Result<std::optional<Possession>, OAuthError> bind(const ValueMap& changes,
                                                       const ValueMap& header = {}) {
        return asks(ProofBed::tokenRequest(bed_.proof(bed_.claims(changes), header)));
    }
    void refuses(const ValueMap& changes, const std::string& why, const ValueMap& header = {}) {
        const auto bound = bind(changes, header);
        CPPUNIT_ASSERT_MESSAGE(why, !bound);
        CPPUNIT_ASSERT_EQUAL(std::string("invalid_dpop_proof"), bound.error().code);
        CPPUNIT_ASSERT_EQUAL(400, bound.error().httpStatus());
        CPPUNIT_ASSERT_EQUAL(why, bound.error().description);
    }
    std::int64_t now(int later = 0) { return toSeconds(bed_.host.fakeClock.now()) + later; }
    std::string codeAtResource(const HttpRequest& request) {
        const auto proven = binding_->prove(context_, request, "t", ProofBed::jkt(1));
        return proven ? ""
                      : std::to_string(proven.error().httpStatus()) + " " + proven.error().code;
    }

public:
    void whatMustBeThere() {
        refuses({{"jti", Value()}}, "The DPoP proof has no jti");
        refuses({{"jti", 7}}, "The DPoP proof has no jti");
        refuses({{"htm", Value()}}, "htm of the DPoP proof is not the method of the request");
        refuses({{"htu", Value()}}, "htu of the DPoP proof is not the URI of the request");
        refuses({{"iat", Value()}}, "The DPoP proof has no usable iat");
        refuses({{"iat", "now"}}, "The DPoP proof has no usable iat");
        for (const Value& type :
             {Value(), Value("JWT"), Value("DPoP+JWT"), Value("at+jwt"), Value(1)}) {
            refuses({}, "typ of the DPoP proof is not dpop+jwt", {{"typ", type}});
        }
        CPPUNIT_ASSERT(bind(ValueMap()));
    }

    void itIsForThisRequest() {
        for (const char* method : {"GET", "post", "POST "}) {
            refuses({{"htm", method}}, "htm of the DPoP proof is not the method of the request");
        }
        for (const char* uri :
             {"https://id.example.org/api/oauth/par", "https://other.example/api/oauth/token",
              "https://id.example.org", "x"}) {
            refuses({{"htu", uri}}, "htu of the DPoP proof is not the URI of the request");
        }
        CPPUNIT_ASSERT(bind({{"htu", "HTTPS://ID.example.org:443/api/oauth/token?x=y#z"}}));
    }

    void itIsOfNow() {
        for (const int seconds : {-60, -10, 10, 30}) {
            CPPUNIT_ASSERT_MESSAGE(std::to_string(seconds), bind({{"iat", now(seconds)}}));
        }
        CPPUNIT_ASSERT(bind({{"iat", static_cast<double>(now()) + 0.5}}));
        for (const int seconds : {31, 3600}) {
            refuses({{"iat", now(seconds)}}, "iat of the DPoP proof is in the future");
        }
        for (const int seconds : {-61, -3600}) {
            refuses({{"iat", now(seconds)}}, "iat of the DPoP proof is too long ago");
        }
        refuses({{"iat", 0}}, "iat of the DPoP proof is too long ago");
        refuses({{"iat", INT64_MAX}}, "The DPoP proof has no usable iat");
    }

    void theTimesAreSettings() {
        binding_ = bed_.make({{"proof_life", "10s"}, {"clock_skew", "0s"}});
        CPPUNIT_ASSERT(bind({{"iat", now(-10)}}));
        refuses({{"iat", now(-11)}}, "iat of the DPoP proof is too long ago");
        refuses({{"iat", now(1)}}, "iat of the DPoP proof is in the future");
    }

    void itsOwnTimesCount() {
        CPPUNIT_ASSERT(bind({{"nbf", now(-10)}, {"exp", now(10)}}));
        const std::string why = "The DPoP proof is not valid now, by its own nbf and exp";
        refuses({{"exp", now(-30)}}, why);
        refuses({{"nbf", now(31)}}, why);
    }

    void moreClaimsDoNoHarm() {
        CPPUNIT_ASSERT(bind({{"nonce", "unasked"}, {"ath", "x"}, {"more", ValueMap{{"a", 1}}}},
                            {{"more", ValueList{}}}));
    }

    void thereIsOneProof() {
        auto request = bed_.asks(1);
        request.headers.push_back(bed_.asks(1).headers[0]);
        const auto bound = asks(request);
        CPPUNIT_ASSERT_EQUAL(std::string("The request has more than one DPoP proof"),
                             bound.error().description);
        request.headers = {{"dpop", ""}};
        CPPUNIT_ASSERT(!asks(request));
        request.headers = {
            {"dpop", bed_.asks(1).headers[0].value + ", " + bed_.asks(1).headers[0].value}};
        CPPUNIT_ASSERT(!asks(request));
    }

    void longProofsAreNotRead() {
        CPPUNIT_ASSERT(bind({{"more", std::string(3000, 'x')}}));
        refuses({{"more", std::string(8000, 'x')}}, "The DPoP proof is no signed JWT");
    }

    void aProofIsUsedOnce() {
        const auto request = bed_.asks(1);
        CPPUNIT_ASSERT(asks(request));
        for (const int later : {0, 59, 1}) {
            bed_.host.fakeClock.advance(seconds{later});
            CPPUNIT_ASSERT_EQUAL(std::string("The DPoP proof was used before"),
                                 asks(request).error().description);
        }
        bed_.host.fakeClock.advance(seconds{1});
        CPPUNIT_ASSERT_EQUAL(std::string("iat of the DPoP proof is too long ago"),
                             asks(request).error().description);
    }

    void aProofThatIsWrongUsesNothingUp() {
        refuses({{"jti", "mine"}, {"htm", "GET"}},
                "htm of the DPoP proof is not the method of the request");
        const auto forged = bed_.proof(bed_.claims({{"jti", "mine"}}),
                                       {{"jwk", ProofBed::key(1).publicJwk("k")}}, 2);
        CPPUNIT_ASSERT(!asks(ProofBed::tokenRequest(forged)));
        const auto others = bed_.proof(bed_.claims({{"jti", "mine"}}), {}, 2);
        CPPUNIT_ASSERT(asks(ProofBed::tokenRequest(others)));
        CPPUNIT_ASSERT(bind({{"jti", "mine"}}));
        refuses({{"jti", "mine"}}, "The DPoP proof was used before");
    }

    void lostMarksAreNoAnswer() {
        bed_.host.fakeRecords.loseMarks();
        CPPUNIT_ASSERT_EQUAL(503, bind(ValueMap()).error().httpStatus());
        bed_.host.fakeClock.advance(seconds{31});
        CPPUNIT_ASSERT(bind(ValueMap()));
    }

    void aResourceWantsTheTokensHash() {
        CPPUNIT_ASSERT_EQUAL(std::string(), codeAtResource(bed_.resourceRequest("t")));
        for (const Value& hash : {Value(), Value("x"), Value(base64url(bed_.crypto.sha256("u")))}) {
            CPPUNIT_ASSERT_EQUAL(std::string("401 invalid_dpop_proof"),
                                 codeAtResource(bed_.resourceRequest("t", {{"ath", hash}})));
        }
        const auto elsewhere =
            bed_.resourceRequest("t", {{"htu", "https://id.example.org/api/oauth/token"}});
        CPPUNIT_ASSERT_EQUAL(std::string("401 invalid_dpop_proof"), codeAtResource(elsewhere));
    }

    void aResourceWantsTheTokensKey() {
        CPPUNIT_ASSERT_EQUAL(std::string("401 invalid_token"),
                             codeAtResource(bed_.resourceRequest("t", {}, 2)));
        CPPUNIT_ASSERT_EQUAL(std::string("401 invalid_dpop_proof"), codeAtResource({}));
        const auto once = bed_.resourceRequest("t");
        CPPUNIT_ASSERT_EQUAL(std::string(), codeAtResource(once));
        CPPUNIT_ASSERT_EQUAL(std::string("401 invalid_dpop_proof"), codeAtResource(once));
    }

    void whoHasToBindIsHeldToIt() {
        Client client;
        CPPUNIT_ASSERT(asks(HttpRequest(), client));
        client.metadata = {{"dpop_bound_access_tokens", true}};
        CPPUNIT_ASSERT_EQUAL(std::string("invalid_dpop_proof"),
                             asks(HttpRequest(), client).error().code);
        CPPUNIT_ASSERT(asks(bed_.asks(1), client));
        CPPUNIT_ASSERT(!bed_.make({{"required", true}})->bind(context_, {}, {}));
    }

    void theIssuersUrlCounts() {
        const testkit::FakeContext tenant(2, "https://id.example.org/tenant", "/tenant");
        auto request = ProofBed::tokenRequest(
            bed_.proof(bed_.claims({{"htu", "https://id.example.org/tenant/api/oauth/token"}})));
        request.path = "/tenant/api/oauth/token";
        request.headers.push_back({"host", "10.0.0.7:8080"});
        CPPUNIT_ASSERT(binding_->bind(tenant, request, {}));
        request.headers[0].value = bed_.proof(bed_.claims());
        CPPUNIT_ASSERT(!binding_->bind(tenant, request, {}));
    }

    void theHostForMutualTlsCountsWhereItWasCalled() {
        testkit::FakeContext tenant;
        tenant.issuer.mtlsUrl = "https://id.example.org:8444";
        const std::string own = "https://id.example.org/api/oauth/token";
        const std::string alias = "https://id.example.org:8444/api/oauth/token";
        const auto isTaken = [&](const std::string& htu, const std::string& host) {
            auto request = ProofBed::tokenRequest(bed_.proof(bed_.claims({{"htu", htu}})));
            request.headers.push_back({"host", host});
            return bool(binding_->bind(tenant, request, {}));
        };
        CPPUNIT_ASSERT(isTaken(alias, "ID.example.org:8444"));
        CPPUNIT_ASSERT(!isTaken(alias, "id.example.org"));
        CPPUNIT_ASSERT(!isTaken(own, "id.example.org:8444"));
        CPPUNIT_ASSERT(isTaken(own, "id.example.org"));
    }

    void theAuthorizationRequestNamesAThumbprint() {
        CPPUNIT_ASSERT(*binding_->read(ProofBed::jkt(1)) == Value(ProofBed::jkt(1)));
        for (const std::string& odd : {std::string(), std::string("x"), ProofBed::jkt(1) + "=",
                                       ProofBed::jkt(1) + "A", std::string(43, '+')}) {
            CPPUNIT_ASSERT(binding_->read(odd).error().code == OAuthCode::invalidRequest);
        }
    }

    void whatAClientProvesIsTheParameter() {
        CPPUNIT_ASSERT(!*binding_->proven(context_, {}, {}));
        CPPUNIT_ASSERT_EQUAL(ProofBed::jkt(2),
                             *(**binding_->proven(context_, bed_.asks(2), {})).bound.text());
        CPPUNIT_ASSERT(!bed_.make({{"required", true}})->proven(context_, {}, {})->has_value());
    }

    void aClientsAlgorithmsAreItsOwn() {
        const auto isTaken = [&](const Value& algorithms) {
            Client client;
            client.metadata = {{"dpop_signing_alg", algorithms}};
            const bool isBound = bool(asks(bed_.asks(1), client));
            CPPUNIT_ASSERT_EQUAL(isBound, bool(binding_->proven(context_, bed_.asks(1), client)));
            return isBound;
        };
        CPPUNIT_ASSERT(isTaken("ES256"));
        CPPUNIT_ASSERT(isTaken(ValueList{"PS256", "ES256"}));
        CPPUNIT_ASSERT(!isTaken("PS256"));
        CPPUNIT_ASSERT(!isTaken(ValueList{"ES384", "EdDSA"}));
    }

    void aResourceTellsItsAlgorithms() {
        CPPUNIT_ASSERT_EQUAL(std::string("DPoP algs=\"ES256 ES384 PS256 EdDSA\""),
                             binding_->challenge(nullptr));
        const auto error = OAuthError::of(OAuthCode::invalidToken, "No");
        CPPUNIT_ASSERT_EQUAL(std::string("DPoP error=\"invalid_token\", error_description=\"No\", "
                                         "algs=\"ES256 ES384 PS256 EdDSA\""),
                             binding_->challenge(&error));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(DpopBindingTest);

}  // namespace gatehouse
