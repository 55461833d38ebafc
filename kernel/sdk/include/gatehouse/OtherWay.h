// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>

namespace gatehouse {

/// What a login_step is as well that people choose in place of the first step: without a plan of
/// the login it is another way to pass that one, as an AskedStep is.
class OtherWay {
public:
    static constexpr Capability capability{"login_step.other_way", 1};
    OtherWay(const OtherWay&) = delete;
    OtherWay& operator=(const OtherWay&) = delete;
    virtual ~OtherWay() = default;

private:
    template <class P, class... C> friend class With;
    OtherWay() = default;
};

}  // namespace gatehouse
