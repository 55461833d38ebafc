// SPDX-License-Identifier: Apache-2.0
#include "login/SubjectIds.h"

#include "text/Base64Url.h"

#include <mutex>

namespace gatehouse {

namespace {

constexpr std::string_view label = "subject";
constexpr std::size_t length = 22;

}  // namespace

Result<std::string> SubjectIds::of(const Context& context, std::string_view store,
                                   std::string_view id) {
    const auto keyed = isKeyed(context);
    if (!keyed) {
        return keyed.error();
    }
    std::string source = std::to_string(context.issuer.id);
    source.append(1, '\0').append(store).append(1, '\0').append(id);
    const auto digest = *keyed ? crypto_.mac(label, source) : crypto_.sha256(source);
    return base64url(digest).substr(0, length);
}

Result<bool> SubjectIds::isKeyed(const Context& context) {
    {
        const std::shared_lock lock(mutex_);
        if (const auto known = isKeyed_.find(context.issuer.id); known != isKeyed_.end()) {
            return known->second;
        }
    }
    auto read = issuers_.hasKeyedSubjects(context);
    if (read) {
        const std::unique_lock lock(mutex_);
        isKeyed_[context.issuer.id] = *read;
    }
    return read;
}

}  // namespace gatehouse
