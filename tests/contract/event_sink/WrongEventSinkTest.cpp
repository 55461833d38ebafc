// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/EventSinkContract.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/HostBed.h>

#include "../ContractFinds.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <stdexcept>

namespace gatehouse {

namespace {

enum class Bug {
    none,
    mixesThem,
    forgetsWhoItWas,
    needsOne,
    takesFew,
    cutsLongOnes,
    writesRawBytes,
    losesWhatItTook,
    losesWhatItTookWhenStopped
};

/// Adds a job for each batch: lines of texts. One that waits for its backend does so for as long as
/// it takes, or until it stops.
template <Bug bug> class WrongSink final : public EventSink {
public:
    Status configure(const Config&, Host& host) override {
        host_ = &host;
        return done();
    }
    void stop() noexcept override {
        const std::lock_guard lock(mutex_);
        isStopping_ = true;
        stopping_.notify_all();
    }
    void publish(const std::vector<Event>& events) override {
        if (bug == Bug::needsOne) {
            (void)events.at(0);
        }
        auto lines = linesOf(events);
        if (bug == Bug::mixesThem) {
            std::reverse(lines.begin(), lines.end());
        }
        if (bug == Bug::takesFew && lines.size() > 1000) {
            lines.resize(1000);
        }
        for (const auto& line : lines) {
            while (!host_->jobs().add(testkit::FakeContext{}, {"tell", "", line, {}})) {
                if (bug == Bug::losesWhatItTook) {
                    return;
                }
                std::unique_lock lock(mutex_);
                if (stopping_.wait_for(lock, milliseconds{1}, [this] { return isStopping_; })) {
                    if (bug == Bug::losesWhatItTookWhenStopped) {
                        return;
                    }
                    throw std::runtime_error("it stops");
                }
            }
        }
    }

private:
    static std::vector<std::string> linesOf(const std::vector<Event>& events) {
        std::vector<std::string> lines;
        for (const auto& event : events) {
            std::string line(event.type);
            line += " " + event.requestId + " " + event.clientId + " " + event.remoteAddress + " " +
                    (bug == Bug::forgetsWhoItWas ? "" : event.subject);
            for (const auto& detail : event.details) {
                line += " " + detail.name + "=" +
                        (detail.value.text() == nullptr ? "" : *detail.value.text());
            }
            if (bug == Bug::cutsLongOnes && line.size() > 25000) {
                continue;
            }
            if (bug != Bug::writesRawBytes) {
                std::replace_if(
                    line.begin(), line.end(), [](char c) { return c >= 0 && c < ' '; }, '?');
            }
            lines.push_back(line);
        }
        return lines;
    }

    Host* host_ = nullptr;
    std::mutex mutex_;
    std::condition_variable stopping_;
    bool isStopping_ = false;
};

template <Bug bug> struct WrongBed : testkit::HostBed {
    std::unique_ptr<EventSink> make() {
        auto sink = std::make_unique<WrongSink<bug>>();
        CPPUNIT_ASSERT(sink->configure(testkit::FakeConfig{}, host));
        return sink;
    }
    std::string told() {
        std::string told;
        for (const auto& job : host.fakeJobs.jobs()) {
            told += job.payload + "\n";
        }
        return told;
    }
};

template <Bug bug> using Contract = testkit::EventSinkContract<WrongBed<bug>>;

}  // namespace

/// The contract suite finds what it is there to find, and nothing else.
class WrongEventSinkTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WrongEventSinkTest);
    CPPUNIT_TEST(aRightSinkPasses);
    CPPUNIT_TEST(wrongOnesAreFound);
    CPPUNIT_TEST_SUITE_END();

public:
    void aRightSinkPasses() { contractFinds<Contract<Bug::none>>(""); }

    void wrongOnesAreFound() {
        contractFinds<Contract<Bug::mixesThem>>(
            "eventsArriveInOrder manyArrive longOnesArrive oddTextsAreData ");
        contractFinds<Contract<Bug::forgetsWhoItWas>>("allThatIsKnownArrives ");
        contractFinds<Contract<Bug::needsOne>>("nothingIsNoFault ");
        contractFinds<Contract<Bug::takesFew>>("manyArrive ");
        contractFinds<Contract<Bug::cutsLongOnes>>("longOnesArrive oddTextsAreData ");
        contractFinds<Contract<Bug::writesRawBytes>>("oddTextsAreData ");
        contractFinds<Contract<Bug::losesWhatItTook>>(
            "aBackendThatIsAwayLosesNothingThatIsTaken stoppingEndsTheWaitForABackend ");
        contractFinds<Contract<Bug::losesWhatItTookWhenStopped>>("stoppingEndsTheWaitForABackend ");
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(WrongEventSinkTest);

}  // namespace gatehouse
