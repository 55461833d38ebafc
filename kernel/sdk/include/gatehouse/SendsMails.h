// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>

namespace gatehouse {

/// What a plugin is as well that sends mails by one of its settings: where there is no mailer, the
/// operator is told. One that is no good without names "mailer" in its needs.
class SendsMails {
public:
    static constexpr Capability capability{"sends_mails", 1};
    SendsMails(const SendsMails&) = delete;
    SendsMails& operator=(const SendsMails&) = delete;
    virtual ~SendsMails() = default;
    /// Do its settings say so? Asked after configure().
    virtual bool sendsMails() const noexcept = 0;

private:
    template <class P, class... C> friend class With;
    SendsMails() = default;
};

}  // namespace gatehouse
