// SPDX-License-Identifier: Apache-2.0
#include "GuessLimits.h"

#include <gatehouse/Records.h>

namespace gatehouse {

namespace {

/// A person who goes back and comes again needs a few.
constexpr std::int64_t mostOpened = 20;
/// After which those who guess are counted again.
constexpr seconds pause{60};

}  // namespace

std::optional<OAuthError> GuessLimits::ofClient(const Context& context, const Client& client,
                                                std::string_view address) const {
    const auto may =
        pending_.count(context, "pending\n" + client.id + "\n" + WindowQuota::networkOf(address),
                       settings_.mostPending);
    if (!may) {
        return OAuthError::from(may.error());
    }
    return *may ? std::nullopt
                : std::optional(OAuthError::tooMany("Too many codes are pending, try again later",
                                                    pause, "most_pending is reached"));
}

Result<bool> GuessLimits::mayType(const Context& context, std::string_view address) const {
    if (isClosed(context.issuer.id)) {
        return false;
    }
    return typed_.count(context, "typed\n" + WindowQuota::networkOf(address), settings_.mostTyped);
}

Status GuessLimits::countWrong(const Context& context) const {
    const auto wrong =
        host_.records().count(context, std::to_string(context.issuer.id) + "\nwrong", windowOfAll);
    if (!wrong) {
        return wrong.error();
    }
    if (*wrong > settings_.mostWrong) {
        host_.log().write(context, Level::warning,
                          "user codes are not looked at for a minute: most_wrong_codes is reached");
        const std::lock_guard lock(mutex_);
        closedUntil_[context.issuer.id] = host_.clock().steady() + pause;
    }
    return done();
}

Result<bool> GuessLimits::mayOpen(const Context& context, std::string_view codeHash) const {
    return opened_.count(context, std::string("opened\n").append(codeHash), mostOpened);
}

bool GuessLimits::isClosed(IssuerId issuer) const {
    const std::lock_guard lock(mutex_);
    const auto closed = closedUntil_.find(issuer);
    return closed != closedUntil_.end() && host_.clock().steady() < closed->second;
}

}  // namespace gatehouse
