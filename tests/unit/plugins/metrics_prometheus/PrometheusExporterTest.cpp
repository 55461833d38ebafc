// SPDX-License-Identifier: Apache-2.0
#include "PrometheusExporter.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class PrometheusExporterTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PrometheusExporterTest);
    CPPUNIT_TEST(countersAndGaugesAreWrittenWithHelpAndType);
    CPPUNIT_TEST(aHistogramHasCumulativeBucketsSumAndCount);
    CPPUNIT_TEST(labelValuesAndHelpAreEscaped);
    CPPUNIT_TEST(nothingToTellIsAnEmptyPage);
    CPPUNIT_TEST_SUITE_END();

    void countersAndGaugesAreWrittenWithHelpAndType() {
        const auto body = written({
            {"gatehouse_logins_total",
             "Logins",
             MetricFamily::Type::counter,
             {{{{"outcome", "ok"}}, 3, {}, 0}, {{{"outcome", "wrong"}}, 1, {}, 0}}},
            {"gatehouse_connections",
             "Open connections",
             MetricFamily::Type::gauge,
             {{{}, 2.5, {}, 0}}},
        });
        CPPUNIT_ASSERT_EQUAL(std::string("# HELP gatehouse_logins_total Logins\n"
                                         "# TYPE gatehouse_logins_total counter\n"
                                         "gatehouse_logins_total{outcome=\"ok\"} 3\n"
                                         "gatehouse_logins_total{outcome=\"wrong\"} 1\n"
                                         "# HELP gatehouse_connections Open connections\n"
                                         "# TYPE gatehouse_connections gauge\n"
                                         "gatehouse_connections 2.5\n"),
                             body);
    }

    void aHistogramHasCumulativeBucketsSumAndCount() {
        const auto body = written({{"gatehouse_seconds",
                                    "Time",
                                    MetricFamily::Type::histogram,
                                    {{{}, 1.5, {{0.5, 2}, {1, 3}}, 4}}}});
        CPPUNIT_ASSERT_EQUAL(std::string("# HELP gatehouse_seconds Time\n"
                                         "# TYPE gatehouse_seconds histogram\n"
                                         "gatehouse_seconds_count 4\n"
                                         "gatehouse_seconds_sum 1.5\n"
                                         "gatehouse_seconds_bucket{le=\"0.5\"} 2\n"
                                         "gatehouse_seconds_bucket{le=\"1\"} 3\n"
                                         "gatehouse_seconds_bucket{le=\"+Inf\"} 4\n"),
                             body);
    }

    void labelValuesAndHelpAreEscaped() {
        const auto body = written({{"gatehouse_odd",
                                    "a\\b\nc",
                                    MetricFamily::Type::gauge,
                                    {{{{"label", "a\"b\\c\nd"}}, 1, {}, 0}}}});
        CPPUNIT_ASSERT_EQUAL(std::string("# HELP gatehouse_odd a\\\\b\\nc\n"
                                         "# TYPE gatehouse_odd gauge\n"
                                         "gatehouse_odd{label=\"a\\\"b\\\\c\\nd\"} 1\n"),
                             body);
    }

    void nothingToTellIsAnEmptyPage() { CPPUNIT_ASSERT_EQUAL(std::string(), written({})); }

    static std::string written(const MetricsSnapshot& snapshot) {
        const auto scrape = PrometheusExporter().scrape(snapshot);
        CPPUNIT_ASSERT(scrape);
        CPPUNIT_ASSERT_EQUAL(std::string("text/plain; version=0.0.4; charset=utf-8"),
                             scrape->contentType);
        return scrape->body;
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PrometheusExporterTest);

}  // namespace gatehouse
