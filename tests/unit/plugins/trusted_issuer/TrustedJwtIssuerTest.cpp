// SPDX-License-Identifier: Apache-2.0
#include "IssuerBed.h"

namespace gatehouse {

class TrustedJwtIssuerTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TrustedJwtIssuerTest);
    CPPUNIT_TEST(aPersonIsNamedByTheirLogin);
    CPPUNIT_TEST(orByTheirIdInAStore);
    CPPUNIT_TEST(anAddressCountsOnceItIsVerified);
    CPPUNIT_TEST(aServiceIsTheClientItself);
    CPPUNIT_TEST(conditionsAreMetByEachMember);
    CPPUNIT_TEST(whatIsWrongIsRefused);
    CPPUNIT_TEST(itIsForUsAlone);
    CPPUNIT_TEST(aMarkNamesTheAssertion);
    CPPUNIT_TEST(keysOfAnIssuerThatIsAwayAreNoRefusal);
    CPPUNIT_TEST(peopleWhoCannotBeAskedAboutAreNoRefusal);
    CPPUNIT_TEST(wrongSettingsAreNamed);
    CPPUNIT_TEST_SUITE_END();

    IssuerBed bed_;
    Client shop_;

    Result<std::optional<Vouched>, OAuthError> vouch(ValueMap claims,
                                                     const std::string& algorithm = "ES256") {
        return bed_.make()->vouch(bed_.context, shop_, algorithm + " " + toJson(claims));
    }
    Vouched vouched(const ValueMap& claims) {
        const auto answer = vouch(claims);
        CPPUNIT_ASSERT_MESSAGE(answer ? "" : answer.error().detail, answer && *answer);
        return **answer;
    }
    void refused(std::string_view name, Value value) {
        auto claims = bed_.claims();
        claims.set(name, std::move(value));
        const auto answer = vouch(claims);
        CPPUNIT_ASSERT_MESSAGE(toJson(claims), !answer);
        CPPUNIT_ASSERT_EQUAL(std::string(OAuthCode::invalidGrant), answer.error().code);
    }
    ValueMap with(std::string_view name, Value value) {
        auto claims = bed_.claims();
        claims.set(name, std::move(value));
        return claims;
    }
    void putSubject(ValueMap subject) {
        bed_.settings.set("subjects", ValueMap{{"one", std::move(subject)}});
    }
    std::string problem() {
        TrustedJwtIssuer plugin;
        const auto configured = bed_.configure(plugin);
        return configured ? "" : configured.error().detail;
    }

