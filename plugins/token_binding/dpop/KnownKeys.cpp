// SPDX-License-Identifier: Apache-2.0
#include "KnownKeys.h"

#include <utility>

namespace gatehouse {

std::shared_ptr<const ProofKey> KnownKeys::find(const std::string& header) {
    Keys forgotten;  // goes after the lock
    const std::lock_guard lock(mutex_);
    if (const auto found = young_.find(header); found != young_.end()) {
        return found->second;
    }
    const auto found = old_.find(header);
    if (found == old_.end()) {
        return nullptr;
    }
    auto key = found->second;
    put(header, key, forgotten);
    return key;
}

void KnownKeys::keep(const std::string& header, std::shared_ptr<const ProofKey> key) {
    if (header.size() <= longest) {
        Keys forgotten;  // goes after the lock
        const std::lock_guard lock(mutex_);
        put(header, std::move(key), forgotten);
    }
}

void KnownKeys::put(const std::string& header, std::shared_ptr<const ProofKey> key,
                    Keys& forgotten) {
    if (young_.size() == most) {
        forgotten = std::exchange(old_, std::exchange(young_, {}));
    }
    young_.insert_or_assign(header, std::move(key));
}

}  // namespace gatehouse
