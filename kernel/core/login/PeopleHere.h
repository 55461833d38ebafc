// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "login/Session.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse {

/// Who is signed in in one browser, each once.
struct PeopleHere {
    std::optional<SignedIn> who;  ///< the one it is about; until somebody says otherwise, who
                                  ///< signed in there or was chosen there last
    std::vector<SignedIn> beside;  ///< the others; who was left last first

    /// `who` first.
    std::vector<SignedIn> all() const;
    bool has(std::string_view sub) const;
    /// It is about the first whom it fits. False: there is none, and all is as it was.
    template <class Fits> bool turnTo(const Fits& fits);
    /// It is about none of them.
    void turnAway();
    /// Who has just signed in takes the place of `who`, and of what was theirs.
    void arrive(SignedIn person);
    /// What the browser's state is made of: the `sid` of each, in one order, with blanks between.
    /// So it is another one when somebody comes or goes, not when it is about another of them.
    std::string sids() const;
};

template <class Fits> bool PeopleHere::turnTo(const Fits& fits) {
    if (who && fits(*who)) {
        return true;
    }
    const auto found = std::find_if(beside.begin(), beside.end(), fits);
    if (found == beside.end()) {
        return false;
    }
    auto person = std::move(*found);
    beside.erase(found);
    turnAway();
    who = std::move(person);
    return true;
}

}  // namespace gatehouse
