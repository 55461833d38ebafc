// SPDX-License-Identifier: Apache-2.0
#include "KeySetTexts.h"

#include "json/Json.h"

#include <mutex>
#include <utility>

namespace gatehouse {

namespace {

/// RFC 7517 section 5.
std::string keySetOf(const std::vector<PublicKey>& keys) {
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
    const auto published = keys.publicKeys(context);
    if (!published) {
        return published.error();
    }
    auto text = std::make_shared<const std::string>(keySetOf(*published));
    const std::unique_lock lock(mutex_);
    texts_[context.issuer.id] = {version, text};
    return text;
}

}  // namespace gatehouse
