// SPDX-License-Identifier: Apache-2.0
#include "http/Router.h"

#include <gatehouse/testkit/FakeMetrics.h>

#include <cppunit/TestAssert.h>
#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <memory>
#include <string>
#include <vector>

namespace gatehouse {

namespace {

using Outcome = Router::Outcome;

Route route(const std::string& method, const std::string& path, bool allowsAnyOrigin = false) {
    return {method, path, Lane::loop,
            [](const Context&, const HttpRequest&) { return HttpResponse{}; }, allowsAnyOrigin};
}

std::vector<Route> someRoutes() {
    return {
        route("GET", "/.well-known/openid-configuration", true),
        route("POST", "/api/oauth/token", true),
        route("GET", "/interaction/{id}/login"),
        route("POST", "/interaction/{id}/login"),
        route("GET", "/api/oauth/register/{client}"),
        route("PUT", "/api/oauth/register/{client_id}"),
        route("GET", "/api/oauth/register/self"),
        route("GET", "/metrics"),
        route("GET", "/api/healthz"),
        route("GET", "/api/admin/clients"),
    };
}

}  // namespace

class RouterTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RouterTest);
    CPPUNIT_TEST(aPathIsFoundByItsSegments);
    CPPUNIT_TEST(parametersAreDecoded);
    CPPUNIT_TEST(aSegmentThatCannotBeDecodedIsNotFound);
    CPPUNIT_TEST(eachRouteHasItsOwnParameterNames);
    CPPUNIT_TEST(aFixedPathGoesBeforeAPattern);
    CPPUNIT_TEST(anotherMethodIsRefusedWithTheOnesAllowed);
    CPPUNIT_TEST(headIsAnsweredAsGet);
    CPPUNIT_TEST(headIsRefusedWhereAGetHasEffects);
    CPPUNIT_TEST(preflightIsAnsweredOnlyWhereAnyOriginIsAllowed);
    CPPUNIT_TEST(theLongestIssuerPathWins);
    CPPUNIT_TEST(thePathInsertedFormFindsTheIssuer);
    CPPUNIT_TEST(theHostChoosesAmongIssuers);
    CPPUNIT_TEST(theMutualTlsHostIsItsIssuers);
    CPPUNIT_TEST(anIssuerIsLoadedWhenItIsFirstAskedFor);
    CPPUNIT_TEST(operationalPathsAreAtTheRootOnly);
    CPPUNIT_TEST(thousandsOfIssuersAreTold);
    CPPUNIT_TEST(twoRoutesThatAnswerTheSameAreRefused);
    CPPUNIT_TEST(malformedRoutesAreRefused);
    CPPUNIT_TEST(whatHandlersNeedLivesAsLongAsTheRouter);
    CPPUNIT_TEST_SUITE_END();

