// SPDX-License-Identifier: Apache-2.0
#include "RecentEventsSink.h"

#include <map>
#include <stdexcept>
#include <string>
#include <utility>

namespace gatehouse {

namespace {

constexpr seconds patience{5};
constexpr std::int64_t day = 86'400'000;

constexpr Field fields[] = {
    {"most", Kind::number, byDefault("30"), "events that are kept of a person", between(1, 200)},
    {"keep", Kind::duration, byDefault("90d"), "and for how long", between(day, 400 * day)},
};

constexpr const char* needs[] = {"storage"};

}  // namespace

Status RecentEventsSink::configure(const Config& config, Host& host) {
    host_ = &host;
    book_.emplace(host, static_cast<std::size_t>(config.number("most")), config.duration("keep"));
    return done();
}

void RecentEventsSink::publish(const std::vector<Event>& events) {
    std::map<std::pair<IssuerId, std::string>, KeptEvents> news;
    for (const auto& event : events) {
        if (auto kept = KeptEvent::from(event)) {
            news[{event.issuer, event.subject}].push_back(*std::move(kept));
        }
    }
    std::string problem;
    for (const auto& [whose, some] : news) {
        const Issuer issuer{whose.first, {}, {}};
        const Context context{issuer, {}, {}, host_->clock().steady() + patience};
        if (const auto added = book_->add(context, whose.second, some); !added) {
            problem = added.error().detail;
        }
    }
    if (!problem.empty()) {
        throw std::runtime_error(problem);
    }
}

Result<std::vector<RecentEvent>> RecentEventsSink::recent(const Context& context,
                                                          std::string_view sub) const {
    const auto kept = book_->of(context, sub);
    if (!kept) {
        return kept.error();
    }
    std::vector<RecentEvent> events;
    events.reserve(kept->size());
    for (const auto& one : *kept) {
        events.push_back(one.event);
    }
    return events;
}

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::RecentEventsSink, "recent_events", "0.1.0",
                 "The last events of each person, on the page of their account", gatehouse::fields,
                 gatehouse::needs)
