// SPDX-License-Identifier: Apache-2.0
#include "token/PendingPolls.h"

#include "token/PromiseText.h"

namespace gatehouse {

namespace {

/// RFC 8628 section 3.5.
constexpr seconds slower{5};
/// What a network may take from the interval that a client kept.
constexpr seconds leeway{1};

}  // namespace

void PendingPolls::remember(const OpenPromise& promise, std::uint64_t moment) {
    auto pending = std::make_shared<Pending>();
    pending->hash = promise.hash;
    pending->clientId = promise.clientId;
    pending->registration = promise.registration;
    pending->until = promise.until;
    pending->interval = promise.interval;
    pending_.put(promiseReference(promise.kind, promise.key), std::move(pending),
                 [&] { return decisions_ != moment; });
}

void PendingPolls::forget(const std::string& reference) {
    ++decisions_;
    pending_.forget(reference);
}

void PendingPolls::forgetAll() {
    ++decisions_;
    pending_.clear();
}

std::optional<OAuthError> PendingPolls::ask(const std::string& reference, std::string_view hash,
                                            const Client& client) {
    const auto pending = isFresh_() ? pending_.find(reference) : nullptr;
    const bool isKnown = pending != nullptr && host_.crypto().equal(pending->hash, hash) &&
                         pending->clientId == client.id &&
                         pending->registration == client.registration &&
                         host_.clock().now() < pending->until;
    return isKnown ? std::optional(answer(*pending)) : std::nullopt;
}

OAuthError PendingPolls::answer(const Pending& pending) const {
    const auto now = host_.clock().steady();
    const std::lock_guard lock(pending.mutex);
    const bool isTooFast = pending.asked && now - *pending.asked < pending.interval - leeway;
    pending.asked = now;
    if (!isTooFast) {
        return OAuthError::of(OAuthCode::authorizationPending, "Nobody has decided yet");
    }
    pending.interval += slower;
    return OAuthError::of(OAuthCode::slowDown, "Ask less often");
}

}  // namespace gatehouse
