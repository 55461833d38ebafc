// SPDX-License-Identifier: Apache-2.0
#include "LdapGroups.h"

#include "LdapFilter.h"
#include "text/Lower.h"

#include <set>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::size_t mostGroups = 1000;

}  // namespace

ValueList LdapGroups::of(LdapConnection& connection, const LdapPerson& person) const {
    std::set<std::string> names;
    std::set<std::string> seen;
    auto level = read(connection, person.memberOf);
    list(connection, person.dn, person.user.login, level);
    for (std::size_t deep = 0; !level.empty(); ++deep) {
        Entries next;
        for (const auto& group : level) {
            if (!seen.insert(lowered(group.dn)).second) {
                continue;
            }
            if (seen.size() > mostGroups) {
                throw LdapFailure("groups of " + person.dn, LDAP_SIZELIMIT_EXCEEDED);
            }
            names.insert(group.one(name));
            if (deep < depth) {
                const auto named = read(connection, group.all(memberOf));
                next.insert(next.end(), named.begin(), named.end());
                list(connection, group.dn, {}, next);
            }
        }
        level = std::move(next);
    }
    names.erase(std::string{});
    return {names.begin(), names.end()};
}

LdapGroups::Entries LdapGroups::read(LdapConnection& connection,
                                     const std::vector<std::string>& dns) const {
    if (dns.size() > mostGroups) {
        throw LdapFailure("groups in " + memberOf, LDAP_SIZELIMIT_EXCEEDED);
    }
    Entries groups;
    for (const auto& dn : dns) {
        const auto found =
            connection.search({dn, LDAP_SCOPE_BASE, "(objectClass=*)", attributes(), 1});
        groups.insert(groups.end(), found.begin(), found.end());
    }
    return groups;
}

void LdapGroups::list(LdapConnection& connection, const std::string& dn, const std::string& login,
                      Entries& groups) const {
    const bool isAsked = filter.find(login.empty() ? "{dn}" : "{") != std::string::npos;
    if (!isAsked) {
        return;
    }
    const auto found = connection.search({base, LDAP_SCOPE_SUBTREE,
                                          filled(filter, {{"{dn}", dn}, {"{login}", login}}),
                                          attributes(), static_cast<int>(mostGroups)});
    groups.insert(groups.end(), found.begin(), found.end());
    if (found.size() >= mostGroups) {
        throw LdapFailure("groups that list " + dn, LDAP_SIZELIMIT_EXCEEDED);
    }
}

std::vector<std::string> LdapGroups::attributes() const {
    return memberOf.empty() ? std::vector<std::string>{name}
                            : std::vector<std::string>{name, memberOf};
}

}  // namespace gatehouse