public:
    void aPathIsFoundByItsSegments() {
        const auto router = make({{1, "https://a", ""}});
        CPPUNIT_ASSERT_EQUAL(std::string("/api/oauth/token"), found(*router, "/api/oauth/token"));
        CPPUNIT_ASSERT_EQUAL(std::string("/interaction/{id}/login"),
                             found(*router, "/interaction/x/login"));
        for (const char* path : {"/", "/api/oauth", "/api/oauth/token/", "//api/oauth/token",
                                 "/api/oauth/%74oken", "/interaction//login", "/interaction/x",
                                 "/interaction/x/login/", "/interaction/x/y/login", "/Metrics"}) {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(path, std::string(), found(*router, path));
        }
    }

    void parametersAreDecoded() {
        const auto router = make({{1, "https://a", ""}});
        const auto match = router->find("GET", "a", "/interaction/a%2Bb+%C3%A4%26/login");
        CPPUNIT_ASSERT_EQUAL(std::string("id"), match.parameters.at(0).first);
        CPPUNIT_ASSERT_EQUAL(std::string("a+b+\xC3\xA4&"), match.parameters.at(0).second);
    }

    void aSegmentThatCannotBeDecodedIsNotFound() {
        const auto router = make({{1, "https://a", ""}});
        for (const char* id : {"%", "%4", "%zz", "a%2Fb", "a%2fb", "a%00", "%00"}) {
            const std::string path = "/interaction/" + std::string(id) + "/login";
            CPPUNIT_ASSERT_EQUAL_MESSAGE(id, std::string(), found(*router, path));
        }
    }

    void eachRouteHasItsOwnParameterNames() {
        const auto router = make({{1, "https://a", ""}});
        CPPUNIT_ASSERT_EQUAL(
            std::string("client_id"),
            router->find("PUT", "a", "/api/oauth/register/c1").parameters.at(0).first);
        CPPUNIT_ASSERT_EQUAL(
            std::string("client"),
            router->find("GET", "a", "/api/oauth/register/c1").parameters.at(0).first);
    }

    void aFixedPathGoesBeforeAPattern() {
        const auto router = make({{1, "https://a", ""}});
        CPPUNIT_ASSERT_EQUAL(std::string("/api/oauth/register/self"),
                             found(*router, "/api/oauth/register/self"));
    }

    void anotherMethodIsRefusedWithTheOnesAllowed() {
        const auto router = make({{1, "https://a", ""}});
        const auto token = router->find("GET", "a", "/api/oauth/token");
        CPPUNIT_ASSERT(token.outcome == Outcome::wrongMethod);
        CPPUNIT_ASSERT_EQUAL(std::string("POST, OPTIONS"), token.allow);
        const auto login = router->find("DELETE", "a", "/interaction/x/login");
        CPPUNIT_ASSERT(login.outcome == Outcome::wrongMethod);
        CPPUNIT_ASSERT_EQUAL(std::string("GET, POST, HEAD"), login.allow);
        CPPUNIT_ASSERT_EQUAL(std::string("/interaction/{id}/login"), std::string(login.pattern));
        CPPUNIT_ASSERT(router->find("get", "a", "/metrics").outcome == Outcome::wrongMethod);
    }

    void headIsAnsweredAsGet() {
        const auto router = make({{1, "https://a", ""}});
        CPPUNIT_ASSERT(router->find("HEAD", "a", "/metrics").outcome == Outcome::found);
        CPPUNIT_ASSERT(router->find("HEAD", "a", "/api/oauth/token").outcome ==
                       Outcome::wrongMethod);
    }

    /// RFC 9110 section 9.3.2: what HEAD answers is what GET would, without doing it.
    void headIsRefusedWhereAGetHasEffects() {
        auto routes = someRoutes();
        routes.push_back(route("GET", "/api/oauth/authorize"));
        routes.back().hasEffects = true;
        routes.push_back(route("POST", "/api/oauth/authorize"));
        const auto router = make({{1, "https://a", ""}}, std::move(routes));
        const auto head = router->find("HEAD", "a", "/api/oauth/authorize");
        CPPUNIT_ASSERT(head.outcome == Outcome::wrongMethod);
        CPPUNIT_ASSERT_EQUAL(std::string("GET, POST"), head.allow);
        CPPUNIT_ASSERT_EQUAL(std::string("/api/oauth/authorize"),
                             found(*router, "/api/oauth/authorize"));
    }

    void preflightIsAnsweredOnlyWhereAnyOriginIsAllowed() {
        const auto router = make({{1, "https://a", ""}});
        const auto open = router->find("OPTIONS", "a", "/api/oauth/token");
        CPPUNIT_ASSERT(open.outcome == Outcome::preflight);
        CPPUNIT_ASSERT_EQUAL(std::string("POST, OPTIONS"), open.allow);
        CPPUNIT_ASSERT(router->find("OPTIONS", "a", "/interaction/x/login").outcome ==
                       Outcome::wrongMethod);
    }

    void theLongestIssuerPathWins() {
        const auto router = make({{1, "https://a", ""},
                                  {2, "https://a/one", "/one"},
                                  {3, "https://a/one/in", "/one/in"},
                                  {4, "https://a/end/", "/end/"}});
        CPPUNIT_ASSERT_EQUAL(1U, issuerOf(*router, "a", "/api/oauth/token"));
        CPPUNIT_ASSERT_EQUAL(2U, issuerOf(*router, "a", "/one/api/oauth/token"));
        CPPUNIT_ASSERT_EQUAL(3U, issuerOf(*router, "a", "/one/in/api/oauth/token"));
        CPPUNIT_ASSERT_EQUAL(4U, issuerOf(*router, "a", "/end/api/oauth/token"));
        CPPUNIT_ASSERT_EQUAL(std::string(), found(*router, "/onerous/api/oauth/token"));
        CPPUNIT_ASSERT_EQUAL(std::string(), found(*router, "/two/api/oauth/token"));
        CPPUNIT_ASSERT_EQUAL(2U, issuerOf(*router, "a", "/one/.well-known/openid-configuration"));
    }

    void thePathInsertedFormFindsTheIssuer() {
        auto routes = someRoutes();
        routes.push_back(route("GET", "/.well-known/oauth-authorization-server", true));
        const auto router =
            *Router::make({{1, "https://a", ""}, {2, "https://a/one/two", "/one/two"}},
                          std::move(routes), metrics_);
        for (const char* name :
             {"/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"}) {
            CPPUNIT_ASSERT_EQUAL(2U, issuerOf(*router, "a", std::string(name) + "/one/two"));
            CPPUNIT_ASSERT_EQUAL(std::string(name), found(*router, std::string(name) + "/one/two"));
            CPPUNIT_ASSERT_EQUAL(1U, issuerOf(*router, "a", name));
            CPPUNIT_ASSERT_EQUAL(std::string(), found(*router, std::string(name) + "/one"));
            CPPUNIT_ASSERT_EQUAL(std::string(), found(*router, std::string(name) + "/one/two/"));
        }
    }

    void theHostChoosesAmongIssuers() {
        const auto router = make({{1, "https://a.example", ""},
                                  {2, "https://B.example:8443", ""},
                                  {3, "https://c.example/team", "/team"},
                                  {4, "http://d.example:80", ""}});
        const std::string token = "/api/oauth/token";
        CPPUNIT_ASSERT_EQUAL(1U, issuerOf(*router, "a.example", token));
        CPPUNIT_ASSERT_EQUAL(1U, issuerOf(*router, "A.Example:443", token));
        CPPUNIT_ASSERT_EQUAL(2U, issuerOf(*router, "b.example:8443", token));
        CPPUNIT_ASSERT_EQUAL(4U, issuerOf(*router, "d.example", token));
        CPPUNIT_ASSERT(router->find("POST", "unknown.example", token).outcome ==
                       Outcome::unknownPath);
        CPPUNIT_ASSERT(router->find("GET", "unknown.example", "/metrics").outcome ==
                       Outcome::found);
        CPPUNIT_ASSERT_EQUAL(3U, issuerOf(*router, "c.example", "/team" + token));
        CPPUNIT_ASSERT(router->find("POST", "c.example", token).outcome == Outcome::unknownPath);
    }

    void theMutualTlsHostIsItsIssuers() {
        const Issuer a{1, "https://a.example", "", {}, {}, "https://mtls.example"};
        const Issuer b{2, "https://b.example/team", "/team", {}, {}, "https://mtls.example"};
        const Issuer c{3, "https://c.example", ""};
        const auto router = make({a, b, c});
        const std::string token = "/api/oauth/token";
        CPPUNIT_ASSERT_EQUAL(1U, issuerOf(*router, "mtls.example", token));
        CPPUNIT_ASSERT_EQUAL(2U, issuerOf(*router, "MTLS.example:443", "/team" + token));
        CPPUNIT_ASSERT_EQUAL(3U, issuerOf(*router, "c.example", token));
        CPPUNIT_ASSERT_EQUAL(0U, issuerOf(*router, "mtls.example:8443", token));
        // Where there is one issuer any host is its own, as without it.
        CPPUNIT_ASSERT_EQUAL(1U, issuerOf(*make({a}), "whatever.example", token));
    }

    void anIssuerIsLoadedWhenItIsFirstAskedFor() {
        std::vector<IssuerId> loads;
        bool isThere = false;
        const auto router =
            *Router::make({{1, "https://a", ""}, {2, "https://a/two", "/two"}}, someRoutes(),
                          metrics_, nullptr, [&](const Context& context) {
                              loads.push_back(context.issuer.id);
                              return isThere;
                          });
        const std::string document = "/.well-known/openid-configuration";
        CPPUNIT_ASSERT(!router->find("GET", "a", "/metrics").needsLoading);
        CPPUNIT_ASSERT(router->loaded().empty());
        for (const bool now : {false, true}) {
            isThere = now;
            const auto match = router->find("GET", "a", "/two" + document);
            CPPUNIT_ASSERT(match.needsLoading);
            CPPUNIT_ASSERT(match.lane() == Lane::protocol);
            router->load({*match.issuer, {}, {}, {}});
        }
        const auto loaded = router->find("GET", "a", "/two" + document);
        CPPUNIT_ASSERT(!loaded.needsLoading);
        CPPUNIT_ASSERT(loaded.lane() == Lane::loop);
        CPPUNIT_ASSERT((loads == std::vector<IssuerId>{2, 2}));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, router->loaded().size());
        CPPUNIT_ASSERT(router->find("GET", "a", document).needsLoading);
    }

    void operationalPathsAreAtTheRootOnly() {
        const auto router = make({{7, "https://a/tenant", "/tenant"}});
        CPPUNIT_ASSERT_EQUAL(std::string("/metrics"), found(*router, "/metrics"));
        CPPUNIT_ASSERT_EQUAL(std::string("/api/healthz"), found(*router, "/api/healthz"));
        CPPUNIT_ASSERT_EQUAL(7U, issuerOf(*router, "a", "/api/admin/clients"));
        CPPUNIT_ASSERT_EQUAL(std::string(), found(*router, "/tenant/metrics"));
        CPPUNIT_ASSERT_EQUAL(std::string(), found(*router, "/tenant/api/healthz"));
        CPPUNIT_ASSERT_EQUAL(std::string(), found(*router, "/api/oauth/token"));
    }

    void thousandsOfIssuersAreTold() {
        std::vector<Issuer> issuers;
        for (IssuerId id = 1; id <= 5000; ++id) {
            const std::string path = "/t" + std::to_string(id);
            issuers.push_back({id, "https://a" + path, path});
        }
        const auto router = make(std::move(issuers));
        CPPUNIT_ASSERT_EQUAL(1U, issuerOf(*router, "a", "/t1/api/oauth/token"));
        CPPUNIT_ASSERT_EQUAL(4321U, issuerOf(*router, "a", "/t4321/api/oauth/token"));
        CPPUNIT_ASSERT_EQUAL(std::string(), found(*router, "/t5001/api/oauth/token"));
    }

    void twoRoutesThatAnswerTheSameAreRefused() {
        for (const auto& [first, second] :
             {std::pair<const char*, const char*>{"/a", "/a"}, {"/a/{x}", "/a/{y}"}}) {
            const auto made = Router::make({{1, "https://a", ""}},
                                           {route("GET", first), route("GET", second)}, metrics_);
            CPPUNIT_ASSERT(!made);
            CPPUNIT_ASSERT_EQUAL("two routes answer GET " + std::string(second),
                                 made.error().detail);
        }
    }

    void malformedRoutesAreRefused() {
        CPPUNIT_ASSERT(!Router::make({}, {}, metrics_));
        for (const char* path : {"", "a", "/a b", "/a#b"}) {
            CPPUNIT_ASSERT_MESSAGE(
                path, !Router::make({{1, "https://a", ""}}, {route("GET", path)}, metrics_));
        }
        CPPUNIT_ASSERT(!Router::make({{1, "https://a", ""}}, {route("G T", "/a")}, metrics_));
        CPPUNIT_ASSERT(
            !Router::make({{1, "https://a", ""}}, {{"GET", "/a", Lane::loop, nullptr}}, metrics_));
    }

    void whatHandlersNeedLivesAsLongAsTheRouter() {
        auto generation = std::make_shared<int>(1);
        auto router = *Router::make({{1, "https://a", ""}}, {}, metrics_, generation);
        const std::weak_ptr<int> watched = generation;
        generation.reset();
        CPPUNIT_ASSERT(!watched.expired());
        router.reset();
        CPPUNIT_ASSERT(watched.expired());
    }

private:
    std::shared_ptr<const Router> make(std::vector<Issuer> issuers,
                                       std::vector<Route> routes = someRoutes()) {
        return *Router::make(std::move(issuers), std::move(routes), metrics_);
    }
    /// The pattern of the route that answers some method; empty when the path is unknown.
    static std::string found(const Router& router, const std::string& path) {
        for (const char* method : {"GET", "POST"}) {
            const auto match = router.find(method, "a", path);
            if (match.outcome == Outcome::found) {
                return match.entry->route.path;
            }
        }
        return {};
    }
    static IssuerId issuerOf(const Router& router, const std::string& host,
                             const std::string& path) {
        for (const char* method : {"GET", "POST"}) {
            const auto match = router.find(method, host, path);
            if (match.outcome == Outcome::found) {
                return match.issuer->id;
            }
        }
        return 0;
    }

    testkit::FakeMetrics metrics_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(RouterTest);

}  // namespace gatehouse
