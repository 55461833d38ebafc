// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/point/EventSink.h>
#include <gatehouse/point/KeyStore.h>

#include "LoaderBed.h"

#include <cppunit/extensions/HelperMacros.h>

#include <filesystem>
#include <string>
#include <vector>

namespace gatehouse {

namespace {

namespace fs = std::filesystem;

std::string sdk(int more) {
    return std::to_string(sdkMajor + more) + "." + std::to_string(sdkMinor);
}

}  // namespace

class LoaderTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LoaderTest);
    CPPUNIT_TEST(aSoundPluginLoads);
    CPPUNIT_TEST(aMisspeltNameSuggestsTheInstalledOne);
    CPPUNIT_TEST(aMissingLibraryIsNamed);
    CPPUNIT_TEST(aTextFileIsNoLibrary);
    CPPUNIT_TEST(aLibraryWithoutEntryIsNoPlugin);
    CPPUNIT_TEST(anotherMagicNumberIsNoPlugin);
    CPPUNIT_TEST(aNewerSdkIsRefused);
    CPPUNIT_TEST(aPluginBuiltFromOlderHeadersIsRefused);
    CPPUNIT_TEST(anotherBuildTagIsRefused);
    CPPUNIT_TEST(anUnknownPointIsRefused);
    CPPUNIT_TEST(nobodyElseLendsWhatTheKernelDoes);
    CPPUNIT_TEST(aNewerPointIsRefused);
    CPPUNIT_TEST(anInnerNameThatDiffersIsRefused);
    CPPUNIT_TEST(aPluginWithoutNameIsRefused);
    CPPUNIT_TEST(aLibraryMayHoldSeveralPlugins);
    CPPUNIT_TEST(aLinkOfAnotherNameIsRefused);
    CPPUNIT_TEST(everyPluginOfALibraryMustFit);
    CPPUNIT_TEST(anUnknownKeyNamesItsPlace);
    CPPUNIT_TEST(aThrowingConstructorIsAMessage);
    CPPUNIT_TEST(aPluginThatMakesNothingIsAMessage);
    CPPUNIT_TEST(aThrowingConfigureIsAMessage);
    CPPUNIT_TEST(aRefusedSettingNamesItsPlace);
    CPPUNIT_TEST(whatAPluginsFilesHaveWrongIsFoundBeforeTheStart);
    CPPUNIT_TEST(allProblemsOfAllPluginsComeTogether);
    CPPUNIT_TEST(aFailedStartStopsEverythingInReverse);
    CPPUNIT_TEST(aThrowingStartStopsEverythingInReverse);
    CPPUNIT_TEST(whatIsThrownNeedNotBeAnException);
    CPPUNIT_TEST(askingForWhatIsNotNeededFailsTheStart);
    CPPUNIT_TEST(askingForWhatIsNotNeededIsToldBeforeTheStart);
    CPPUNIT_TEST(aCleanStopGoesInReverse);
    CPPUNIT_TEST(anOptionalPluginThatFailsSitsOut);
    CPPUNIT_TEST(aWrongSettingOfAnOptionalPluginIsStillAProblem);
    CPPUNIT_TEST(unchangedInstancesAreCarriedOver);
    CPPUNIT_TEST_SUITE_END();

