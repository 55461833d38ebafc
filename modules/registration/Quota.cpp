// SPDX-License-Identifier: Apache-2.0
#include "Quota.h"

namespace gatehouse {

Result<std::monostate, OAuthError> Quota::ofAddress(const Context& context,
                                                    std::string_view address) const {
    return count(context, "address " + WindowQuota::networkOf(address), limits_.perAddress);
}

Result<std::monostate, OAuthError> Quota::ofCaller(const Context& context,
                                                   std::string_view address) const {
    return count(context, "caller " + WindowQuota::networkOf(address), limits_.lookedAfter);
}

Result<std::monostate, OAuthError> Quota::ofAll(const Context& context) const {
    return count(context, "all", limits_.inAll);
}

Result<std::monostate, OAuthError> Quota::count(const Context& context, const std::string& key,
                                                std::int64_t most) const {
    const auto isWithin = window_.count(context, key, most);
    if (!isWithin) {
        return OAuthError::from(isWithin.error());
    }
    if (*isWithin) {
        return std::monostate{};
    }
    return OAuthError::tooMany("There are too many requests, try again later", limits_.window,
                               "the quota of " + key + " is used up");
}

}  // namespace gatehouse
