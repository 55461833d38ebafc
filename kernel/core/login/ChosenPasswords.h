// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/point/LoginStep.h>
#include <gatehouse/point/PasswordRule.h>

#include "plugin/Watched.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

class PersonDirectory;

/// New passwords that people choose; made once a generation. Threads: any.
class ChosenPasswords {
public:
    /// `people` outlives it.
    ChosenPasswords(Host& host, const PersonDirectory& people,
                    const std::vector<Host::Named<PasswordRule>>& rules);

    /// See People::passwordProblem().
    Result<std::string> problem(const Context& context, const User& person,
                                const Secret& password) const;
    /// See People::choosePassword().
    Result<std::string> choose(const Context& context, const FoundUser& person,
                               const Secret& password, std::string_view remoteAddress) const;

private:
    void tell(const Context& context, const FoundUser& person,
              std::string_view remoteAddress) const;

    Host& host_;
    const PersonDirectory& people_;
    std::vector<Watched<PasswordRule>> rules_;
};

}  // namespace gatehouse
