// SPDX-License-Identifier: Apache-2.0
#include "limit/Admission.h"

#include "limit/Network.h"

namespace gatehouse {

std::optional<Admission::Pass> Admission::enter(std::string_view account,
                                                std::string_view address) {
    constexpr std::size_t groupsOfSubscriber = 4;
    const std::string ofAddress = "address\n" + networkOf(address, groupsOfSubscriber);
    const std::string ofAccount = std::string("account\n").append(account);
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto isFull = [this](const std::string& name, std::size_t most) {
        const auto found = inside_.find(name);
        return found != inside_.end() && found->second >= most;
    };
    if (isFull(ofAddress, mostOfAddress) ||
        (!account.empty() && isFull(ofAccount, mostOfAccount))) {
        return std::nullopt;
    }
    std::vector<std::string> names{ofAddress, ofAccount};
    for (const auto& name : names) {
        ++inside_[name];
    }
    return Pass(*this, std::move(names));
}

void Admission::leave(const std::vector<std::string>& names) noexcept {
    const std::lock_guard<std::mutex> lock(mutex_);
    for (const auto& name : names) {
        const auto found = inside_.find(name);
        if (--found->second == 0) {
            inside_.erase(found);
        }
    }
}

}  // namespace gatehouse
