// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FacadeBed.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/ModuleContract.h>

#include "../AskRecords.h"
#include "../ContractFinds.h"

#include <atomic>

namespace gatehouse {

namespace {

enum class Bug {
    none,
    pathWithAQuery,
    sameNameTwice,
    oneUrlTwice,
    changesItsRoutes,
    overwritesMembers,
    namesWhatIsNotThere,
    forgetsTheIssuersPath,
    answersNothing,
    fallsOverOddBodies,
    reflectsIntoHeaders,
    readsCookies,
    awayIsWrong,
    isPatient
};

/// Owns /greeting/{name}.
template <Bug bug> class WrongModule final : public HttpModule {
public:
    Status configure(const Config&, Host& host) override {
        host_ = &host;
        return done();
    }
    std::vector<Route> routes() override {
        const Handler handler = [this](const Context& context, const HttpRequest& request) {
            return greet(context, request);
        };
        std::vector<Route> routes{{"GET", "/greeting/{name}", Lane::people, handler, true}};
        if (bug == Bug::pathWithAQuery) {
            routes.push_back({"GET", "/greeting?all", Lane::people, handler});
        }
        if (bug == Bug::sameNameTwice) {
            routes.push_back({"GET", "/greeting/{name}/{name}", Lane::people, handler});
        }
        if (bug == Bug::oneUrlTwice) {
            routes.push_back({"GET", "/greeting/{who}", Lane::people, handler, true});
        }
        if (bug == Bug::changesItsRoutes && asked_++ > 0) {
            routes.front().lane = Lane::loop;
        }
        return routes;
    }
    void describe(const Issuer& issuer, ValueMap& metadata) const override {
        const auto base = bug == Bug::forgetsTheIssuersPath ? "https://id.example.org" : issuer.url;
        metadata.set(bug == Bug::overwritesMembers ? "issuer" : "greeting_endpoint",
                     base + (bug == Bug::namesWhatIsNotThere ? "/farewell/x" : "/greeting/x"));
    }

private:
    HttpResponse greet(const Context& context, const HttpRequest& request) const {
        HttpResponse response;
        const std::string name(request.parameter("name"));
        if (auto asked = askRecords(*host_, context, bug == Bug::isPatient); !asked) {
            response.status = bug == Bug::awayIsWrong ? 404 : 503;
            return response;
        }
        if (bug == Bug::answersNothing || name.size() > 100) {
            response.status = 404;
        }
        if (bug == Bug::fallsOverOddBodies && request.body.find('\xFF') != std::string::npos) {
            response.status = 500;
        }
        if (bug == Bug::reflectsIntoHeaders) {
            response.set("X-Greeted", name);
        }
        if (bug == Bug::readsCookies && !request.cookie("session").empty()) {
            response.status = 302;
        }
        response.body = "hello";
        return response;
    }

    Host* host_ = nullptr;
    int asked_ = 0;
};

template <Bug bug> struct WrongBed : testkit::FacadeBed {
    std::unique_ptr<HttpModule> make() {
        auto module = std::make_unique<WrongModule<bug>>();
        CPPUNIT_ASSERT(module->configure(testkit::FakeConfig{}, host));
        return module;
    }
    std::vector<HttpRequest> good() {
        HttpRequest request;
        request.method = "GET";
        request.path = "/greeting/ada";
        return {request};
    }
};

template <Bug bug> using Contract = testkit::ModuleContract<WrongBed<bug>>;

}  // namespace

/// The contract suite finds what it is there to find, and nothing else.
class WrongModuleTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WrongModuleTest);
    CPPUNIT_TEST(aRightModulePasses);
    CPPUNIT_TEST(wrongUrlsAreFound);
    CPPUNIT_TEST(wrongAnswersAreFound);
    CPPUNIT_TEST_SUITE_END();

public:
    void aRightModulePasses() { contractFinds<Contract<Bug::none>>(""); }

    void wrongUrlsAreFound() {
        contractFinds<Contract<Bug::pathWithAQuery>>("routesAreWellFormed ");
        contractFinds<Contract<Bug::sameNameTwice>>("routesAreWellFormed ");
        contractFinds<Contract<Bug::oneUrlTwice>>("noTwoRoutesAreOne ");
        contractFinds<Contract<Bug::changesItsRoutes>>("routesStayTheSame ");
        contractFinds<Contract<Bug::overwritesMembers>>("discoveryIsAddedTo ");
        contractFinds<Contract<Bug::namesWhatIsNotThere>>("itNamesUrlsThatItAnswers ");
        contractFinds<Contract<Bug::forgetsTheIssuersPath>>("itNamesUrlsThatItAnswers ");
    }

    void wrongAnswersAreFound() {
        const std::string away = "aBackendThatIsAwayIsNoAnswer ";
        const std::string slow = "aSlowBackendIsGivenUpInTime ";
        contractFinds<Contract<Bug::answersNothing>>(
            "goodRequestsAreAnswered manyThreadsGetTheirAnswers " + away + slow);
        contractFinds<Contract<Bug::fallsOverOddBodies>>("oddRequestsAreAnswered ");
        contractFinds<Contract<Bug::reflectsIntoHeaders>>("oddRequestsAreAnswered ");
        contractFinds<Contract<Bug::readsCookies>>("whatAnyOriginMayReadKnowsNoCookies ");
        contractFinds<Contract<Bug::awayIsWrong>>(away + slow);
        contractFinds<Contract<Bug::isPatient>>(slow);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(WrongModuleTest);

}  // namespace gatehouse
