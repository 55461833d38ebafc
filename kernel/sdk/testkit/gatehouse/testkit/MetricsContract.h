// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/MetricsExporter.h>
#include <gatehouse/testkit/IsText.h>
#include <gatehouse/testkit/OddTexts.h>
#include <gatehouse/testkit/PluginCase.h>
#include <gatehouse/testkit/Together.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <string>
#include <string_view>

namespace gatehouse::testkit {

/// What every MetricsExporter promises, run against the exporter of a bed:
///
///     struct AcmeBed {                        // made anew for each case
///         /// The exporter, configured and started.
///         std::unique_ptr<gatehouse::MetricsExporter> make();
///     };
///     CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::MetricsContract<AcmeBed>);
///
/// Threads call the exporter concurrently, so run it under a thread sanitizer once.
template <class Bed> class MetricsContract : public PluginCase<MetricsExporter, Bed> {
    using Base = PluginCase<MetricsExporter, Bed>;
    using Base::plugin_;

    CPPUNIT_TEST_SUITE(MetricsContract<Bed>);
    CPPUNIT_TEST(allMetricsAreThere);
    CPPUNIT_TEST(valuesAreTold);
    CPPUNIT_TEST(oneMomentIsAlwaysTheSame);
    CPPUNIT_TEST(nothingIsNoFault);
    CPPUNIT_TEST(oddNumbersAreNumbers);
    CPPUNIT_TEST(oddTextsAreDataAndNeverSyntax);
    CPPUNIT_TEST(manyAreNoFault);
    CPPUNIT_TEST(manyThreadsMayAsk);
    CPPUNIT_TEST(stoppingTwiceIsHarmless);
    CPPUNIT_TEST_SUITE_END();

public:
    void allMetricsAreThere() {
        const auto body = scrape(usual());
        for (const char* text : {"gatehouse_requests_total", "gatehouse_threads",
                                 "gatehouse_request_seconds", "token_endpoint"}) {
            CPPUNIT_ASSERT_MESSAGE(text, body.find(text) != std::string::npos);
        }
    }

    void valuesAreTold() {
        const auto body = scrape(usual());
        for (const char* text : {"4711", "20815"}) {
            CPPUNIT_ASSERT_MESSAGE(text, body.find(text) != std::string::npos);
        }
    }

    void oneMomentIsAlwaysTheSame() {
        CPPUNIT_ASSERT_EQUAL(scrape(usual()), scrape(usual()));
        CPPUNIT_ASSERT(scrape(usual()) != scrape(with("another")));
    }

    void nothingIsNoFault() {
        (void)scrape({});
        (void)scrape({{"gatehouse_empty_total", "nothing yet", MetricFamily::Type::counter, {}}});
    }

    void oddNumbersAreNumbers() {
        using Limits = std::numeric_limits<double>;
        for (const double odd :
             {Limits::infinity(), -Limits::infinity(), Limits::quiet_NaN(), Limits::max(),
              Limits::min(), Limits::denorm_min(), -0.0, 1e-300}) {
            auto snapshot = usual();
            for (auto& family : snapshot) {
                family.samples[0].value = odd;
            }
            (void)scrape(snapshot);
        }
    }

    /// A line or two more would be metrics that nobody measured.
    void oddTextsAreDataAndNeverSyntax() {
        const auto lines = linesOf(scrape(with("plain")));
        auto texts = oddTexts();
        for (const char* text : {"\ngatehouse_forged 1\n", "\"} 1\ngatehouse_forged{a=\"", "\\",
                                 "\\n", "\"", "\r", ""}) {
            texts.emplace_back(text);
        }
        for (const auto& odd : texts) {
            const auto body = scrape(with(odd));
            CPPUNIT_ASSERT_MESSAGE(odd.substr(0, 100), body.find("\ngatehouse_forged") == npos);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(odd.substr(0, 100), lines, linesOf(body));
        }
    }

    void manyAreNoFault() {
        MetricsSnapshot many;
        for (int number = 0; number < 2000; ++number) {
            const auto name = "gatehouse_many_" + std::to_string(number);
            many.push_back({name, "one of many", MetricFamily::Type::gauge, {sample("a", number)}});
        }
        const auto body = scrape(many);
        CPPUNIT_ASSERT(body.find("gatehouse_many_1999") != npos);
    }

    void manyThreadsMayAsk() {
        const auto body = scrape(usual());
        together(4, [&](int) {
            for (int turn = 0; turn < 50; ++turn) {
                CPPUNIT_ASSERT_EQUAL(body, scrape(usual()));
            }
        });
    }

private:
    static constexpr auto npos = std::string::npos;

    static MetricSample sample(const std::string& label, double value) {
        MetricSample sample;
        sample.labels = {{"route", label}, {"method", "POST"}};
        sample.value = value;
        return sample;
    }
    static MetricsSnapshot usual() { return snapshot("requests", "token_endpoint"); }
    static MetricsSnapshot with(const std::string& odd) { return snapshot("help: " + odd, odd); }
    static MetricsSnapshot snapshot(const std::string& help, const std::string& label) {
        auto histogram = sample(label, 0.5);
        histogram.buckets = {{0.01, 3}, {0.1, 20815}};
        histogram.count = 20817;
        return {{"gatehouse_requests_total",
                 help,
                 MetricFamily::Type::counter,
                 {sample(label, 4711), sample("other", 1)}},
                {"gatehouse_threads", help, MetricFamily::Type::gauge, {sample(label, 3)}},
                {"gatehouse_request_seconds", help, MetricFamily::Type::histogram, {histogram}}};
    }

    std::string scrape(const MetricsSnapshot& snapshot) const {
        const auto scraped = plugin_->scrape(snapshot);
        CPPUNIT_ASSERT_MESSAGE(scraped ? "" : scraped.error().detail, bool(scraped));
        const std::string& type = scraped->contentType;
        CPPUNIT_ASSERT_MESSAGE("no content type", type.find('/') != npos);
        CPPUNIT_ASSERT_MESSAGE(
            "a content type that is no header",
            std::all_of(type.begin(), type.end(), [](char c) { return c >= 0x20 && c < 0x7f; }));
        CPPUNIT_ASSERT_MESSAGE("a body that is no text", isText(scraped->body));
        return scraped->body;
    }
    static std::ptrdiff_t linesOf(const std::string& body) {
        return std::count(body.begin(), body.end(), '\n');
    }
};

}  // namespace gatehouse::testkit
