// SPDX-License-Identifier: Apache-2.0
#include "jose/SignatureContexts.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

std::optional<std::string> SignatureContexts::sign(const Algorithm& algorithm,
                                                   std::string_view input) {
    auto context = take(algorithm);
    if (!context) {
        return std::nullopt;
    }
    auto signature = context->sign(input);
    giveBack(std::move(*context));
    return signature;
}

bool SignatureContexts::verify(const Algorithm& algorithm, std::string_view input,
                               std::string_view signature) {
    auto context = take(algorithm);
    if (!context) {
        return false;
    }
    const bool isGood = context->verify(input, signature);
    giveBack(std::move(*context));
    return isGood;
}

std::optional<SignatureContext> SignatureContexts::take(const Algorithm& algorithm) {
    {
        const std::lock_guard lock(mutex_);
        const auto found = std::find_if(idle_.begin(), idle_.end(), [&](const auto& context) {
            return &context.algorithm() == &algorithm;
        });
        if (found != idle_.end()) {
            std::optional taken(std::move(*found));
            std::swap(*found, idle_.back());
            idle_.pop_back();
            return taken;
        }
    }
    return SignatureContext::make(key_.get(), algorithm, purpose_);
}

void SignatureContexts::giveBack(SignatureContext context) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(context));
}

}  // namespace gatehouse
