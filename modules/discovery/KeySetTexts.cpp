// SPDX-License-Identifier: Apache-2.0
#include "KeySetTexts.h"

#include "json/Json.h"

#include <algorithm>
#include <mutex>
#include <utility>

namespace gatehouse {

namespace {

/// Nobody encrypts to a key that is to be used later, or that will soon be gone.
bool isForNobody(const PublicKey& key) {
    return key.jwk.text("use") == "enc" && key.state != KeyState::active;
}

/// RFC 7517 section 5: order means nothing. But some consumers take the first key of a kind, so
/// those that sign now come first, and RS256, which all know, before the others.
std::string keySetOf(std::vector<PublicKey> keys) {
    keys.erase(std::remove_if(keys.begin(), keys.end(), isForNobody), keys.end());
    const auto rank = [](const PublicKey& key) {
        return std::pair(key.state != KeyState::active, key.algorithm != "RS256");
    };
    std::stable_sort(keys.begin(), keys.end(), [&](const PublicKey& left, const PublicKey& right) {
        return rank(left) < rank(right);
    });
    ValueList published;
    for (const auto& key : keys) {
        published.emplace_back(key.jwk);
    }
    return toJson(ValueMap{{"keys", std::move(published)}});
}

}  // namespace

Result<std::shared_ptr<const std::string>> KeySetTexts::of(const Context& context,
                                                           const KeyStore& keys) {
    // Asked before the keys: a change between the two is then seen at the next request.
    const auto version = keys.version(context);
    {
        const std::shared_lock lock(mutex_);
        const auto found = texts_.find(context.issuer.id);
        if (version != 0 && found != texts_.end() && found->second.version == version) {
            return found->second.text;
        }
    }
    auto published = keys.publicKeys(context);
    if (!published) {
        return published.error();
    }
    auto text = std::make_shared<const std::string>(keySetOf(*std::move(published)));
    const std::unique_lock lock(mutex_);
    texts_[context.issuer.id] = {version, text};
    return text;
}

}  // namespace gatehouse
