// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Scope.h>
#include <gatehouse/Value.h>

#include <string>
#include <vector>

namespace gatehouse {

/// By which claim an assertion names one of our people.
struct AssertedPerson {
    std::string claim = "sub";
    bool isId = false;  ///< the store's own id; otherwise a login
    std::string store;  ///< instance of the user store; empty: the first that knows the login
};

/// A kind of assertion that is believed, and what for: one entry of `subjects`.
struct AssertedSubject {
    ValueMap when;  ///< what its claims must say
    std::vector<std::string> clients;  ///< who may show it
    bool isPerson = false;  ///< otherwise it stands for the client that shows it
    AssertedPerson person;
    ScopeSet scopes;
    std::vector<std::string> audience;

    bool isFor(const Client& client, const ValueMap& claims) const;
};

/// Does a claim say what is wanted? A text, number or flag as it is; a list: one of them; an
/// object: each of its members.
bool says(const Value& claim, const Value& wanted);

}  // namespace gatehouse
