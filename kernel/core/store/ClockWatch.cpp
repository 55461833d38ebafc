// SPDX-License-Identifier: Apache-2.0
#include "store/ClockWatch.h"

#include <chrono>

namespace gatehouse {
namespace {

constexpr seconds askLimit{1};

const Issuer& noIssuer() {
    static const Issuer issuer{0, {}, {}};
    return issuer;
}

std::string sentence(milliseconds offset) {
    const auto size = std::chrono::duration_cast<seconds>(std::chrono::abs(offset));
    return "the clock of this machine is " + std::to_string(size.count()) + " s " +
           (offset < milliseconds{0} ? "behind" : "ahead of") + " the database's";
}

bool isAtLeast(milliseconds offset, seconds limit) {
    return std::chrono::abs(offset) >= limit;
}

}  // namespace

ClockWatch::ClockWatch(const Storage& storage, const Clock& clock, Log& log, Metrics& metrics)
    : storage_(storage), clock_(clock), log_(log),
      gauge_(metrics.gauge("gatehouse_clock_offset_seconds",
                           "This machine's clock less the database's; 0 when they are one")) {}

void ClockWatch::look() {
    const auto offset = measure();
    if (!offset) {
        return;
    }
    offset_ = *offset;
    gauge_.set(std::chrono::duration<double>(*offset).count());
    report(*offset);
}

std::optional<std::string> ClockWatch::problem() const {
    const milliseconds offset = offset_;
    return isAtLeast(offset, intolerable) ? std::optional(sentence(offset)) : std::nullopt;
}

/// Nothing when the server's moment may lie between question and answer, however long that took.
std::optional<milliseconds> ClockWatch::measure() const {
    const Context context{noIssuer(), "clock", {}, clock_.steady() + askLimit};
    const TimePoint before = clock_.now();
    const auto there = storage_.serverTime(context);
    const TimePoint after = clock_.now();
    if (!there || !*there) {
        return std::nullopt;
    }
    if (**there > after) {
        return after - **there;
    }
    return **there < before ? before - **there : milliseconds{0};
}

/// Once, again when it has become another one, and when it is over.
void ClockWatch::report(milliseconds offset) {
    const bool isWrong = isAtLeast(offset, noticeable);
    const bool wasWrong = isAtLeast(reported_, noticeable);
    if (isWrong && isAtLeast(offset - reported_, noticeable)) {
        log_.write(Level::warning, sentence(offset) + ": set the clocks by NTP");
        reported_ = offset;
    }
    if (!isWrong && wasWrong) {
        log_.write(Level::info, "the clock of this machine is right again");
        reported_ = milliseconds{0};
    }
}

}  // namespace gatehouse
