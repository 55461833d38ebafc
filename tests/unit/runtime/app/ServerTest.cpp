// SPDX-License-Identifier: Apache-2.0
#include "ServerBed.h"

#include <cppunit/extensions/HelperMacros.h>

#include <memory>
#include <string>
#include <vector>

namespace gatehouse {

namespace {

using Steps = std::vector<std::string>;

std::vector<std::string> recording(const std::string& names, const std::string& base = "") {
    std::vector<std::string> lines;
    for (const char name : names) {
        lines.push_back("- use: event_sink.recording");
        lines.push_back("  name: " + std::string(1, name));
        lines.push_back("  base: x" + (name == names.back() ? base : std::string()));
    }
    return lines;
}

void append(std::vector<std::string>& lines, const std::vector<std::string>& more) {
    lines.insert(lines.end(), more.begin(), more.end());
}

}  // namespace

class ServerTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ServerTest);
    CPPUNIT_TEST(itStartsAnswersAndStopsInReverse);
    CPPUNIT_TEST(allProblemsOfSettingsAndPluginsComeTogether);
    CPPUNIT_TEST(anUnreadableFileIsOneProblem);
    CPPUNIT_TEST(aFailedStartStopsWhatHadStarted);
    CPPUNIT_TEST(aTakenPortStartsNothing);
    CPPUNIT_TEST(anExceptionWhileServingIsServerErrorAndCountedUnderThePlugin);
    CPPUNIT_TEST(anOptionalPluginThatFailsDoesNotKeepItFromServing);
    CPPUNIT_TEST(aReloadKeepsWhatDidNotChange);
    CPPUNIT_TEST(aReloadThatFailsToStartChangesNothing);
    CPPUNIT_TEST(aReloadOfABadFileChangesNothing);
    CPPUNIT_TEST(twoModulesThatSayOneThingDifferentlyAreNamed);
    CPPUNIT_TEST(aReloadThatThrowsChangesNothing);
    CPPUNIT_TEST(anExceptionWhenKeysAreReadAgainEndsNothing);
    CPPUNIT_TEST(aStuckSinkHoldsUpNeitherReloadNorEnd);
    CPPUNIT_TEST(aReloadThatNeedsARestartSaysSo);
    CPPUNIT_TEST(twoModulesOnOneUrlAreNamed);
    CPPUNIT_TEST(nobodyCanNeedTheCore);
    CPPUNIT_TEST(rulesThatCannotBeOrderedAreNamed);
    CPPUNIT_TEST(claimsThatAreSomebodyElsesAreRefused);
    CPPUNIT_TEST(responseModesThatAreSomebodyElsesAreRefused);
    CPPUNIT_TEST(responseTypesThatAreSomebodyElsesOrOffAreRefused);
    CPPUNIT_TEST(parametersThatAreSomebodyElsesAreRefused);
    CPPUNIT_TEST(aModuleThatChangesTheDiscoveryDocumentStopsTheStart);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override { bed_ = std::make_unique<ServerBed>(); }
    void tearDown() override { bed_.reset(); }

    void itStartsAnswersAndStopsInReverse() {
        bed_->configure(recording("ab"));
        bed_->start();
        CPPUNIT_ASSERT_EQUAL(200, bed_->get("/api/healthz").status);
        CPPUNIT_ASSERT_EQUAL(200, bed_->get("/api/readyz").status);
        CPPUNIT_ASSERT(bed_->logHas(
            "started: database (storage.memory), key_store.plain, event_sink.recording (a), "
            "event_sink.recording (b), core, module.operations"));
        CPPUNIT_ASSERT_EQUAL(0, bed_->stop());
        CPPUNIT_ASSERT((Steps{"a configured", "b configured", "a started", "b started", "b stopped",
                              "a stopped"}) == bed_->recorded());
    }

    void allProblemsOfSettingsAndPluginsComeTogether() {
        auto plugins = recording("a");
        append(plugins, {"- use: event_sink.no_entry", "- use: event_sink.throws_in_configure"});
        bed_->configure(plugins, "operations, operatoins", "logging: {level: loud}");
        CPPUNIT_ASSERT_EQUAL(78, bed_->runToEnd());
        for (const char* expected :
             {"level: \"loud\"", "no plugin \"module.operatoins\"",
              "event_sink.no_entry.so: not a Gatehouse plugin",
              "event_sink.throws_in_configure: configure threw an exception: cannot read",
              "\ngatehouse: 4 problems; nothing was started\n"}) {
            CPPUNIT_ASSERT_MESSAGE(expected + (" is not in " + bed_->log()),
                                   bed_->logHas(expected));
        }
        CPPUNIT_ASSERT(Steps{"a configured"} == bed_->recorded());
    }

    void anUnreadableFileIsOneProblem() {
        std::ofstream(bed_->folder() / "gatehouse.yaml") << "plugins: [\n";
        CPPUNIT_ASSERT_EQUAL(78, bed_->runToEnd());
        CPPUNIT_ASSERT_MESSAGE(bed_->log(),
                               bed_->logHas("gatehouse: 1 problem; nothing was started\n"));
    }

    void aFailedStartStopsWhatHadStarted() {
        auto plugins = recording("ab");
        append(plugins, {"- use: event_sink.fails_start"});
        append(plugins, recording("c"));
        bed_->configure(plugins);
        CPPUNIT_ASSERT_EQUAL(69, bed_->runToEnd());
        CPPUNIT_ASSERT(bed_->logHas(
            "gatehouse: event_sink.fails_start: cannot reach 192.0.2.1: timed out after 3s\n"
            "gatehouse: nothing was started\n"));
        CPPUNIT_ASSERT((Steps{"a configured", "b configured", "c configured", "a started",
                              "b started", "b stopped", "a stopped"}) == bed_->recorded());
    }

    void aTakenPortStartsNothing() {
        bed_->configure({});
        bed_->start();
        const std::string port = std::to_string(bed_->port());
        bed_->configure(recording("a"), "operations", "server: {port: " + port + "}");
        CPPUNIT_ASSERT_EQUAL(69, bed_->runToEnd());
        CPPUNIT_ASSERT_MESSAGE(bed_->log(), bed_->logHas("gatehouse: nothing was started\n"));
        CPPUNIT_ASSERT(Steps{"a configured"} == bed_->recorded());
    }

    void anExceptionWhileServingIsServerErrorAndCountedUnderThePlugin() {
        bed_->configure({"- use: metrics.prometheus"}, "operations, throws_while_serving");
        bed_->start();
        for (int time = 0; time < 2; ++time) {
            const auto answer = bed_->get("/throw");
            CPPUNIT_ASSERT_EQUAL(500, answer.status);
            CPPUNIT_ASSERT(answer.body.find("server_error") != std::string::npos);
            CPPUNIT_ASSERT(answer.body.find("head") == std::string::npos);
        }
        CPPUNIT_ASSERT_EQUAL(200, bed_->get("/api/healthz").status);
        const auto metrics = bed_->get("/metrics").body;
        CPPUNIT_ASSERT_MESSAGE(
            metrics,
            metrics.find(
                "gatehouse_plugin_exceptions_total{plugin=\"module.throws_while_serving\"} 2") !=
                std::string::npos);
        bed_->stop();
        CPPUNIT_ASSERT_EQUAL(
            std::size_t{1},
            bed_->countInLog("an exception left the plugin while serving: lost my head"));
    }

    void anOptionalPluginThatFailsDoesNotKeepItFromServing() {
        bed_->configure(
            {"- use: event_sink.fails_start", "  optional: true", "- use: metrics.prometheus"});
        bed_->start();
        CPPUNIT_ASSERT_EQUAL(200, bed_->get("/api/healthz").status);
        CPPUNIT_ASSERT(bed_->get("/metrics").body.find("gatehouse_plugins_sat_out 1") !=
                       std::string::npos);
        CPPUNIT_ASSERT(bed_->get("/api/readyz").body.find("[\"event_sink.fails_start\"]") !=
                       std::string::npos);
        bed_->stop();
        CPPUNIT_ASSERT(bed_->logHas(
            "\"level\":\"warning\",\"instance\":\"server\",\"message\":\"optional "
            "event_sink.fails_start takes no part: cannot reach 192.0.2.1: timed out after 3s"));
    }

    void aReloadKeepsWhatDidNotChange() {
        bed_->configure(recording("abc"));
        bed_->start();
        bed_->configure(recording("ac", "changed"));
        bed_->reload("(c)\",\"message\":\"stopped\"");
        CPPUNIT_ASSERT_EQUAL(200, bed_->get("/api/healthz").status);
        bed_->stop();
        CPPUNIT_ASSERT((Steps{"a configured", "b configured", "c configured", "a started",
                              "b started", "c started", "c configured", "c started", "c stopped",
                              "b stopped", "c stopped", "a stopped"}) == bed_->recorded());
    }

    void aReloadThatFailsToStartChangesNothing() {
        bed_->configure(recording("a"));
        bed_->start();
        auto plugins = recording("ab");
        append(plugins, {"- use: event_sink.throws_in_start"});
        bed_->configure(plugins);
        bed_->reload("reload refused, nothing changed: event_sink.throws_in_start: start threw an "
                     "exception: port is "
                     "taken");
        CPPUNIT_ASSERT_EQUAL(200, bed_->get("/api/healthz").status);
        CPPUNIT_ASSERT((Steps{"a configured", "a started", "b configured", "b started",
                              "b stopped"}) == bed_->recorded());
    }

    void aReloadOfABadFileChangesNothing() {
        bed_->configure(recording("a"));
        bed_->start();
        auto plugins = recording("b");
        append(plugins, {"- use: event_sink.no_entry", "- use: event_sink.throws_in_create"});
        bed_->configure(plugins);
        bed_->reload("reload refused, nothing changed: 2 problems");
        CPPUNIT_ASSERT(bed_->logHas("event_sink.no_entry.so: not a Gatehouse plugin"));
        CPPUNIT_ASSERT(bed_->logHas("create threw an exception: no luck today"));
        CPPUNIT_ASSERT_EQUAL(200, bed_->get("/api/readyz").status);
        CPPUNIT_ASSERT((Steps{"a configured", "a started", "b configured"}) == bed_->recorded());
    }

    void twoModulesOnOneUrlAreNamed() {
        bed_->configure({}, "operations, throws_while_serving, twin");
        CPPUNIT_ASSERT_EQUAL(78, bed_->runToEnd());
        CPPUNIT_ASSERT_MESSAGE(bed_->log(), bed_->logHas("module.twin: answers GET /throw, as does "
                                                         "module.throws_while_serving at "));
    }

    void nobodyCanNeedTheCore() {
        bed_->configure({}, "operations, needs_core");
        CPPUNIT_ASSERT_EQUAL(78, bed_->runToEnd());
        CPPUNIT_ASSERT_MESSAGE(bed_->log(),
                               bed_->logHas("module.needs_core: needs core, which is no extension "
                                            "point, and no facade: those are clients, tokens, "));
    }

    void rulesThatCannotBeOrderedAreNamed() {
        bed_->configure(
            {"- use: authorization_rule.comes_second", "- use: authorization_rule.comes_first"});
        CPPUNIT_ASSERT_EQUAL(78, bed_->runToEnd());
        CPPUNIT_ASSERT_MESSAGE(bed_->log(),
                               bed_->logHas("a circle of authorization rules: "
                                            "authorization_rule.comes_second comes after "
                                            "authorization_rule.comes_first comes after "
                                            "authorization_rule.comes_second"));
        bed_->configure({"- use: authorization_rule.comes_after_nobody",
                         "- use: authorization_rule.throws_in_after"});
        CPPUNIT_ASSERT_EQUAL(78, bed_->runToEnd());
        CPPUNIT_ASSERT_MESSAGE(
            bed_->log(), bed_->logHas("authorization_rule.comes_after_nobody: comes after the "
                                      "authorization rule \"comes_frist\", and there is none"));
        CPPUNIT_ASSERT_MESSAGE(
            bed_->log(), bed_->logHas("authorization_rule.throws_in_after: asked for its "
                                      "parameters and order, it threw an exception: no idea"));
    }

    void claimsThatAreSomebodyElsesAreRefused() {
        bed_->configure({"- use: claims_source.subject", "- use: claims_source.mail",
                         "- use: claims_source.tier", "- use: claims_source.tier_too",
                         "- use: claims_source.throws_in_names"});
        CPPUNIT_ASSERT_EQUAL(78, bed_->runToEnd());
        for (const auto* told :
             {"claims_source.subject: gives the claim \"sub\", which only the server says",
              "claims_source.mail: gives the claim \"email\", which user stores give",
              "claims_source.tier_too: gives the claim \"tier\", as does claims_source.tier at ",
              "claims_source.throws_in_names: asked for its claims, it threw an exception: no "
              "idea"}) {
            CPPUNIT_ASSERT_MESSAGE(bed_->log(), bed_->logHas(told));
        }
    }

    void responseModesThatAreSomebodyElsesAreRefused() {
        bed_->configure({"- use: response_mode.too", "- use: response_mode.own",
                         "- use: response_mode.own_too", "- use: response_mode.none"});
        CPPUNIT_ASSERT_EQUAL(78, bed_->runToEnd());
        for (const auto* told :
             {"response_mode.too: is the response_mode \"query\", as is one of the server",
              "response_mode.own_too: is the response_mode \"own\", as is response_mode.own at ",
              "response_mode.none: has no response_mode"}) {
            CPPUNIT_ASSERT_MESSAGE(bed_->log(), bed_->logHas(told));
        }
    }

    void responseTypesThatAreSomebodyElsesOrOffAreRefused() {
        bed_->configure({"- use: response_type.too", "- use: response_type.own",
                         "- use: response_type.own_too", "- use: response_type.two_words"});
        CPPUNIT_ASSERT_EQUAL(78, bed_->runToEnd());
        for (const auto* told :
             {"response_type.too: gives the response type \"code\", as does the server",
              "response_type.own_too: gives the response type \"own\", as does response_type.own "
              "at ",
              "response_type.two_words: \"a b\" is no word of a response_type",
              "response_type.own: answers in the fragment, which no plugin writes",
              "response_type.own: gives tokens in the browser's address bar"}) {
            CPPUNIT_ASSERT_MESSAGE(bed_->log(), bed_->logHas(told));
        }
    }

    void parametersThatAreSomebodyElsesAreRefused() {
        bed_->configure({"- use: request_source.scope", "- use: request_source.object",
                         "- use: request_source.object_too", "- use: request_source.nothing",
                         "- use: request_source.unnamed", "- use: request_source.urn",
                         "- use: request_source.urn_too", "- use: request_source.scope_urn",
                         "- use: request_source.throws_in_parameters"});
        CPPUNIT_ASSERT_EQUAL(78, bed_->runToEnd());
        for (const auto* told :
             {"request_source.scope: answers for the parameter \"scope\", which the server reads "
              "itself",
              "request_source.object_too: answers for the parameter \"request\", as does "
              "request_source.object at ",
              "request_source.urn_too: answers for the parameter \"request=urn:a:\", as does "
              "request_source.urn at ",
              "request_source.scope_urn: answers for the parameter \"scope=urn:\", which the "
              "server reads itself",
              "request_source.nothing: answers for no parameter",
              "request_source.unnamed: answers for a parameter without a name",
              "request_source.throws_in_parameters: asked for its parameters, it threw an "
              "exception: no idea"}) {
            CPPUNIT_ASSERT_MESSAGE(bed_->log(), bed_->logHas(told));
        }
        CPPUNIT_ASSERT(!bed_->logHas("request_source.urn: "));
    }

    void aModuleThatChangesTheDiscoveryDocumentStopsTheStart() {
        bed_->configure({}, "operations, twin");
        CPPUNIT_ASSERT_EQUAL(69, bed_->runToEnd());
        CPPUNIT_ASSERT_MESSAGE(bed_->log(),
                               bed_->logHas("module.twin: changes \"issuer\" of the discovery "
                                            "document, which is said by the server"));
    }

    void twoModulesThatSayOneThingDifferentlyAreNamed() {
        bed_->configure({},
                        "operations, {use: tells_itself, name: a}, {use: tells_itself, name: b}");
        CPPUNIT_ASSERT_EQUAL(69, bed_->runToEnd());
        CPPUNIT_ASSERT_MESSAGE(
            bed_->log(),
            bed_->logHas("module.tells_itself (b): changes \"service_documentation\" of the "
                         "discovery document, which is said by module.tells_itself (a)"));
    }

    void aReloadThatThrowsChangesNothing() {
        bed_->configure({});
        bed_->start();
        bed_->configure({}, "operations, throws_in_routes");
        bed_->reload("reload refused, nothing changed: a plugin threw an exception: something that "
                     "is no std::exception");
        CPPUNIT_ASSERT_EQUAL(200, bed_->get("/api/readyz").status);
        CPPUNIT_ASSERT_EQUAL(0, bed_->stop());
        CPPUNIT_ASSERT_EQUAL(69, bed_->runToEnd());
    }

    void anExceptionWhenKeysAreReadAgainEndsNothing() {
        bed_->keyStore = "throws_in_refresh";
        bed_->configure({});
        bed_->start();
        bed_->await("keys not read again: refresh threw an exception");
        CPPUNIT_ASSERT_EQUAL(200, bed_->get("/api/healthz").status);
        CPPUNIT_ASSERT_EQUAL(0, bed_->stop());
    }

    void aStuckSinkHoldsUpNeitherReloadNorEnd() {
        bed_->configure({"- use: event_sink.gets_stuck"}, "operations, publishes");
        bed_->start();
        CPPUNIT_ASSERT_EQUAL(200, bed_->get("/publish").status);
        bed_->await("got stuck");
        bed_->configure({}, "operations, publishes");
        bed_->reload("\"message\":\"reloaded\"");
        CPPUNIT_ASSERT_EQUAL(200, bed_->get("/publish").status);
        CPPUNIT_ASSERT_EQUAL(0, bed_->stop());
        CPPUNIT_ASSERT(bed_->logHas("event_sink.gets_stuck is left with the audit events"));
    }

    void aReloadThatNeedsARestartSaysSo() {
        bed_->configure({});
        bed_->start();
        bed_->configure({}, "operations",
                        "server: {port: 0, idle_timeout: 5s}\nlimits: {requests: 9}");
        bed_->reload(
            "reload refused, nothing changed: changes to server.idle_timeout, limits.requests "
            "need a restart");
        CPPUNIT_ASSERT_EQUAL(200, bed_->get("/api/healthz").status);
    }

private:
    std::unique_ptr<ServerBed> bed_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(ServerTest);

}  // namespace gatehouse
