// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Time.h>

#include "Policy.h"
#include "Quota.h"

namespace gatehouse {

struct RegistrationSettings {
    bool isOpen = false;  ///< otherwise an initial access token is needed
    Policy policy{};
    bool needsPkce = true;  ///< otherwise clients with a secret may do without
    seconds unusedAfter{0};  ///< 0: those that are never used stay
    Quota::Limits quota{};
};

}  // namespace gatehouse
