// SPDX-License-Identifier: Apache-2.0
#include "GuessLimits.h"

#include <gatehouse/Records.h>

#include "limit/Network.h"

namespace gatehouse {

namespace {

constexpr std::size_t groupsOfSubscriber = 4;
/// A person who goes back and comes again needs a few.
constexpr std::int64_t mostOpened = 20;
/// After which those who guess are counted again.
constexpr seconds pause{60};

/// Issuers count for themselves.
std::string keyOf(const Context& context, std::string_view what, std::string_view who) {
    return std::to_string(context.issuer.id).append("\n").append(what).append("\n").append(who);
}

std::string networkOfSubscriber(std::string_view address) {
    return networkOf(address, groupsOfSubscriber);
}

}  // namespace

std::optional<OAuthError> GuessLimits::ofClient(const Context& context, const Client& client,
                                                std::string_view address) const {
    const auto key = keyOf(context, "pending", client.id + "\n" + networkOfSubscriber(address));
    const auto pending = host_.records().count(context, key, settings_.lifetime);
    if (!pending) {
        return OAuthError::from(pending.error());
    }
    return *pending > settings_.mostPending
               ? std::optional(OAuthError::tooMany("Too many codes are pending, try again later",
                                                   pause, "most_pending is reached"))
               : std::nullopt;
}

Result<bool> GuessLimits::mayType(const Context& context, std::string_view address) const {
    if (isClosed(context.issuer.id)) {
        return false;
    }
    const auto typed = host_.records().count(
        context, keyOf(context, "typed", networkOfSubscriber(address)), window);
    return typed ? Result<bool>(*typed <= settings_.mostTyped) : typed.error();
}

Status GuessLimits::countWrong(const Context& context) const {
    const auto wrong = host_.records().count(context, keyOf(context, "wrong", {}), windowOfAll);
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
    const auto opened =
        host_.records().count(context, keyOf(context, "opened", codeHash), settings_.lifetime);
    return opened ? Result<bool>(*opened <= mostOpened) : opened.error();
}

bool GuessLimits::isClosed(IssuerId issuer) const {
    const std::lock_guard lock(mutex_);
    const auto closed = closedUntil_.find(issuer);
    return closed != closedUntil_.end() && host_.clock().steady() < closed->second;
}

}  // namespace gatehouse
