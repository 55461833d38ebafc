// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>

#include <string_view>

namespace gatehouse {

/// What a login_step has that may prove more than its `amr()`, and then says so when it is passed:
/// login through a site that is believed. What a login can reach is told by it. Threads: any.
class MayProve {
public:
    static constexpr Capability capability{"login_step.may_prove", 1};
    MayProve(const MayProve&) = delete;
    MayProve& operator=(const MayProve&) = delete;
    virtual ~MayProve() = default;

    /// The RFC 8176 value that comes beside `amr()`; static storage. Empty: none does.
    virtual std::string_view mayProve() const noexcept = 0;

private:
    template <class P, class... C> friend class With;
    MayProve() = default;
};

}  // namespace gatehouse
