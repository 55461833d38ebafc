// SPDX-License-Identifier: Apache-2.0
#include "LoaderBed.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace gatehouse {

class StartupPlanTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(StartupPlanTest);
    CPPUNIT_TEST(anUnmetNeedNamesWhatIsInstalled);
    CPPUNIT_TEST(aNeedOfOnePluginIsMetByThatOneAlone);
    CPPUNIT_TEST(aNeedWhosePluginFailedIsNotReportedTwice);
    CPPUNIT_TEST(aCircleOfNeedsIsReportedWithItsPath);
    CPPUNIT_TEST(aSecondOfOneNamesBothPlaces);
    CPPUNIT_TEST(whatAPointKeepsIsOnePluginsAlone);
    CPPUNIT_TEST(instancesOfOnePluginKeepTogether);
    CPPUNIT_TEST_SUITE_END();

public:
    void anUnmetNeedNamesWhatIsInstalled() {
        CPPUNIT_ASSERT_EQUAL(
            std::string("FILE:3:10: event_sink.needs_nobody: needs a key_store, and none is "
                        "configured; installed: key_store.plain, "
                        "key_store.throws_in_refresh, key_store.two_in_one"),
            refusal("event_sink.needs_nobody"));
        CPPUNIT_ASSERT_EQUAL(std::string("FILE:3:10: event_sink.needs_cycle: needs a metrics, and "
                                         "none is configured; installed: metrics.needs_cycle"),
                             refusal("event_sink.needs_cycle"));
    }

    void aNeedOfOnePluginIsMetByThatOneAlone() {
        CPPUNIT_ASSERT_EQUAL(std::string("FILE:3:10: event_sink.needs_other: needs "
                                         "event_sink.sound, which is not configured"),
                             refusal("event_sink.needs_other"));
        LoaderBed bed({"- use: event_sink.needs_other", "- use: event_sink.sound"});
        CPPUNIT_ASSERT_EQUAL(Lines{}, bed.load());
        CPPUNIT_ASSERT_EQUAL((Lines{"event_sink.sound", "event_sink.needs_other"}), bed.order());
    }

    void aNeedWhosePluginFailedIsNotReportedTwice() {
        LoaderBed bed({"- use: event_sink.needs_nobody", "- use: key_store.plane"});
        CPPUNIT_ASSERT_EQUAL(Lines{"FILE:4:10: no plugin \"key_store.plane\" in DIR; did you mean "
                                   "\"key_store.plain\"?"},
                             bed.load());
    }

    void aCircleOfNeedsIsReportedWithItsPath() {
        LoaderBed bed({"- use: event_sink.needs_cycle", "- use: metrics.needs_cycle"});
        CPPUNIT_ASSERT_EQUAL(Lines{"FILE:3:10: a circle of needs, so none can start first: "
                                   "event_sink.needs_cycle needs "
                                   "metrics.needs_cycle needs event_sink.needs_cycle"},
                             bed.load());
    }

    void aSecondOfOneNamesBothPlaces() {
        LoaderBed bed({"- use: key_store.plain", "- use: key_store.plain", "  name: spare"});
        CPPUNIT_ASSERT_EQUAL(
            Lines{"FILE:4:10: key_store.plain (spare): there can be only one key_store, and "
                  "key_store.plain stands at FILE:3:10"},
            bed.load());
    }

    void whatAPointKeepsIsOnePluginsAlone() {
        LoaderBed bed({"- use: event_sink.keeps_one", "- use: event_sink.keeps_two"});
        CPPUNIT_ASSERT_EQUAL(
            Lines{
                "FILE:4:10: event_sink.keeps_two: there can be only one plugin that keeps the "
                "event_sink records of the database, and event_sink.keeps_one stands at FILE:3:10"},
            bed.load());
    }

    void instancesOfOnePluginKeepTogether() {
        LoaderBed bed(
            {"- use: event_sink.keeps_one", "- use: event_sink.keeps_one", "  name: other"});
        CPPUNIT_ASSERT_EQUAL(Lines{}, bed.load());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(StartupPlanTest);

}  // namespace gatehouse