public:
    void aSoundPluginLoads() {
        LoaderBed bed({"- use: event_sink.sound"});
        CPPUNIT_ASSERT_EQUAL(Lines{}, bed.load());
        CPPUNIT_ASSERT(!bed.start());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, bed.registry().all<EventSink>().size());
    }

    void aMisspeltNameSuggestsTheInstalledOne() {
        CPPUNIT_ASSERT_EQUAL(std::string("FILE:3:10: no plugin \"event_sink.recordign\" in DIR; "
                                         "did you mean \"event_sink.recording\"?"),
                             refusal("event_sink.recordign"));
    }

    void aMissingLibraryIsNamed() {
        CPPUNIT_ASSERT_EQUAL(
            std::string(
                "FILE:3:10: event_sink.missing_library.so: libgatehouse-absent.so.2 not found; "
                "install libgatehouse-absent"),
            refusal("event_sink.missing_library"));
    }

    void aTextFileIsNoLibrary() {
        CPPUNIT_ASSERT_EQUAL(
            std::string("FILE:3:10: event_sink.not_elf.so: not a shared library for this machine "
                        "(file too short)"),
            refusal("event_sink.not_elf"));
    }

    void aLibraryWithoutEntryIsNoPlugin() {
        CPPUNIT_ASSERT_EQUAL(std::string("FILE:3:10: event_sink.no_entry.so: not a Gatehouse "
                                         "plugin (no symbol gatehouse_plugin)"),
                             refusal("event_sink.no_entry"));
    }

    void anotherMagicNumberIsNoPlugin() {
        CPPUNIT_ASSERT_EQUAL(
            std::string(
                "FILE:3:10: event_sink.wrong_magic.so: not a Gatehouse plugin (its descriptor "
                "has another magic number)"),
            refusal("event_sink.wrong_magic"));
    }

    void aNewerSdkIsRefused() {
        CPPUNIT_ASSERT_EQUAL("FILE:3:10: event_sink.newer_sdk.so: built for SDK " + sdk(2) +
                                 ", this server speaks SDK " + sdk(0) +
                                 "; rebuild it with gatehouse-dev " + sdk(0),
                             refusal("event_sink.newer_sdk"));
    }

    void aPluginBuiltFromOlderHeadersIsRefused() {
        CPPUNIT_ASSERT_EQUAL(
            "FILE:3:10: event_sink.older_sdk.so: built for SDK 0.1, this server speaks SDK " +
                sdk(0) + "; rebuild it with gatehouse-dev " + sdk(0),
            refusal("event_sink.older_sdk"));
    }

    void anotherBuildTagIsRefused() {
        CPPUNIT_ASSERT_EQUAL(
            std::string(
                "FILE:3:10: event_sink.other_build.so: built with \"itanium libstdc++ cxx11=0 "
                "debug=0 lp64\", this server with \"") +
                buildTag + "\"",
            refusal("event_sink.other_build"));
    }

    void anUnknownPointIsRefused() {
        CPPUNIT_ASSERT_EQUAL(
            std::string(
                "FILE:3:10: event_sink.unknown_point.so: implements \"frobnicator\", which is "
                "no extension point of this server; it has answer_member, approver, "
                "authorization_rule, claims_source, "
                "client_auth, client_metadata_rule, client_source, event_sink, grant, "
                "import_format, key_store, login_step, mailer, "
                "metrics, module, password_rule, request_source, resource_registry, response_mode, "
                "response_type, "
                "storage, "
                "token_binding, token_format, trusted_issuer, "
                "user_store"),
            refusal("event_sink.unknown_point"));
    }

    void nobodyElseLendsWhatTheKernelDoes() {
        CPPUNIT_ASSERT_EQUAL(
            std::string("FILE:3:10: event_sink.kernels_point.so: implements \"tokens\", which is "
                        "no extension point of this server; it has answer_member, approver, "
                        "authorization_rule, claims_source, "
                        "client_auth, client_metadata_rule, client_source, event_sink, grant, "
                        "import_format, key_store, login_step, mailer, "
                        "metrics, module, password_rule, request_source, resource_registry, "
                        "response_mode, response_type, "
                        "storage, "
                        "token_binding, token_format, trusted_issuer, "
                        "user_store"),
            refusal("event_sink.kernels_point"));
    }

    void aNewerPointIsRefused() {
        CPPUNIT_ASSERT_EQUAL(std::string("FILE:3:10: event_sink.newer_point.so: implements "
                                         "event_sink version 2; this server has version 1"),
                             refusal("event_sink.newer_point"));
    }

    void anInnerNameThatDiffersIsRefused() {
        CPPUNIT_ASSERT_EQUAL(
            std::string(
                "FILE:3:10: event_sink.wrong_name.so: calls itself event_sink.another_name; "
                "file and plugin must have the same name"),
            refusal("event_sink.wrong_name"));
    }

    void aPluginWithoutNameIsRefused() {
        CPPUNIT_ASSERT_EQUAL(
            std::string(
                "FILE:3:10: event_sink.nameless.so: its descriptor has no name or makes nothing"),
            refusal("event_sink.nameless"));
    }

    void aLibraryMayHoldSeveralPlugins() {
        LoaderBed bed({"- use: event_sink.two_in_one", "- use: key_store.two_in_one"});
        CPPUNIT_ASSERT_EQUAL(Lines{}, bed.load());
        CPPUNIT_ASSERT_EQUAL(Lines{}, bed.warnings());
        CPPUNIT_ASSERT(!bed.start());
        CPPUNIT_ASSERT(bed.registry().all<EventSink>().at(0) != nullptr);
        CPPUNIT_ASSERT(bed.registry().all<KeyStore>().at(0) != nullptr);
    }

    void aLinkOfAnotherNameIsRefused() {
        CPPUNIT_ASSERT_EQUAL(
            std::string("FILE:3:10: event_sink.not_in_it.so: calls itself event_sink.two_in_one "
                        "and key_store.two_in_one; file and plugin must have the same name"),
            refusal("event_sink.not_in_it"));
    }

    void everyPluginOfALibraryMustFit() {
        CPPUNIT_ASSERT_EQUAL(std::string("FILE:3:10: event_sink.second_newer.so: implements "
                                         "event_sink version 2; this server has version 1"),
                             refusal("event_sink.second_newer"));
    }

    void anUnknownKeyNamesItsPlace() {
        LoaderBed bed({"- use: event_sink.recording", "  name: staff", "  bace: x"});
        CPPUNIT_ASSERT_EQUAL(Lines{"FILE:5:5: event_sink.recording (staff): unknown key \"bace\"; "
                                   "did you mean \"base\"?"},
                             bed.load());
        CPPUNIT_ASSERT_EQUAL(Lines{}, bed.log());
    }

    void aThrowingConstructorIsAMessage() {
        CPPUNIT_ASSERT_EQUAL(
            std::string(
                "FILE:3:10: event_sink.throws_in_create: create threw an exception: no luck today"),
            refusal("event_sink.throws_in_create"));
    }

    void aPluginThatMakesNothingIsAMessage() {
        CPPUNIT_ASSERT_EQUAL(
            std::string("FILE:3:10: event_sink.null_from_create: create returned nothing"),
            refusal("event_sink.null_from_create"));
    }

    void aThrowingConfigureIsAMessage() {
        CPPUNIT_ASSERT_EQUAL(std::string("FILE:3:10: event_sink.throws_in_configure: configure "
                                         "threw an exception: cannot read"),
                             refusal("event_sink.throws_in_configure"));
    }

    void aRefusedSettingNamesItsPlace() {
        LoaderBed bed({"- use: event_sink.refuses_configure", "  target: atlantis"});
        CPPUNIT_ASSERT_EQUAL(
            Lines{"FILE:4:13: event_sink.refuses_configure: \"atlantis\" is nowhere"}, bed.load());
    }

    void whatAPluginsFilesHaveWrongIsFoundBeforeTheStart() {
        LoaderBed bed({"- use: event_sink.wrong_file"});
        CPPUNIT_ASSERT_EQUAL((Lines{"FILE:3:10: event_sink.wrong_file: and so on",
                                    "users.txt:3:1: event_sink.wrong_file: not a user"}),
                             bed.load());
    }

    void allProblemsOfAllPluginsComeTogether() {
        LoaderBed bed({"- use: event_sink.recording", "- use: event_sink.no_entry",
                       "- use: event_sink.newer_point", "- use: event_sink.recording",
                       "  name: second", "  bace: x", "- use: event_sink.throws_in_create",
                       "- use: event_sink.throws_in_configure", "- use: event_sink.needs_nobody"});
        const Lines problems = bed.load();
        Lines places;
        for (const auto& problem : problems) {
            places.push_back(problem.substr(0, problem.find(": ")));
        }
        CPPUNIT_ASSERT_EQUAL(
            (Lines{"FILE:4:10", "FILE:5:10", "FILE:8:5", "FILE:9:10", "FILE:10:10", "FILE:11:10"}),
            places);
        CPPUNIT_ASSERT_EQUAL(Lines{"event_sink.recording: configured"}, bed.log());
    }

    void aFailedStartStopsEverythingInReverse() {
        checkFailedStart("fails_start", "cannot reach 192.0.2.1: timed out after 3s",
                         {"event_sink.fails_start: stopped"});
    }

    void aThrowingStartStopsEverythingInReverse() {
        checkFailedStart("throws_in_start", "start threw an exception: port is taken", {});
    }

    void whatIsThrownNeedNotBeAnException() {
        checkFailedStart("throws_oddly", "start threw something that is no std::exception", {});
    }

    void askingForWhatIsNotNeededFailsTheStart() {
        checkFailedStart("asks_for_more",
                         "start threw an exception: asks_for_more asks for metrics, which is not "
                         "among its needs or not "
                         "started",
                         {});
    }

    void askingForWhatIsNotNeededIsToldBeforeTheStart() {
        LoaderBed bed({"- use: event_sink.asks_for_more", "- use: event_sink.sound"});
        CPPUNIT_ASSERT_EQUAL(Lines{}, bed.load());
        CPPUNIT_ASSERT_EQUAL(Lines{"event_sink.asks_for_more: its code asks for metrics, which is "
                                   "not among its needs: whenever it does, that will fail"},
                             bed.warnings());
    }

    void aCleanStopGoesInReverse() {
        LoaderBed bed({"- use: event_sink.recording", "  name: a", "- use: event_sink.recording",
                       "  name: b"});
        CPPUNIT_ASSERT_EQUAL(Lines{}, bed.load());
        CPPUNIT_ASSERT(!bed.start());
        bed.stop();
        CPPUNIT_ASSERT_EQUAL(
            (Lines{"event_sink.recording (a): configured", "event_sink.recording (b): configured",
                   "event_sink.recording (a): started", "event_sink.recording (b): started",
                   "event_sink.recording (b): stopped", "event_sink.recording (a): stopped"}),
            bed.log());
    }

    void anOptionalPluginThatFailsSitsOut() {
        LoaderBed bed({"- use: event_sink.fails_start", "  optional: true",
                       "- use: event_sink.no_entry", "  optional: true",
                       "- use: event_sink.throws_in_configure", "  optional: true",
                       "- use: event_sink.recording"});
        CPPUNIT_ASSERT_EQUAL(Lines{}, bed.load());
        CPPUNIT_ASSERT(!bed.start());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, bed.registry().all<EventSink>().size());
        CPPUNIT_ASSERT_EQUAL(
            (Lines{"event_sink.no_entry: event_sink.no_entry.so: not a Gatehouse plugin (no symbol "
                   "gatehouse_plugin)",
                   "event_sink.throws_in_configure: configure threw an exception: cannot read",
                   "event_sink.fails_start: cannot reach 192.0.2.1: timed out after 3s"}),
            bed.satOut());
    }

    void aWrongSettingOfAnOptionalPluginIsStillAProblem() {
        LoaderBed bed({"- use: event_sink.recording", "  optional: true", "  bace: x"});
        CPPUNIT_ASSERT_EQUAL(
            Lines{"FILE:5:5: event_sink.recording: unknown key \"bace\"; did you mean \"base\"?"},
            bed.load());
    }

    void unchangedInstancesAreCarriedOver() {
        LoaderBed first({"- use: event_sink.recording", "  name: a", "- use: event_sink.recording",
                         "  name: b"});
        CPPUNIT_ASSERT_EQUAL(Lines{}, first.load());
        CPPUNIT_ASSERT(!first.start());
        LoaderBed second({"- use: event_sink.recording", "  name: b", "  base: other",
                          "- use: event_sink.recording", "  name: a"});
        CPPUNIT_ASSERT_EQUAL(Lines{}, second.loadAfter(first));
        CPPUNIT_ASSERT(!second.start());
        CPPUNIT_ASSERT(first.registry().find("event_sink", "a") ==
                       second.registry().find("event_sink", "a"));
        CPPUNIT_ASSERT(first.registry().find("event_sink", "b") !=
                       second.registry().find("event_sink", "b"));
        CPPUNIT_ASSERT_EQUAL(
            (Lines{"event_sink.recording (b): configured", "event_sink.recording (b): started"}),
            second.log());
    }

private:
    static void checkFailedStart(const std::string& name, const std::string& why,
                                 const Lines& stopsItself) {
        LoaderBed bed({"- use: event_sink.recording", "  name: a", "- use: event_sink.recording",
                       "  name: b", "- use: event_sink." + name, "- use: event_sink.recording",
                       "  name: c"});
        CPPUNIT_ASSERT_EQUAL(Lines{}, bed.load());
        const auto problem = bed.start();
        CPPUNIT_ASSERT(problem.has_value());
        CPPUNIT_ASSERT_EQUAL("event_sink." + name + ": " + why, *problem);
        Lines expected{"event_sink.recording (a): configured",
                       "event_sink.recording (b): configured",
                       "event_sink.recording (c): configured", "event_sink.recording (a): started",
                       "event_sink.recording (b): started"};
        expected.insert(expected.end(), stopsItself.begin(), stopsItself.end());
        expected.insert(expected.end(),
                        {"event_sink.recording (b): stopped", "event_sink.recording (a): stopped"});
        CPPUNIT_ASSERT_EQUAL(expected, bed.log());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LoaderTest);

}  // namespace gatehouse
