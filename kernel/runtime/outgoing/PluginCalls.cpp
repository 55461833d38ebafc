// SPDX-License-Identifier: Apache-2.0
#include "outgoing/PluginCalls.h"

#include "text/Thrown.h"

#include <utility>

namespace gatehouse {
namespace {

enum Outcome { answered, refused, unreachable, silent };
constexpr const char* outcomeNames[] = {"answered", "refused", "unreachable", "silent"};

Outcome outcomeOf(const Result<OutgoingAnswer>& result) {
    if (result) {
        return answered;
    }
    switch (result.error().fault) {
    case Fault::unavailable: return unreachable;
    case Fault::unknown:
    case Fault::internal: return silent;
    default: return refused;
    }
}

}  // namespace

class PluginCalls::Purpose final : public OutgoingCalls {
public:
    Purpose(OutgoingService& service, const Clock& clock, Metrics& metrics, const Labels& labels)
        : service_(service), clock_(clock),
          time_(metrics.histogram("gatehouse_outgoing_seconds",
                                  "Time that calls to other servers took", labels)) {
        for (const char* name : outcomeNames) {
            Labels all = labels;
            all.emplace_back("outcome", name);
            outcomes_.push_back(
                &metrics.counter("gatehouse_outgoing_calls_total", "Calls to other servers", all));
        }
    }

    Result<OutgoingAnswer> send(const Context& context, const OutgoingRequest& request) override {
        const auto begun = clock_.steady();
        auto result = guarded(context, request);
        time_.observe(std::chrono::duration<double>(clock_.steady() - begun).count());
        outcomes_[outcomeOf(result)]->add();
        return result;
    }

private:
    Result<OutgoingAnswer> guarded(const Context& context, const OutgoingRequest& request) {
        try {
            return service_.send(context, request);
        } catch (...) {
            return Error::internal("an outgoing call failed: " + whatWasThrown());
        }
    }

    OutgoingService& service_;
    const Clock& clock_;
    Histogram& time_;
    std::vector<Counter*> outcomes_;
};

PluginCalls::PluginCalls(OutgoingService& service, const Clock& clock, Metrics& metrics,
                         std::string plugin)
    : service_(service), clock_(clock), metrics_(metrics), plugin_(std::move(plugin)) {}

PluginCalls::~PluginCalls() = default;

OutgoingCalls& PluginCalls::purpose(std::string_view name) {
    const std::lock_guard lock(mutex_);
    auto found = purposes_.find(name);
    if (found == purposes_.end()) {
        const Labels labels{{"plugin", plugin_}, {"purpose", std::string(name)}};
        found =
            purposes_.emplace(name, std::make_unique<Purpose>(service_, clock_, metrics_, labels))
                .first;
    }
    return *found->second;
}

}  // namespace gatehouse
