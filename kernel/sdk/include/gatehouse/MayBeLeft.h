// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>

namespace gatehouse {

/// What a login_step has that lets some known people go on who have proved nothing: it answers
/// `Need::no`, or `Need::offered`, after which they may say "later". What a login can reach is told
/// by it. Threads: any.
class MayBeLeft {
public:
    static constexpr Capability capability{"login_step.may_be_left", 1};
    MayBeLeft(const MayBeLeft&) = delete;
    MayBeLeft& operator=(const MayBeLeft&) = delete;
    virtual ~MayBeLeft() = default;

    /// As it is configured.
    virtual bool mayBeLeft() const noexcept = 0;

private:
    template <class P, class... C> friend class With;
    MayBeLeft() = default;
};

}  // namespace gatehouse
