// SPDX-License-Identifier: Apache-2.0
#include "ClientAssertionAuth.h"

#include <gatehouse/point/KeyStore.h>
#include <gatehouse/testkit/FakeClients.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include "Assertions.h"
#include "jose/JoseService.h"

#include <cppunit/extensions/HelperMacros.h>

#include <functional>

namespace gatehouse {

using Fields = std::vector<Form::Field>;

namespace {

/// The method verifies with clients' keys; it has none of its own.
class NoKeys final : public KeyStore {
public:
    std::vector<std::string_view> algorithms() const override { return {}; }
    Result<std::vector<PublicKey>> publicKeys(const Context&) const override {
        return std::vector<PublicKey>{};
    }
    Result<std::string> sign(const Context&, std::string_view, std::string_view) const override {
        return Error::unavailable("no keys");
    }
    Status rotate(const Context&) override { return done(); }
    Status refresh(const Context&) override { return done(); }
};

constexpr const char* type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
constexpr const char* sharedSecret = "a client secret that is long enough for HS256";

}  // namespace

class ClientAssertionAuthTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ClientAssertionAuthTest);
    CPPUNIT_TEST(anAssertionByTheClientsKeyProvesIt);
    CPPUNIT_TEST(everyAcceptedAlgorithmWorks);
    CPPUNIT_TEST(withoutKidAllKeysAreTried);
    CPPUNIT_TEST(anotherKeyIsRefused);
    CPPUNIT_TEST(everyAcceptedAudienceWorks);
    CPPUNIT_TEST(aWrongAudienceIsRefused);
    CPPUNIT_TEST(issuerAndSubjectMustBeTheClient);
    CPPUNIT_TEST(timesAreChecked);
    CPPUNIT_TEST(aClockTenSecondsAheadIsTolerated);
    CPPUNIT_TEST(fractionsOfSecondsAreRead);
    CPPUNIT_TEST(theIdIsRequiredAndUsedOnce);
    CPPUNIT_TEST(aRefusedAssertionDoesNotUseUpItsId);
    CPPUNIT_TEST(twoClientsMayUseTheSameId);
    CPPUNIT_TEST(aSecretProvesItToo);
    CPPUNIT_TEST(anExpiredOrUnsealedSecretDoesNot);
    CPPUNIT_TEST(algorithmsAreLimited);
    CPPUNIT_TEST(theRegisteredAlgorithmIsEnforced);
    CPPUNIT_TEST(aPublicKeyIsNeverASecret);
    CPPUNIT_TEST(aClientWithoutKeysIsRefused);
    CPPUNIT_TEST(nothingIsFoundWithoutAnAssertion);
    CPPUNIT_TEST(malformedFormsAreFoundAndSaidToBe);
    CPPUNIT_TEST(aStorageThatIsAwayIsUnavailable);
    CPPUNIT_TEST(whatWasIssuedBeforeReplayMarksWereLostIsRefused);
    CPPUNIT_TEST(withoutAnIssueTimeTheLongestLifeIsAssumed);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        host_.use(jose_);
        host_.add<Clients>("clients", clients_);
        CPPUNIT_ASSERT(method_.configure(testkit::FakeConfig{}, host_));
        CPPUNIT_ASSERT(method_.start());
        client_.id = "shop";
        client_.authMethod = "private_key_jwt";
        publish({key_.publicJwk("k1")});
    }

