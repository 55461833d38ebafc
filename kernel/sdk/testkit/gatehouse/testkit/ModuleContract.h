// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/HttpModule.h>
#include <gatehouse/testkit/OddTexts.h>
#include <gatehouse/testkit/PluginCase.h>
#include <gatehouse/testkit/RoutePath.h>
#include <gatehouse/testkit/Together.h>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::testkit {

/// What every HttpModule promises, run against the module of a bed:
///
///     struct PortalBed : gatehouse::testkit::FacadeBed {  // made anew for each case
///         /// The module, configured with `host` and started.
///         std::unique_ptr<gatehouse::HttpModule> make();
///         /// Requests, with method and path, that it answers without an error. Threads: any.
///         std::vector<gatehouse::HttpRequest> good();
///     };
///     CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::ModuleContract<PortalBed>);
///
/// Threads call it concurrently, so run it under a thread sanitizer once.
template <class Bed> class ModuleContract : public PluginCase<HttpModule, Bed> {
    using Base = PluginCase<HttpModule, Bed>;
    using Base::bed_;
    using Base::context_;
    using Base::plugin_;

    CPPUNIT_TEST_SUITE(ModuleContract<Bed>);
    CPPUNIT_TEST(routesAreWellFormed);
    CPPUNIT_TEST(noTwoRoutesAreOne);
    CPPUNIT_TEST(routesStayTheSame);
    CPPUNIT_TEST(discoveryIsAddedTo);
    CPPUNIT_TEST(itNamesUrlsThatItAnswers);
    CPPUNIT_TEST(goodRequestsAreAnswered);
    CPPUNIT_TEST(oddRequestsAreAnswered);
    CPPUNIT_TEST(whatAnyOriginMayReadKnowsNoCookies);
    CPPUNIT_TEST(manyThreadsGetTheirAnswers);
    CPPUNIT_TEST(aBackendThatIsAwayIsNoAnswer);
    CPPUNIT_TEST(aSlowBackendIsGivenUpInTime);
    CPPUNIT_TEST(stoppingTwiceIsHarmless);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        Base::setUp();
        routes_ = plugin_->routes();
    }

    void routesAreWellFormed() {
        CPPUNIT_ASSERT_MESSAGE("no route at all", !routes_.empty());
        for (const auto& route : routes_) {
            const auto name = nameOf(route);
            CPPUNIT_ASSERT_MESSAGE(name, isMethod(route.method));
            CPPUNIT_ASSERT_MESSAGE(name, RoutePath(route.path).isSound());
            CPPUNIT_ASSERT_MESSAGE(name + " has no handler", bool(route.handler));
        }
    }

    void noTwoRoutesAreOne() {
        std::set<std::string> different;
        for (const auto& route : routes_) {
            CPPUNIT_ASSERT_MESSAGE(
                nameOf(route) + " twice",
                different.insert(route.method + " " + RoutePath(route.path).shape()).second);
        }
    }

    void routesStayTheSame() {
        const auto again = plugin_->routes();
        CPPUNIT_ASSERT_EQUAL(routes_.size(), again.size());
        for (std::size_t at = 0; at < again.size(); ++at) {
            CPPUNIT_ASSERT_EQUAL(nameOf(routes_[at]), nameOf(again[at]));
            CPPUNIT_ASSERT(routes_[at].lane == again[at].lane);
            CPPUNIT_ASSERT(routes_[at].allowsAnyOrigin == again[at].allowsAnyOrigin);
        }
    }

    void discoveryIsAddedTo() {
        const ValueMap before{{"issuer", context_.issuer.url}, {"a_member", "a value"}};
        auto first = before;
        auto second = before;
        plugin_->describe(context_.issuer, first);
        plugin_->describe(context_.issuer, second);
        CPPUNIT_ASSERT_MESSAGE("it says another thing each time", first == second);
        for (const auto& member : before) {
            CPPUNIT_ASSERT_MESSAGE(member.name, first.find(member.name) != nullptr &&
                                                    *first.find(member.name) == member.value);
        }
    }

    /// Below the path of whatever issuer.
    void itNamesUrlsThatItAnswers() {
        for (const FakeContext& context :
             {context_, FakeContext(2, "https://id.example.org/tenant", "/tenant")}) {
            ValueMap metadata;
            plugin_->describe(context.issuer, metadata);
            for (const auto& [name, value] : metadata) {
                const std::string url = value.text() == nullptr ? "" : *value.text();
                if (url.compare(0, ours.size(), ours) == 0) {
                    CPPUNIT_ASSERT_MESSAGE(name + " is " + url, answers(context.issuer, url));
                }
            }
        }
    }

    void goodRequestsAreAnswered() {
        for (const auto& request : bed_->good()) {
            const auto response = answer(context_, request);
            assertSound(response, request);
            CPPUNIT_ASSERT_MESSAGE(told(request, response), response.status < 400);
        }
    }

    void oddRequestsAreAnswered() {
        auto requests = bed_->good();
        for (const auto& route : routes_) {
            HttpRequest bare;
            bare.method = route.method;
            bare.path = RoutePath(route.path).filled("1");
            requests.push_back(std::move(bare));
        }
        for (const auto& request : requests) {
            eachOdd(request, [this](const HttpRequest& odd) {
                const auto response = answer(context_, odd);
                assertSound(response, odd);
                CPPUNIT_ASSERT_MESSAGE(told(odd, response), response.status < 500);
            });
        }
    }

    void whatAnyOriginMayReadKnowsNoCookies() {
        for (auto request : bed_->good()) {
            const auto response = answer(context_, request);
            if (routeOf(request).allowsAnyOrigin) {
                request.headers.push_back({"cookie", "session=ada"});
                CPPUNIT_ASSERT_EQUAL(response.status, answer(context_, request).status);
                for (const auto& field : response.headers) {
                    CPPUNIT_ASSERT_MESSAGE(request.path, !isCalled(field, "set-cookie"));
                }
            }
        }
    }

    void manyThreadsGetTheirAnswers() {
        const auto good = bed_->good();
        together(4, [&](int) {
            for (int turn = 0; turn < 25; ++turn) {
                for (const auto& request : good) {
                    const auto response = answer(context_, request);
                    CPPUNIT_ASSERT_MESSAGE(told(request, response), response.status < 400);
                }
            }
        });
    }

    void aBackendThatIsAwayIsNoAnswer() {
        Base::saysThatItIsAway([this](const Context& context) { return allOrAway(context); });
    }

    void aSlowBackendIsGivenUpInTime() {
        Base::answersInTime([this](const Context& context) { return allOrAway(context); });
    }

