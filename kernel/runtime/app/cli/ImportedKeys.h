// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/TakesTotpKeys.h>
#include <gatehouse/point/ImportFormat.h>

#include "login/LoginPlan.h"

namespace gatehouse {

/// The keys for codes that people bring along go to the first login step of the plan that takes
/// them.
class ImportedKeys {
public:
    ImportedKeys(Host& host, const LoginPlan& plan);

    /// Leaves the person one key, the first that is taken. When there is none, what they had is one
    /// more second factor that cannot come along.
    void choose(ForeignPerson& person) const;
    /// See TakesTotpKeys; after choose() left one.
    TakesTotpKeys& taking() const noexcept { return *taking_; }

private:
    TakesTotpKeys* taking_ = nullptr;
};

}  // namespace gatehouse
