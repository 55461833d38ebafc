// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>

namespace gatehouse {

/// What a token_binding is as well that may be demanded of all clients. Two that are cannot be: a
/// token is bound to one thing.
class RequiredBinding {
public:
    static constexpr Capability capability{"token_binding.required", 1};
    RequiredBinding(const RequiredBinding&) = delete;
    RequiredBinding& operator=(const RequiredBinding&) = delete;
    virtual ~RequiredBinding() = default;

    /// After configure(): are there no tokens that it does not bind?
    virtual bool isRequired() const = 0;

private:
    template <class P, class... C> friend class With;
    RequiredBinding() = default;
};

}  // namespace gatehouse