private:
    static constexpr std::string_view ours = "https://id.example.org";

    static std::string nameOf(const Route& route) { return route.method + " " + route.path; }
    static std::string told(const HttpRequest& request, const HttpResponse& response) {
        return request.method + " " + request.path + "?" + request.query.substr(0, 100) + " is " +
               std::to_string(response.status) + " " + response.body.substr(0, 100);
    }
    static bool isMethod(const std::string& method) {
        const std::set<std::string> methods{"GET", "POST", "PUT", "PATCH", "DELETE"};
        return methods.count(method) > 0;
    }
    static bool isCalled(const Header& field, std::string_view name) {
        return std::equal(field.name.begin(), field.name.end(), name.begin(), name.end(),
                          [](char left, char right) { return (left | 0x20) == (right | 0x20); });
    }

    const Route& routeOf(const HttpRequest& request) const {
        for (const auto& route : routes_) {
            if (route.method == request.method && RoutePath(route.path).matches(request.path)) {
                return route;
            }
        }
        throw std::invalid_argument("no route for " + request.method + " " + request.path);
    }
    bool answers(const Issuer& issuer, const std::string& url) const {
        return url.compare(0, issuer.url.size(), issuer.url) == 0 &&
               std::any_of(routes_.begin(), routes_.end(), [&](const Route& route) {
                   return RoutePath(route.path).matches(url.substr(issuer.url.size()));
               });
    }
    HttpResponse answer(const Context& context, HttpRequest request) const {
        const Route& route = routeOf(request);
        if (request.parameters.empty()) {
            request.parameters = RoutePath(route.path).parametersOf(request.path);
        }
        return route.handler(context, request);
    }
    bool allOrAway(const Context& context) const {
        bool isThere = true;
        for (const auto& request : bed_->good()) {
            const auto response = answer(context, request);
            const bool isAway = response.status == 503;
            CPPUNIT_ASSERT_MESSAGE("a backend that is away is no refusal: " +
                                       told(request, response),
                                   response.status < 400 || isAway);
            isThere = isThere && !isAway;
        }
        return isThere;
    }

    /// Each thing in it spoiled in turn; the path as the kernel hands over what was in it.
    template <class Look> void eachOdd(const HttpRequest& request, const Look& look) const {
        const auto parameters = RoutePath(routeOf(request).path).parametersOf(request.path);
        for (const auto& odd : oddTexts()) {
            const auto spoil = [&](const auto& change) {
                HttpRequest spoiled = request;
                change(spoiled);
                look(spoiled);
            };
            spoil([&](HttpRequest& spoiled) { spoiled.query = odd; });
            spoil([&](HttpRequest& spoiled) { spoiled.query = "a=" + odd + "&" + request.query; });
            spoil([&](HttpRequest& spoiled) { spoiled.query = request.query + odd; });
            spoil([&](HttpRequest& spoiled) { spoiled.body = odd; });
            spoil([&](HttpRequest& spoiled) { spoiled.body = request.body + odd; });
            spoil([&](HttpRequest& spoiled) { spoiled.remoteAddress = odd; });
            for (std::size_t at = 0; at < parameters.size(); ++at) {
                spoil([&](HttpRequest& spoiled) {
                    spoiled.parameters = parameters;
                    spoiled.parameters[at].second = odd;
                });
            }
            for (const char* name : {"authorization", "cookie", "content-type", "accept",
                                     "accept-language", "origin", "host", "referer", "dpop"}) {
                spoil([&](HttpRequest& spoiled) { replace(spoiled, name, odd); });
            }
        }
    }
    static void replace(HttpRequest& request, const std::string& name, const std::string& value) {
        auto& headers = request.headers;
        headers.erase(std::remove_if(headers.begin(), headers.end(),
                                     [&](const auto& field) { return field.name == name; }),
                      headers.end());
        headers.push_back({name, value});
    }

    static void assertSound(const HttpResponse& response, const HttpRequest& request) {
        const auto what = told(request, response);
        CPPUNIT_ASSERT_MESSAGE(what, response.status >= 200 && response.status < 600);
        for (const auto& [name, value] : response.headers) {
            CPPUNIT_ASSERT_MESSAGE(what, !name.empty());
            CPPUNIT_ASSERT_MESSAGE(what + ": the header " + name,
                                   name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                                          "abcdefghijklmnopqrstuvwxyz-") ==
                                       std::string::npos);
            CPPUNIT_ASSERT_MESSAGE(what + ": the value of " + name,
                                   std::all_of(value.begin(), value.end(), [](char c) {
                                       return c < 0 || (c >= 0x20 && c != 0x7f);
                                   }));
        }
    }

    std::vector<Route> routes_;
};

}  // namespace gatehouse::testkit