private:
    void anAssertionByTheClientsKeyProvesIt() {
        const auto proof = offered(signedJwt(key_, "k1", claims()));
        CPPUNIT_ASSERT_EQUAL(std::string(), proof.malformed);
        CPPUNIT_ASSERT_EQUAL(std::string("shop"), proof.clientId);
        CPPUNIT_ASSERT_EQUAL(std::string("private_key_jwt"), proof.method);
        CPPUNIT_ASSERT_EQUAL(std::string(), verify(proof).reason);
    }

    void everyAcceptedAlgorithmWorks() {
        for (const char* algorithm : {"RS256", "PS256", "ES256", "EdDSA"}) {
            const auto key = SigningKey::generate(algorithm);
            publish({key->publicJwk("k")});
            const auto verdict = verify(offered(signedJwt(*key, "k", claims(algorithm))));
            CPPUNIT_ASSERT_MESSAGE(algorithm, verdict.isProven);
        }
    }

    void withoutKidAllKeysAreTried() {
        publish({SigningKey::generate("ES256")->publicJwk("other"), key_.publicJwk("k1")});
        CPPUNIT_ASSERT(verify(offered(signedJwt(key_, "", claims()))).isProven);
    }

    void anotherKeyIsRefused() {
        const auto stranger = SigningKey::generate("ES256");
        refused("no key of the client verifies", signedJwt(*stranger, "k1", claims()));
        refused("no key of the client verifies", signedJwt(*stranger, "", claims()));
    }

    void everyAcceptedAudienceWorks() {
        const std::string base = "https://id.example.org/api/oauth/";
        int number = 0;
        for (const Value& audience : {Value("https://id.example.org"), Value(base + "token"),
                                      Value(ValueList{"https://id.example.org"}),
                                      Value(ValueList{"https://id.example.org", base + "token"})}) {
            auto changed = claims("aud" + std::to_string(++number));
            changed.set("aud", audience);
            CPPUNIT_ASSERT_EQUAL(std::string(),
                                 verify(offered(signedJwt(key_, "k1", changed))).reason);
        }
    }

    void aWrongAudienceIsRefused() {
        for (const Value& audience :
             {Value("https://id.example.org/"), Value("https://evil.example.org"), Value(""),
              Value(ValueList{}), Value(ValueList{7}), Value(7),
              Value("https://id.example.org/api/oauth/userinfo"),
              Value("https://id.example.org/api/oauth/introspect"),
              Value(ValueList{"https://elsewhere.example.org", "https://id.example.org"}),
              Value(ValueList{"https://id.example.org", "https://id.example.org/other"}),
              Value(ValueList{"https://id.example.org", 7})}) {
            refusedWith("aud of the assertion", "aud", audience);
        }
        auto without = claims();
        without.erase("aud");
        refused("no aud", signedJwt(key_, "k1", without));
    }

    void issuerAndSubjectMustBeTheClient() {
        refusedWith("iss of the assertion", "iss", "other");
        refusedWith("iss of the assertion", "iss", ValueList{"shop"});
        // The proof names the client of `sub`; the kernel would have looked up that one.
        auto proof = offered(signedJwt(key_, "k1", with("sub", "other")));
        CPPUNIT_ASSERT_EQUAL(std::string("other"), proof.clientId);
        const auto verdict = verify(proof);
        CPPUNIT_ASSERT(verdict.reason.find("sub of the assertion") != std::string::npos);
    }

    void timesAreChecked() {
        const std::int64_t now = toSeconds(host_.fakeClock.now());
        refusedWith("expired 0 s ago", "exp", now);
        refusedWith("expired 300 s ago", "exp", now - 300);
        refusedWith("no usable exp", "exp", "soon");
        refusedWith("no usable exp", "exp", std::int64_t{-1});
        refusedWith("no usable exp", "exp", 1e300);
        refusedWith("no usable exp", "exp", INT64_MAX);
        refusedWith("more than 3600 s ahead", "exp", now + 3700);
        refusedWith("nbf of the assertion is 61 s ahead", "nbf", now + 61);
        refusedWith("iat of the assertion is 61 s ahead", "iat", now + 61);
        refusedWith("nbf of the assertion is no time", "nbf", "now");
        auto without = claims();
        without.erase("exp");
        refused("no usable exp", signedJwt(key_, "k1", without));
    }

    void aClockTenSecondsAheadIsTolerated() {
        auto ahead = claims();
        ahead.set("nbf", toSeconds(host_.fakeClock.now()) + 10);
        ahead.set("iat", toSeconds(host_.fakeClock.now()) + 10);
        CPPUNIT_ASSERT(verify(offered(signedJwt(key_, "k1", ahead))).isProven);
    }

    void fractionsOfSecondsAreRead() {
        const auto now = static_cast<double>(toSeconds(host_.fakeClock.now()));
        auto fractions = claims();
        fractions.set("exp", now + 60.5);
        fractions.set("iat", now + 0.5);
        CPPUNIT_ASSERT(verify(offered(signedJwt(key_, "k1", fractions))).isProven);
    }

    void theIdIsRequiredAndUsedOnce() {
        refusedWith("no jti", "jti", "");
        refusedWith("no jti", "jti", 7);
        const auto assertion = signedJwt(key_, "k1", claims("once"));
        CPPUNIT_ASSERT(verify(offered(assertion)).isProven);
        refused("jti of the assertion was used before", assertion);
        refused("jti of the assertion was used before", signedJwt(key_, "", claims("once")));
    }

    void aRefusedAssertionDoesNotUseUpItsId() {
        const auto stranger = SigningKey::generate("ES256");
        refused("no key", signedJwt(*stranger, "k1", claims("kept")));
        auto late = claims("kept");
        late.set("aud", "https://evil.example.org");
        refused("aud", signedJwt(key_, "k1", late));
        CPPUNIT_ASSERT(verify(offered(signedJwt(key_, "k1", claims("kept")))).isProven);
    }

    void twoClientsMayUseTheSameId() {
        CPPUNIT_ASSERT(verify(offered(signedJwt(key_, "k1", claims("same")))).isProven);
        client_.id = "second";
        auto others = claims("same");
        others.set("iss", "second");
        others.set("sub", "second");
        CPPUNIT_ASSERT(verify(offered(signedJwt(key_, "k1", others))).isProven);
    }

    void aSecretProvesItToo() {
        keepSecret(sharedSecret);
        const auto proof = offered(macedJwt(sharedSecret, "HS256", claims()));
        CPPUNIT_ASSERT_EQUAL(std::string("client_secret_jwt"), proof.method);
        CPPUNIT_ASSERT_EQUAL(std::string(), verify(proof).reason);
        refused("no secret of the client verifies",
                macedJwt("some other secret that is long enough", "HS256", claims("other")));
    }

    void anExpiredOrUnsealedSecretDoesNot() {
        const auto assertion = macedJwt(sharedSecret, "HS256", claims());
        refused("no unexpired secret", assertion);
        keepSecret(sharedSecret);
        client_.secrets.back().expires = host_.fakeClock.now();
        refused("no unexpired secret", assertion);
        client_.secrets.back().expires = never;
        client_.secrets.back().sealed = "damaged";
        const auto verdict = method_.verify(testkit::FakeContext{}, offered(assertion), client_);
        CPPUNIT_ASSERT(!verdict);
        CPPUNIT_ASSERT(verdict.error().fault == Fault::internal);
    }

    void algorithmsAreLimited() {
        const auto strong = SigningKey::generate("ES384");
        publish({strong->publicJwk("k1")});
        refused("alg \"ES384\"", signedJwt(*strong, "k1", claims()));
        for (const char* algorithm : {"none", "NONE", "HS1"}) {
            const auto jwt = macedJwt(sharedSecret, algorithm, claims());
            refused("alg \"" + std::string(algorithm) + "\"", jwt);
        }
    }

    void theRegisteredAlgorithmIsEnforced() {
        client_.metadata.set("token_endpoint_auth_signing_alg", "PS256");
        refused("is not one of the client", signedJwt(key_, "k1", claims()));
        client_.metadata.set("token_endpoint_auth_signing_alg", "ES256");
        CPPUNIT_ASSERT(verify(offered(signedJwt(key_, "k1", claims()))).isProven);
    }

    void aPublicKeyIsNeverASecret() {
        const std::string publicText(key_.publicJwk("k1").text("x"));
        refused("no unexpired secret", macedJwt(publicText, "HS256", claims()));
    }

    void aClientWithoutKeysIsRefused() {
        client_.metadata.erase("jwks");
        refused("the client has no keys", signedJwt(key_, "k1", claims()));
        client_.metadata.set("jwks", "nonsense");
        refused("no key of the client", signedJwt(key_, "k1", claims()));
    }

    void nothingIsFoundWithoutAnAssertion() {
        CPPUNIT_ASSERT(
            !method_.find({}, Form(Fields{{"client_id", "shop"}, {"client_secret", "x"}})));
    }

    void malformedFormsAreFoundAndSaidToBe() {
        const std::string good = signedJwt(key_, "k1", claims());
        const std::vector<std::vector<Form::Field>> forms{
            {{"client_assertion", good}},
            {{"client_assertion_type", type}},
            {{"client_assertion", ""}, {"client_assertion_type", type}},
            {{"client_assertion", good}, {"client_assertion_type", "jwt-bearer"}},
            {{"client_assertion", good},
             {"client_assertion", good},
             {"client_assertion_type", type}},
            {{"client_assertion", "no.jwt"}, {"client_assertion_type", type}},
            {{"client_assertion", good}, {"client_assertion_type", type}, {"client_id", "other"}},
            {{"client_assertion", macedJwt("x", "HS256", {{"iss", "shop"}})},
             {"client_assertion_type", type}},
        };
        for (const auto& fields : forms) {
            const auto proof = method_.find({}, Form(fields));
            CPPUNIT_ASSERT(proof);
            CPPUNIT_ASSERT(!proof->malformed.empty());
            CPPUNIT_ASSERT(!verify(*proof).isProven);
        }
    }

    void aStorageThatIsAwayIsUnavailable() {
        const auto proof = offered(signedJwt(key_, "k1", claims()));
        host_.fakeRecords.fail(Error::unavailable("database is away"));
        const auto verdict = method_.verify(testkit::FakeContext{}, proof, client_);
        CPPUNIT_ASSERT(!verdict);
        CPPUNIT_ASSERT(verdict.error().fault == Fault::unavailable);
    }

    void whatWasIssuedBeforeReplayMarksWereLostIsRefused() {
        const auto used = offered(signedJwt(key_, "k1", claims("used")));
        CPPUNIT_ASSERT(verify(used).isProven);
        host_.fakeRecords.loseMarks();
        isUnavailable(used);
        // A client's clock may be a minute ahead: only what says more than that is newer for sure.
        host_.fakeClock.advance(seconds{60});
        isUnavailable(offered(signedJwt(key_, "k1", claims("a minute later"))));
        host_.fakeClock.advance(seconds{1});
        CPPUNIT_ASSERT(verify(offered(signedJwt(key_, "k1", claims("newer")))).isProven);
        isUnavailable(used);
    }

    void withoutAnIssueTimeTheLongestLifeIsAssumed() {
        host_.fakeRecords.loseMarks();
        host_.fakeClock.advance(seconds{3600});
        isUnavailable(offered(signedJwt(key_, "k1", undatedClaims(60))));
        CPPUNIT_ASSERT(verify(offered(signedJwt(key_, "k1", undatedClaims(61)))).isProven);
    }

    void isUnavailable(const ClientProof& proof) {
        const auto verdict = method_.verify(testkit::FakeContext{}, proof, client_);
        CPPUNIT_ASSERT(!verdict);
        CPPUNIT_ASSERT(verdict.error().fault == Fault::unavailable);
    }
    ValueMap undatedClaims(std::int64_t life) {
        const std::int64_t now = toSeconds(host_.fakeClock.now());
        return {{"iss", "shop"},
                {"sub", "shop"},
                {"aud", "https://id.example.org"},
                {"exp", now + life},
                {"jti", "undated"}};
    }
    ValueMap claims(const std::string& id = "id") {
        const std::int64_t now = toSeconds(host_.fakeClock.now());
        return {
            {"iss", "shop"}, {"sub", "shop"},    {"aud", "https://id.example.org"},
            {"iat", now},    {"exp", now + 300}, {"jti", id},
        };
    }
    ValueMap with(std::string_view name, Value value) {
        auto changed = claims();
        changed.set(name, std::move(value));
        return changed;
    }
    void refusedWith(const std::string& reason, std::string_view name, Value value) {
        refused(reason, signedJwt(key_, "k1", with(name, std::move(value))));
    }
    void refused(const std::string& reason, const std::string& assertion) {
        const auto verdict = verify(offered(assertion));
        CPPUNIT_ASSERT_MESSAGE("proven, though: " + reason, !verdict.isProven);
        CPPUNIT_ASSERT_MESSAGE(verdict.reason + " / " + reason,
                               verdict.reason.find(reason) != std::string::npos);
    }
    ClientProof offered(const std::string& assertion) {
        auto proof = method_.find(
            {}, Form(Fields{{"client_assertion_type", type}, {"client_assertion", assertion}}));
        CPPUNIT_ASSERT(proof);
        proof->endpoint = "/api/oauth/token";
        return *std::move(proof);
    }
    Verdict verify(const ClientProof& proof) {
        const auto verdict = method_.verify(testkit::FakeContext{}, proof, client_);
        CPPUNIT_ASSERT_MESSAGE(verdict ? "" : verdict.error().detail, verdict);
        return *verdict;
    }
    void publish(const std::vector<ValueMap>& keys) {
        ValueList list;
        for (const auto& key : keys) {
            list.emplace_back(key);
        }
        client_.metadata.set("jwks", ValueMap{{"keys", list}});
    }
    void keepSecret(std::string_view text) {
        ClientSecret secret;
        secret.sealed = host_.fakeCrypto.seal("client_secret", Secret(text), client_.id);
        client_.secrets.push_back(secret);
    }

    testkit::FakeHost host_;
    testkit::FakeBackend backend_;
    testkit::FakeClients clients_{backend_};
    NoKeys noKeys_;
    JoseService jose_{noKeys_, host_.fakeCrypto};
    ClientAssertionAuth method_;
    Client client_;
    SigningKey key_ = *SigningKey::generate("ES256");
};

CPPUNIT_TEST_SUITE_REGISTRATION(ClientAssertionAuthTest);

}  // namespace gatehouse
