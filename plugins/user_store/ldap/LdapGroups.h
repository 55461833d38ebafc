// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include "LdapPeople.h"

#include <cstddef>
#include <string>
#include <vector>

namespace gatehouse {

/// Which groups a person is in: by an attribute that names them, by a search for groups that list
/// the person, or both.
struct LdapGroups {
    std::string memberOf;  ///< attribute; empty: not asked
    std::string base;
    std::string filter;  ///< with {dn}, {login}; empty: not asked
    std::string name;  ///< attribute
    std::size_t depth = 0;  ///< of groups in groups

    /// Each once, in order. Throws LdapFailure, also when there are more than anybody has.
    ValueList of(LdapConnection& connection, const LdapPerson& person) const;

private:
    using Entries = std::vector<LdapEntry>;

    Entries read(LdapConnection& connection, const std::vector<std::string>& dns) const;
    /// Those that list `dn` or `login`, a group's being empty.
    void list(LdapConnection& connection, const std::string& dn, const std::string& login,
              Entries& groups) const;
    std::vector<std::string> attributes() const;
};

}  // namespace gatehouse
