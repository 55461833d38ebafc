// SPDX-License-Identifier: Apache-2.0
#include "jose/KnownKeySets.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

/// Longer than a fetch takes.
constexpr seconds longestFetch{5};

bool hasKey(const Value& set, std::string_view kid) {
    const auto& keys = *set.map()->find("keys")->list();
    return kid.empty() || std::any_of(keys.begin(), keys.end(), [kid](const Value& key) {
               return key.map()->text("kid") == kid;
           });
}

}  // namespace

Result<KnownKeySets::Keys> KnownKeySets::find(const std::string& name, std::string_view kid,
                                              const Fetch& fetch) {
    if (auto known = knownOrAsk(name, kid)) {
        return *std::move(known);
    }
    return take(name, kid, fetch());
}

/// nullopt: it is the caller's to fetch them.
std::optional<Result<KnownKeySets::Keys>> KnownKeySets::knownOrAsk(const std::string& name,
                                                                   std::string_view kid) {
    const std::lock_guard lock(mutex_);
    const SteadyPoint now = clock_.steady();
    const Known* found = known_.find(name, now);
    Known known = found == nullptr ? Known{} : *found;
    const bool isEnough =
        known.keys != nullptr && now < known.freshUntil && hasKey(*known.keys, kid);
    if (isEnough || now < known.askedUntil || now < known.askAgain) {
        return answer(known, kid, now);
    }
    known.askedUntil = now + longestFetch;
    put(name, std::move(known), now);
    return std::nullopt;
}

Result<KnownKeySets::Keys> KnownKeySets::take(const std::string& name, std::string_view kid,
                                              Result<std::optional<FetchedKeySet>> fetched) {
    const std::lock_guard lock(mutex_);
    const SteadyPoint now = clock_.steady();
    const Known* found = known_.find(name, now);
    Known known = found == nullptr ? Known{} : *found;
    known.askedUntil = SteadyPoint::min();
    known.failure = std::nullopt;
    if (!fetched) {
        known.failure = fetched.error();
        known.askAgain = now + times_.pause;
    } else if (!*fetched) {
        known.failure =
            Error::unavailable("too many keys are fetched at once, or their site was slow of late");
    } else {
        known.keys = std::move((*fetched)->keys);
        known.freshUntil = now + (*fetched)->life;
        known.goodUntil = known.freshUntil + times_.keep;
        known.askAgain = std::min<SteadyPoint>(now + times_.pause, known.freshUntil);
    }
    put(name, known, now);
    return answer(known, kid, now);
}

Result<KnownKeySets::Keys> KnownKeySets::answer(const Known& known, std::string_view kid,
                                                SteadyPoint now) {
    const bool isGood = known.keys != nullptr && now < known.goodUntil;
    if (isGood && hasKey(*known.keys, kid)) {
        return known.keys;
    }
    if (now < known.askedUntil) {
        return Error::unavailable("the keys are being fetched");
    }
    return known.failure ? Result<Keys>(*known.failure) : known.keys;
}

void KnownKeySets::put(const std::string& name, Known known, SteadyPoint now) {
    const auto ends = std::max({known.goodUntil, known.askedUntil, known.askAgain});
    known_.put(name, std::move(known), ends, now);
}

}  // namespace gatehouse
