// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/MetricsContract.h>

#include "../ContractFinds.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <stdexcept>

namespace gatehouse {

namespace {

enum class Bug {
    none,
    losesHistograms,
    counts,
    failsWithNothing,
    failsAtInfinity,
    writesRawBytes,
    losesOddOnes,
    writesFew,
    typeWithALineBreak
};

/// One line a sample: name, label and value.
template <Bug bug> class WrongExporter final : public MetricsExporter {
public:
    Result<Scrape> scrape(const MetricsSnapshot& snapshot) const override {
        if (bug == Bug::failsWithNothing && snapshot.empty()) {
            return Error::internal("nothing to write");
        }
        std::string body = bug == Bug::counts ? std::to_string(++scrapes_) + "\n" : "";
        for (const auto& family : snapshot) {
            const bool isLost = family.type == MetricFamily::Type::histogram;
            for (const auto& sample : family.samples) {
                body += bug == Bug::losesHistograms && isLost ? "" : line(family.name, sample);
            }
        }
        if (bug == Bug::writesFew) {
            body.resize(std::min<std::size_t>(body.size(), 10000));
        }
        return Scrape{bug == Bug::typeWithALineBreak ? "text/plain\n" : "text/plain", body};
    }

private:
    static std::string line(const std::string& name, const MetricSample& sample) {
        if (bug == Bug::failsAtInfinity && !std::isfinite(sample.value)) {
            throw std::range_error("infinity");
        }
        std::string label = sample.labels.at(0).second;
        const bool isOdd = !testkit::isText(label);
        if (isOdd && bug == Bug::losesOddOnes) {
            return {};
        }
        if (bug != Bug::writesRawBytes) {
            for (char& c : label) {
                c = c >= ' ' && c < 0x7f ? c : '?';
            }
        }
        std::string text = name + " " + label + " " + std::to_string(sample.value);
        for (const auto& bucket : sample.buckets) {
            text += " " + std::to_string(bucket.second);
        }
        return text + "\n";
    }

    mutable std::atomic<int> scrapes_{0};
};

template <Bug bug> struct WrongBed {
    std::unique_ptr<MetricsExporter> make() { return std::make_unique<WrongExporter<bug>>(); }
};

template <Bug bug> using Contract = testkit::MetricsContract<WrongBed<bug>>;

}  // namespace

/// The contract suite finds what it is there to find, and nothing else.
class WrongExporterTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WrongExporterTest);
    CPPUNIT_TEST(aRightExporterPasses);
    CPPUNIT_TEST(wrongOnesAreFound);
    CPPUNIT_TEST_SUITE_END();

public:
    void aRightExporterPasses() { contractFinds<Contract<Bug::none>>(""); }

    void wrongOnesAreFound() {
        contractFinds<Contract<Bug::losesHistograms>>("allMetricsAreThere valuesAreTold ");
        contractFinds<Contract<Bug::counts>>("oneMomentIsAlwaysTheSame manyThreadsMayAsk ");
        contractFinds<Contract<Bug::failsWithNothing>>("nothingIsNoFault ");
        contractFinds<Contract<Bug::failsAtInfinity>>("oddNumbersAreNumbers ");
        contractFinds<Contract<Bug::writesRawBytes>>("oddTextsAreDataAndNeverSyntax ");
        contractFinds<Contract<Bug::losesOddOnes>>("oddTextsAreDataAndNeverSyntax ");
        contractFinds<Contract<Bug::writesFew>>("oddTextsAreDataAndNeverSyntax manyAreNoFault ");
        contractFinds<Contract<Bug::typeWithALineBreak>>(
            "allMetricsAreThere valuesAreTold oneMomentIsAlwaysTheSame nothingIsNoFault "
            "oddNumbersAreNumbers oddTextsAreDataAndNeverSyntax manyAreNoFault "
            "manyThreadsMayAsk ");
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(WrongExporterTest);

}  // namespace gatehouse
