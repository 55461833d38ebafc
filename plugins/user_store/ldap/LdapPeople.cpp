// SPDX-License-Identifier: Apache-2.0
#include "LdapPeople.h"

#include "LdapFilter.h"
#include "ObjectGuid.h"
#include "passwords/LoginName.h"
#include "text/Lower.h"
#include "text/Utf8.h"

namespace gatehouse {

namespace {

bool isText(const std::string& value) {
    return !value.empty() && isUtf8(value) && value.find('\0') == std::string::npos;
}

}  // namespace

LdapSearch LdapPeople::byLogin(std::string_view wanted) const {
    return searchFor(filterFor(login, spellingOf(wanted)));
}

std::optional<LdapSearch> LdapPeople::byId(std::string_view wanted) const {
    if (!isGuid()) {
        return searchFor(filterFor(id, wanted));
    }
    const auto bytes = guidBytes(wanted);
    return bytes ? std::optional(searchFor(filterFor(id, *bytes))) : std::nullopt;
}

std::optional<LdapPerson> LdapPeople::find(LdapConnection& connection, const LdapSearch& search,
                                           bool& isSeveral) const {
    const auto entries = connection.search(search);
    isSeveral = entries.size() > 1;
    if (entries.size() != 1) {
        return std::nullopt;
    }
    auto person = personOf(entries.front());
    if (person) {
        person->user.isDisabled = isDisabled(connection, person->dn);
    }
    return person;
}

bool LdapPeople::isGuid() const {
    return lowered(id) == "objectguid";
}

LdapSearch LdapPeople::searchFor(const std::string& condition) const {
    LdapSearch search;
    search.base = base;
    search.filter = "(&" + filter + condition + ")";
    search.attributes = {login, id};
    for (const auto& claim : claims) {
        search.attributes.push_back(claim.second);
    }
    if (!memberOf.empty()) {
        search.attributes.push_back(memberOf);
    }
    return search;
}

std::string LdapPeople::idOf(const LdapEntry& entry) const {
    const std::string value = entry.one(id);
    return isGuid() ? guidText(value).value_or("") : value;
}

std::optional<LdapPerson> LdapPeople::personOf(const LdapEntry& entry) const {
    LdapPerson person;
    person.dn = entry.dn;
    person.memberOf = entry.all(memberOf);
    person.user.id = idOf(entry);
    person.user.login = entry.one(login);
    setClaims(entry, person.user.claims);
    // Without a name, showing a password would be an anonymous success.
    const bool isSomebody =
        !person.dn.empty() && isText(person.user.id) && trimmedLogin(person.user.login);
    return isSomebody ? std::optional(std::move(person)) : std::nullopt;
}

void LdapPeople::setClaims(const LdapEntry& entry, ValueMap& told) const {
    for (const auto& [name, attribute] : claims) {
        const std::string value = entry.one(attribute);
        if (!isText(value)) {
            continue;
        }
        const bool isYesOrNo = name == "email_verified" || name == "phone_number_verified";
        told.set(name, isYesOrNo ? Value(value == "TRUE") : Value(value));
    }
    if (!told.contains("email")) {
        told.erase("email_verified");
    }
    if (!told.contains("phone_number")) {
        told.erase("phone_number_verified");
    }
}

bool LdapPeople::isDisabled(LdapConnection& connection, const std::string& dn) const {
    return !disabled.empty() &&
           !connection.search({dn, LDAP_SCOPE_BASE, disabled, {LDAP_NO_ATTRS}}).empty();
}

}  // namespace gatehouse
