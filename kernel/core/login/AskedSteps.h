// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/AskedStep.h>
#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Result.h>
#include <gatehouse/point/LoginStep.h>
#include <gatehouse/point/UserStore.h>

#include "login/LoginPlan.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// The login steps that sites may ask for by a value of `prompt`. Threads: any.
class AskedSteps {
public:
    AskedSteps(const std::vector<Host::Named<LoginStep>>& steps,
               std::vector<Host::Named<UserStore>> stores, LoginPlan plan);

    /// Fails for a value that is no word, is the server's own, or is two steps'.
    Status check() const;
    /// The values that are known at the issuer; the server's own first.
    std::vector<std::string> prompts(const Issuer& issuer) const;
    /// The instance of the step; empty: none answers for the value there.
    std::string stepFor(const Issuer& issuer, std::string_view prompt) const;

    struct Doubt {
        std::string step;  ///< its instance
        std::string why;
    };
    /// Why a value is not known at the issuer.
    std::vector<Doubt> doubts(const Issuer& issuer) const;

private:
    struct Asked {
        std::string name;
        const AskedStep* step;
        std::string prompt;
        bool isFirst;  ///< a login may begin with it
    };
    std::string missing(const Issuer& issuer, const Asked& asked) const;

    std::vector<Host::Named<UserStore>> stores_;
    std::vector<Asked> asked_;
};

}  // namespace gatehouse