public:
    void setUp() override { shop_.id = "shop"; }

    void aPersonIsNamedByTheirLogin() {
        const auto ada = vouched(bed_.claims());
        CPPUNIT_ASSERT_EQUAL(std::string("people"), ada.subject.store);
        CPPUNIT_ASSERT_EQUAL(std::string("id-of-ada"), ada.subject.id);
        CPPUNIT_ASSERT_EQUAL(std::string("openid"), ada.scopes.text());
        CPPUNIT_ASSERT(ada.audience == std::vector<std::string>{"https://api.example"});
        CPPUNIT_ASSERT(toSeconds(ada.expires) == toSeconds(bed_.host.fakeClock.now()) + 300);
        refused("sub", "nobody");
    }

    void orByTheirIdInAStore() {
        putSubject({{"clients", ValueList{"shop"}},
                    {"person", ValueMap{{"claim", "uid"}, {"by", "id"}, {"store", "ldap"}}}});
        const auto person = vouched(with("uid", "7"));
        CPPUNIT_ASSERT(person.subject.store == "ldap" && person.subject.id == "7");
        refused("uid", 7);
    }

    void anAddressCountsOnceItIsVerified() {
        putSubject({{"clients", ValueList{"shop"}},
                    {"person", ValueMap{{"claim", "email"}, {"by", "login"}}}});
        refused("email", "ada");
        auto claims = with("email", "ada");
        claims.set("email_verified", true);
        CPPUNIT_ASSERT(vouched(claims).subject.id == "id-of-ada");
    }

    void aServiceIsTheClientItself() {
        const auto robot = vouched(with("kind", "robot"));
        CPPUNIT_ASSERT(!robot.subject.isPerson() && robot.subject.sub == "shop");
        CPPUNIT_ASSERT_EQUAL(std::string("audit"), robot.scopes.text());
    }

    void conditionsAreMetByEachMember() {
        const ValueMap pod{{"namespace", "shop"}, {"serviceaccount", ValueMap{{"name", "web"}}}};
        const ValueMap wanted{{"kubernetes.io", pod}, {"ref", ValueList{"main", "release"}}};
        const auto meets = [&](const ValueMap& cluster, Value ref) {
            return says(Value(ValueMap{{"kubernetes.io", cluster}, {"ref", std::move(ref)}}),
                        Value(wanted));
        };
        auto more = pod;
        more.set("pod", ValueMap{{"name", "web-1"}});
        CPPUNIT_ASSERT(meets(more, "release"));
        CPPUNIT_ASSERT(!meets(more, "Release"));
        CPPUNIT_ASSERT(!meets(more, ValueList{"release"}));
        CPPUNIT_ASSERT(!meets({{"namespace", "shop"}}, "main"));
        more.set("serviceaccount", "web");
        CPPUNIT_ASSERT(!meets(more, "main"));
    }

    void whatIsWrongIsRefused() {
        const auto now = toSeconds(bed_.host.fakeClock.now());
        refused("exp", now);
        refused("exp", now + 3661);
        refused("exp", Value());
        refused("exp", "soon");
        refused("nbf", now + 61);
        refused("iat", now + 61);
        refused("sub", "");
        refused("jti", std::string(256, 'x'));
        refused("act", ValueMap{{"sub", "root"}});
        refused("cnf", ValueMap{{"jkt", "x"}});
        for (const auto* algorithm : {"none", "HS256", "RS1", "forged"}) {
            CPPUNIT_ASSERT(!vouch(bed_.claims(), algorithm));
        }
    }

    void itIsForUsAlone() {
        const auto& url = bed_.context.issuer.url;
        CPPUNIT_ASSERT(vouch(with("aud", ValueList{url, url + "/api/oauth/token"})));
        refused("aud", "https://other.example");
        refused("aud", ValueList{url, "https://other.example"});
        refused("aud", ValueList{});
        refused("aud", Value());
        bed_.settings.set("audience", ValueList{"https://other.example"});
        CPPUNIT_ASSERT(vouch(with("aud", "https://other.example")));
    }

    void aMarkNamesTheAssertion() {
        const auto first = vouched(bed_.claims()).once;
        CPPUNIT_ASSERT(!first.empty() && first == vouched(with("sub", "ada")).once);
        CPPUNIT_ASSERT(first != vouched(with("jti", "j2")).once);
        const auto nameless = vouched(with("jti", Value())).once;
        auto later = with("jti", Value());
        later.set("iat", toSeconds(bed_.host.fakeClock.now()) - 1);
        CPPUNIT_ASSERT(!nameless.empty() && nameless != vouched(later).once);
        bed_.settings.set("single_use", false);
        CPPUNIT_ASSERT(vouched(bed_.claims()).once.empty());
    }

    void keysOfAnIssuerThatIsAwayAreNoRefusal() {
        bed_.host.fakeOutgoing.answer([](const OutgoingRequest&) {
            return OutgoingAnswer{500, {}, ""};
        });
        const auto answer = vouch(bed_.claims());
        CPPUNIT_ASSERT(!answer);
        CPPUNIT_ASSERT_EQUAL(std::string(OAuthCode::temporarilyUnavailable), answer.error().code);
    }

    void peopleWhoCannotBeAskedAboutAreNoRefusal() {
        bed_.backend.fail(Error::unavailable("the user store is away"));
        CPPUNIT_ASSERT_EQUAL(503, vouch(bed_.claims()).error().httpStatus());
    }

    void wrongSettingsAreNamed() {
        const auto tells = [this](ValueMap subject, const std::string& why) {
            putSubject(std::move(subject));
            const auto said = problem();
            CPPUNIT_ASSERT_MESSAGE(said, said.find(why) != std::string::npos);
        };
        const ValueList shop{"shop"};
        tells({}, "clients: names the clients");
        tells({{"clients", shop}}, "when: says which");
        tells({{"clients", shop}, {"when", "all"}}, "is a map of claims");
        tells({{"clients", shop}, {"whem", ValueMap{}}}, "is none of when");
        tells({{"clients", shop}, {"person", ValueMap{}}}, "by: is login or id");
        tells({{"clients", shop}, {"person", ValueMap{{"by", "id"}}}}, "store: is the user store");
        tells({{"clients", 7}, {"person", ValueMap{{"by", "login"}}}}, "is a list of texts");
        bed_.settings.set("subjects", ValueMap{});
        CPPUNIT_ASSERT(problem().find("is empty") != std::string::npos);
        bed_.settings.set("jwks_file", "/etc/keys.json");
        CPPUNIT_ASSERT(problem().find("in one place") != std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TrustedJwtIssuerTest);

}  // namespace gatehouse
