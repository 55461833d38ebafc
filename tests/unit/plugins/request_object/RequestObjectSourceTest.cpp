// SPDX-License-Identifier: Apache-2.0
#include "ObjectBed.h"
#include "crypto/Digest.h"
#include "json/Json.h"
#include "text/Base64Url.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class RequestObjectSourceTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RequestObjectSourceTest);
    CPPUNIT_TEST(whatTheClientSignedIsTheRequest);
    CPPUNIT_TEST(nothingOutsideCounts);
    CPPUNIT_TEST(valuesAreWhatAQueryWouldHaveBrought);
    CPPUNIT_TEST(everyAlgorithmIsTaken);
    CPPUNIT_TEST(algorithmsAreLimited);
    CPPUNIT_TEST(aPublicKeyIsNeverASecret);
    CPPUNIT_TEST(onlyTheClientsOwnKeysCount);
    CPPUNIT_TEST(oddHeadersAreNotLookedAt);
    CPPUNIT_TEST(otherKindsOfJwtAreRefused);
    CPPUNIT_TEST(whomItIsFromAndForIsChecked);
    CPPUNIT_TEST(timesAreChecked);
    CPPUNIT_TEST(aLongestLifeAsksForTimes);
    CPPUNIT_TEST(anObjectInAnObjectIsRefused);
    CPPUNIT_TEST(whatContradictsTheOutsideIsRefused);
    CPPUNIT_TEST(anObjectWithAnIdIsGoodOnce);
    CPPUNIT_TEST(whatIsEncryptedIsDecrypted);
    CPPUNIT_TEST(encryptionIsAsRegistered);
    CPPUNIT_TEST(onlySomeClientsHaveToSign);
    CPPUNIT_TEST(discoverySaysWhatIsThere);
    CPPUNIT_TEST_SUITE_END();

    using Fields = std::vector<Form::Field>;

    ObjectBed bed_;
    std::unique_ptr<RequestObjectSource> source_ = bed_.make();

    TimePoint now() { return bed_.host.fakeClock.now(); }
    std::int64_t in(int passed) { return toSeconds(now()) + passed; }

    Result<RequestRead, OAuthError> read(const std::string& object, const ValueMap& metadata = {},
                                         Fields outside = {}) {
        outside.emplace_back("request", object);
        return source_->read(*ObjectBed::request(outside, metadata));
    }
    void refused(const std::string& object, const ValueMap& metadata = {},
                 const Fields& outside = {}) {
        const auto answer = read(object, metadata, outside);
        CPPUNIT_ASSERT_MESSAGE(object, !answer);
        CPPUNIT_ASSERT_EQUAL(std::string("invalid_request_object"), answer.error().code);
        CPPUNIT_ASSERT(!answer.error().detail.empty());
    }
    void refusedWith(const ValueMap& changes) { refused(bed_.object(bed_.claims(changes))); }
    void takenWith(const ValueMap& changes) {
        const auto answer = read(bed_.object(bed_.claims(changes)));
        CPPUNIT_ASSERT_MESSAGE(answer ? "" : answer.error().detail, bool(answer));
    }

