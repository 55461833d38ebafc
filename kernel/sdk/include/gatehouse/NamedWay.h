// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>

#include <string>
#include <string_view>

namespace gatehouse {

/// What a login_step has of which there are several, each with a name that its operator gives it:
/// login through another site. Without a plan of the login, it is another way to pass the first
/// step. Threads: any.
class NamedWay {
public:
    static constexpr Capability capability{"login_step.named_way", 1};
    NamedWay(const NamedWay&) = delete;
    NamedWay& operator=(const NamedWay&) = delete;
    virtual ~NamedWay() = default;

    /// The text "way.NAME" labels its button: "Sign in with {name}". Static storage.
    virtual std::string_view textName() const noexcept = 0;
    /// What stands for {name} there.
    virtual std::string shownName() const = 0;

private:
    template <class P, class... C> friend class With;
    NamedWay() = default;
};

}  // namespace gatehouse
