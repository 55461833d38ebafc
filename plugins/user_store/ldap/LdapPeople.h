// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/User.h>

#include "LdapConnection.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

struct LdapPerson {
    std::string dn;
    std::vector<std::string> memberOf;
    User user;
};

/// Where people are in the directory, and what their entries mean.
struct LdapPeople {
    std::string base;
    std::string filter;
    std::string login;  ///< attributes
    std::string id;
    std::string memberOf;
    std::string disabled;  ///< a filter; empty: nobody is
    std::map<std::string, std::string> claims{};  ///< names to attributes

    LdapSearch byLogin(std::string_view wanted) const;
    /// nullopt: it is nobody's.
    std::optional<LdapSearch> byId(std::string_view wanted) const;
    /// Whom the search finds, alone; `isSeveral` says that there are more.
    std::optional<LdapPerson> find(LdapConnection& connection, const LdapSearch& search,
                                   bool& isSeveral) const;

private:
    bool isGuid() const;
    LdapSearch searchFor(const std::string& condition) const;
    std::string idOf(const LdapEntry& entry) const;
    std::optional<LdapPerson> personOf(const LdapEntry& entry) const;
    void setClaims(const LdapEntry& entry, ValueMap& told) const;
    bool isDisabled(LdapConnection& connection, const std::string& dn) const;
};

}  // namespace gatehouse