public:
    void whatTheClientSignedIsTheRequest() {
        const auto answer = read(bed_.object(bed_.claims()));
        CPPUNIT_ASSERT(answer);
        CPPUNIT_ASSERT(
            (answer->parameters.fields() == Fields{{"client_id", "site"},
                                                   {"response_type", "code"},
                                                   {"redirect_uri", "https://site.example/cb"},
                                                   {"scope", "openid profile"},
                                                   {"state", "inside"}}));
        CPPUNIT_ASSERT(answer->once.empty());
    }

    /// RFC 9101 section 6.3.
    void nothingOutsideCounts() {
        const auto answer = read(bed_.object(bed_.claims({{"state", Value()}})), {},
                                 {{"state", "outside"}, {"nonce", "outside"}, {"scope", "openid"}});
        CPPUNIT_ASSERT(answer);
        CPPUNIT_ASSERT(!answer->parameters.has("state") && !answer->parameters.has("nonce"));
        CPPUNIT_ASSERT(answer->parameters.text("scope") == "openid profile");
    }

    void valuesAreWhatAQueryWouldHaveBrought() {
        const auto answer = read(bed_.object(
            bed_.claims({{"max_age", 300},
                         {"claims", ValueMap{{"id_token", ValueMap{{"email", Value()}}}}},
                         {"resource", ValueList{"https://a.example", "https://b.example"}},
                         {"nothing", ValueList{}},
                         {"flag", true}})));
        const auto& form = answer->parameters;
        CPPUNIT_ASSERT(form.text("max_age") == "300" && form.text("flag") == "true");
        CPPUNIT_ASSERT(form.text("claims") == R"({"id_token":{"email":null}})");
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, form.count("resource"));
        CPPUNIT_ASSERT(!form.has("iss") && !form.has("aud"));
    }

    void everyAlgorithmIsTaken() {
        for (const auto* algorithm : {"RS256", "PS256", "ES256", "EdDSA"}) {
            const auto key = SigningKey::generate(algorithm);
            const ValueMap jwks{{"keys", ValueList{key->publicJwk("k")}}};
            const auto object = ObjectBed::signedBy(*key, bed_.claims());
            CPPUNIT_ASSERT_MESSAGE(algorithm, bool(read(object, {{"jwks", jwks}})));
            CPPUNIT_ASSERT(
                read(object, {{"jwks", jwks}, {"request_object_signing_alg", algorithm}}));
            refused(object, {{"jwks", jwks},
                             {"request_object_signing_alg",
                              std::string_view(algorithm) == "RS256" ? "PS256" : "RS256"}});
        }
    }

    void algorithmsAreLimited() {
        source_ = bed_.make({{"algorithms", ValueList{"PS256"}}});
        refused(bed_.object(bed_.claims()));
        source_ = bed_.make();
        const auto body = "." + base64url(toJson(bed_.claims())) + ".";
        for (const auto* algorithm : {"none", "None", "ES384", ""}) {
            refused(base64url(toJson(ValueMap{{"alg", algorithm}})) + body);
        }
        const auto other = SigningKey::generate("ES384");
        refused(ObjectBed::signedBy(*other, bed_.claims()),
                {{"jwks", ValueMap{{"keys", ValueList{other->publicJwk("k")}}}}});
    }

    void aPublicKeyIsNeverASecret() {
        const auto jwk = toJson(ObjectBed::key().publicJwk("one"));
        const auto input = base64url(R"({"alg":"HS256"})") + "." + base64url(toJson(bed_.claims()));
        refused(input + "." + base64url(hmacSha256(jwk, input)));
    }

    void onlyTheClientsOwnKeysCount() {
        const auto foreign = SigningKey::generate("ES256");
        refused(ObjectBed::signedBy(*foreign, bed_.claims()));
        refused(ObjectBed::signedBy(*foreign, bed_.claims(), {{"kid", "one"}}));
        refused(ObjectBed::signedBy(*foreign, bed_.claims(), {{"jwk", foreign->publicJwk("x")}}));
        refused(bed_.object(bed_.claims()), {{"jwks", Value()}});
        auto damaged = bed_.object(bed_.claims());
        damaged[damaged.size() - 5] = damaged[damaged.size() - 5] == 'A' ? 'B' : 'A';
        refused(damaged);
    }

    void oddHeadersAreNotLookedAt() {
        CPPUNIT_ASSERT(read(bed_.object(
            bed_.claims(),
            {{"jku", "https://evil.example/"}, {"x5u", "https://evil.example/"}, {"kid", "one"}})));
        CPPUNIT_ASSERT(bed_.host.fakeOutgoing.sent().empty());
        refused(bed_.object(bed_.claims(), {{"kid", "\"}\n'; DROP TABLE key"}}));
        refused(bed_.object(bed_.claims(), {{"kid", 1}}));
        refused(bed_.object(bed_.claims(), {{"crit", ValueList{"exp"}}}));
    }

    void otherKindsOfJwtAreRefused() {
        for (const auto* type : {"JWT", "oauth-authz-req+jwt"}) {
            CPPUNIT_ASSERT(read(bed_.object(bed_.claims(), {{"typ", type}})));
        }
        for (const auto* type : {"at+jwt", "logout+jwt", "dpop+jwt", ""}) {
            refused(bed_.object(bed_.claims(), {{"typ", type}}));
        }
        refusedWith({{"sub", "site"}});
    }

    void whomItIsFromAndForIsChecked() {
        takenWith({{"aud", ValueList{"https://other.example", bed_.issuer}}});
        takenWith({{"client_id", Value()}});
        const std::vector<ValueMap> wrong{
            {{"iss", "other"}},           {{"iss", Value()}},
            {{"client_id", "other"}},     {{"client_id", 1}},
            {{"aud", Value()}},           {{"aud", "https://other.example"}},
            {{"aud", bed_.issuer + "/"}}, {{"aud", ValueList{}}},
            {{"aud", ValueMap{}}}};
        for (const auto& changes : wrong) {
            refusedWith(changes);
        }
    }

    void timesAreChecked() {
        takenWith({{"exp", in(60)}, {"nbf", in(0)}, {"iat", in(0)}});
        takenWith({{"nbf", in(8)}, {"iat", in(8)}});
        takenWith({{"exp", in(-8)}});
        refusedWith({{"exp", in(-61)}});
        refusedWith({{"nbf", in(61)}});
        refusedWith({{"iat", in(61)}});
        refusedWith({{"exp", "tomorrow"}});
        refusedWith({{"nbf", -1}});
        const auto object = bed_.object(bed_.claims({{"exp", in(60)}}));
        CPPUNIT_ASSERT(read(object));
        bed_.host.fakeClock.advance(seconds{120});
        refused(object);
    }

    void aLongestLifeAsksForTimes() {
        source_ = bed_.make({{"longest_life", "1h"}});
        takenWith({{"nbf", in(0)}, {"exp", in(3600)}});
        refusedWith({{"exp", in(60)}});
        refusedWith({{"nbf", in(0)}});
        refusedWith({{"nbf", in(0)}, {"exp", in(3601)}});
        refusedWith({{"nbf", in(-3601)}, {"exp", in(-1)}});
    }

    void anObjectInAnObjectIsRefused() {
        refusedWith({{"request", bed_.object(bed_.claims())}});
        refusedWith({{"request_uri", "https://site.example/object"}});
    }

    void whatContradictsTheOutsideIsRefused() {
        const auto object = bed_.object(bed_.claims());
        CPPUNIT_ASSERT(read(object, {}, {{"response_type", "code"}, {"client_id", "site"}}));
        refused(object, {}, {{"response_type", "token"}});
        const auto both = read(object, {}, {{"request_uri", "https://site.example/object"}});
        CPPUNIT_ASSERT_EQUAL(std::string(OAuthCode::invalidRequest), both.error().code);
    }

    void anObjectWithAnIdIsGoodOnce() {
        const auto once = [&](const ValueMap& changes) {
            return read(bed_.object(bed_.claims(changes)))->once;
        };
        CPPUNIT_ASSERT(!once({{"jti", "1"}, {"exp", in(60)}}).empty());
        CPPUNIT_ASSERT(once({{"jti", "1"}, {"exp", in(60)}}) !=
                       once({{"jti", "2"}, {"exp", in(60)}}));
        CPPUNIT_ASSERT(once({{"jti", "1"}}).empty());
        CPPUNIT_ASSERT(once({{"jti", "1"}, {"exp", in(900'000)}}).empty());
        refusedWith({{"jti", std::string(256, 'x')}});
    }

    void whatIsEncryptedIsDecrypted() {
        const auto object = bed_.encrypted(bed_.object(bed_.claims()));
        const auto answer = read(object);
        CPPUNIT_ASSERT_MESSAGE(answer ? "" : answer.error().detail, bool(answer));
        CPPUNIT_ASSERT(answer->parameters.text("state") == "inside");
        auto damaged = object;
        damaged.back() = damaged.back() == 'A' ? 'Q' : 'A';
        refused(damaged);
        refused(bed_.encrypted(toJson(bed_.claims())));  // nobody signed it
        refused(bed_.encrypted(object));  // twice
    }

    void encryptionIsAsRegistered() {
        const auto object = bed_.encrypted(bed_.object(bed_.claims()));
        CPPUNIT_ASSERT(read(object, {{"request_object_encryption_alg", "ECDH-ES"}}));
        refused(object, {{"request_object_encryption_alg", "RSA-OAEP-256"}});
        refused(object, {{"request_object_encryption_enc", "A128GCM"}});
    }

    void onlySomeClientsHaveToSign() {
        Client client;
        CPPUNIT_ASSERT(!source_->objection(client));
        client.metadata.set("require_signed_request_object", false);
        CPPUNIT_ASSERT(!source_->objection(client));
        client.metadata.set("require_signed_request_object", true);
        CPPUNIT_ASSERT_EQUAL(std::string(OAuthCode::invalidRequest),
                             source_->objection(client)->code);
    }

    void discoverySaysWhatIsThere() {
        ValueMap metadata;
        source_->describe({}, metadata);
        CPPUNIT_ASSERT(*metadata.find("request_object_signing_alg_values_supported") ==
                       Value(ValueList{"RS256", "PS256", "ES256", "EdDSA"}));
        CPPUNIT_ASSERT(*metadata.find("request_object_encryption_alg_values_supported") ==
                       Value(ValueList{"ECDH-ES"}));
        CPPUNIT_ASSERT(metadata.contains("require_request_uri_registration"));
        ValueMap fewer;
        source_ = bed_.make({{"by_reference", false}});
        bed_.host.use(bed_.host.fakeJose);
        source_->describe({}, fewer);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, fewer.size());
        CPPUNIT_ASSERT(fewer.contains("request_object_signing_alg_values_supported"));
        CPPUNIT_ASSERT(*fewer.find("require_signed_request_object") == Value(false));
        CPPUNIT_ASSERT(source_->parameters() == std::vector<std::string_view>{"request"});
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RequestObjectSourceTest);

}  // namespace gatehouse
