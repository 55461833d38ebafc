// SPDX-License-Identifier: Apache-2.0
#include "KnownProvider.h"

#include "text/MaxAge.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

constexpr seconds pause{10};
constexpr seconds keep{86'400};
constexpr seconds shortestLife{60};
constexpr seconds usualLife{600};

seconds lifeOf(const OutgoingAnswer& answer) {
    return std::clamp(maxAgeOf(answer.header("cache-control")).value_or(usualLife), shortestLife,
                      keep);
}

}  // namespace

KnownProvider::KnownProvider(Host& host, const ProviderCalls& calls, std::string issuer)
    : clock_(host.clock()), calls_(calls), issuer_(std::move(issuer)),
      fetcher_(host.http().purpose("upstream_keys"), host.clock()),
      keys_(host.clock(), {pause, keep}) {}

Result<KnownProvider::Metadata> KnownProvider::metadata(const Context& context) const {
    if (auto known = knownOrAsk()) {
        return *std::move(known);
    }
    return take(calls_.get(context, metadataAddress(issuer_)));
}

/// nullopt: it is the caller's to ask. While there is one that is good, others go on with that; one
/// that fails is left alone for a moment.
std::optional<Result<KnownProvider::Metadata>> KnownProvider::knownOrAsk() const {
    const std::lock_guard lock(mutex_);
    const SteadyPoint now = clock_.steady();
    const bool isGood = known_.metadata != nullptr && now < known_.goodUntil;
    if (isGood && (now < known_.freshUntil || now < known_.askAgain)) {
        return known_.metadata;
    }
    if (known_.failure && now < known_.askAgain) {
        return Result<Metadata>(*known_.failure);
    }
    known_.askAgain = isGood ? now + pause : SteadyPoint::min();
    return std::nullopt;
}

Result<KnownProvider::Metadata> KnownProvider::take(const Result<OutgoingAnswer>& answer) const {
    auto read = answer ? readProviderMetadata(answer->body, issuer_)
                       : Result<ProviderMetadata>(answer.error());
    const std::lock_guard lock(mutex_);
    const SteadyPoint now = clock_.steady();
    if (read) {
        known_.metadata = std::make_shared<const ProviderMetadata>(*std::move(read));
        known_.freshUntil = now + lifeOf(*answer);
        known_.goodUntil = known_.freshUntil + keep;
        known_.failure = std::nullopt;
        return known_.metadata;
    }
    known_.askAgain = now + pause;
    known_.failure = read.error();
    return known_.metadata != nullptr && now < known_.goodUntil ? Result<Metadata>(known_.metadata)
                                                                : read.error();
}

Result<KnownProvider::Keys> KnownProvider::keys(const Context& context,
                                                const ProviderMetadata& metadata,
                                                std::string_view kid) const {
    return keys_.find("keys\n" + metadata.jwksUri, kid,
                      [&] { return fetcher_.fetch(context, metadata.jwksUri); });
}

}  // namespace gatehouse
