// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>
#include <gatehouse/Context.h>
#include <gatehouse/Result.h>
#include <gatehouse/User.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// The id of somebody whom sites know already: the kernel says what stands behind the mark as their
/// `sub`, as long as the store is one that takes people.
constexpr char knownSubjectMark = '=';
inline std::string idOfSubject(std::string_view sub) {
    return std::string(1, knownSubjectMark).append(sub);
}

/// Somebody who comes from another server.
struct Newcomer {
    User user;  ///< id: an idOfSubject(), or empty for one that the store makes
    std::string passwordHash;  ///< as that server kept it; empty: no password
};

/// Beside a UserStore: takes in people of other servers, many at once. Threads: any.
class TakesPeople {
public:
    static constexpr Capability capability{"user_store.people", 1};
    TakesPeople(const TakesPeople&) = delete;
    TakesPeople& operator=(const TakesPeople&) = delete;
    virtual ~TakesPeople() = default;

    /// False: they are there already, just so, whatever their password is by now. Fault::badInput:
    /// they cannot be taken; its detail says why.
    virtual Result<bool> isNew(const Context&, const Newcomer& newcomer) const = 0;
    /// All of them in one commit. Fault::badInput: one of them is not new, and nobody was taken.
    virtual Status take(const Context&, const std::vector<Newcomer>& newcomers) = 0;

private:
    template <class P, class... C> friend class With;
    TakesPeople() = default;
};

}  // namespace gatehouse
