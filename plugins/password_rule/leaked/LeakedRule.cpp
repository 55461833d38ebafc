// SPDX-License-Identifier: Apache-2.0
#include "LeakedRule.h"

#include "LeakedList.h"

namespace gatehouse {

Status LeakedRule::configure(const Config& config, Host& /*host*/) {
    path_ = config.text("path");
    return done();
}

Status LeakedRule::check() const {
    const auto list = LeakedList::open(path_);
    return list ? done() : Status{list.error()};
}

/// What cannot be looked up is nobody's new password.
Result<std::string> LeakedRule::problem(const Context& /*context*/, const User& /*person*/,
                                        const Secret& password) const {
    const auto list = LeakedList::open(path_);
    const auto isLeaked = list ? list->contains(password) : Result<bool>(list.error());
    if (!isLeaked) {
        return Error::unavailable(isLeaked.error().detail);
    }
    return std::string(*isLeaked ? "password.leaked" : "");
}

constexpr Field fields[] = {
    {"path", Kind::path, required,
     "the list: lines of a SHA-1 hash in 40 hexadecimal digits, a colon and a number, sorted"},
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::LeakedRule, "leaked", "0.1.0",
                 "Refuses new passwords that are on a list of leaked ones", gatehouse::fields)
