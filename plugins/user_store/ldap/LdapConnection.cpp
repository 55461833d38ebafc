// SPDX-License-Identifier: Apache-2.0
#include "LdapConnection.h"

#include "text/Lower.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

struct Free {
    void operator()(LDAPMessage* answer) const noexcept { ldap_msgfree(answer); }
    void operator()(char* text) const noexcept { ldap_memfree(text); }
    void operator()(BerElement* place) const noexcept { ber_free(place, 0); }
    void operator()(berval** values) const noexcept { ldap_value_free_len(values); }
};

void check(int code, const char* what) {
    if (code != LDAP_SUCCESS) {
        throw LdapFailure(what, code);
    }
}

template <class Value> void set(LDAP* session, int option, const Value& value) {
    if (ldap_set_option(session, option, &value) != LDAP_OPT_SUCCESS) {
        throw LdapFailure("option " + std::to_string(option), LDAP_LOCAL_ERROR);
    }
}

timeval timevalOf(milliseconds time) {
    return {time.count() / 1000, time.count() % 1000 * 1000};
}

std::vector<std::string> valuesOf(LDAP* session, LDAPMessage* message, const char* name) {
    std::vector<std::string> texts;
    const std::unique_ptr<berval*, Free> values(ldap_get_values_len(session, message, name));
    for (berval** value = values.get(); value != nullptr && *value != nullptr; ++value) {
        texts.emplace_back((*value)->bv_val, (*value)->bv_len);
    }
    return texts;
}

LdapEntry entryOf(LDAP* session, LDAPMessage* message) {
    LdapEntry entry;
    const std::unique_ptr<char, Free> dn(ldap_get_dn(session, message));
    entry.dn = dn ? dn.get() : "";
    BerElement* first = nullptr;
    std::unique_ptr<char, Free> name(ldap_first_attribute(session, message, &first));
    const std::unique_ptr<BerElement, Free> place(first);
    while (name) {
        entry.attributes[lowered(name.get())] = valuesOf(session, message, name.get());
        name.reset(ldap_next_attribute(session, message, place.get()));
    }
    return entry;
}

/// Referrals are none. The library stops the process over an answer that did not come.
std::vector<LdapEntry> entriesOf(LDAP* session, LDAPMessage* answer) {
    std::vector<LdapEntry> entries;
    LDAPMessage* each = answer != nullptr ? ldap_first_entry(session, answer) : nullptr;
    for (; each != nullptr; each = ldap_next_entry(session, each)) {
        entries.push_back(entryOf(session, each));
    }
    return entries;
}

/// The answers of a directory that knows the person and will not have them, or does not know them.
bool isNo(int code) {
    switch (code) {
    case LDAP_INVALID_CREDENTIALS:
    case LDAP_INAPPROPRIATE_AUTH:
    case LDAP_NO_SUCH_OBJECT:
    case LDAP_INSUFFICIENT_ACCESS:
    case LDAP_CONSTRAINT_VIOLATION:
    case LDAP_UNWILLING_TO_PERFORM: return true;
    default: return false;
    }
}

}  // namespace

LdapFailure::LdapFailure(const std::string& what, int result)
    : std::runtime_error(what + ": " + ldap_err2string(result)), code(result) {}

bool LdapFailure::isMistake() const noexcept {
    return code == LDAP_FILTER_ERROR || code == LDAP_NO_SUCH_OBJECT ||
           code == LDAP_INVALID_DN_SYNTAX || code == LDAP_INVALID_CREDENTIALS ||
           code == LDAP_INSUFFICIENT_ACCESS || code == LDAP_CONFIDENTIALITY_REQUIRED;
}

const std::vector<std::string>& LdapEntry::all(std::string_view attribute) const {
    static const std::vector<std::string> none;
    const auto found = attributes.find(lowered(attribute));
    return found != attributes.end() ? found->second : none;
}

std::string LdapEntry::one(std::string_view attribute) const {
    const auto& values = all(attribute);
    return values.empty() ? std::string{} : values.front();
}

LdapConnection::LdapConnection(const LdapServer& server, std::string url)
    : server_(server), url_(std::move(url)), searching_(open()) {
    // Without a name it is an anonymous one, which shows that somebody is there.
    check(bind(searching_.get(), server.bindDn, server.bindPassword), "bind_dn");
}

LdapConnection::Session LdapConnection::open() const {
    LDAP* opened = nullptr;
    check(ldap_initialize(&opened, url_.c_str()), url_.c_str());
    Session session(opened);
    const timeval patience = timevalOf(server_.patience);
    set(opened, LDAP_OPT_PROTOCOL_VERSION, int{LDAP_VERSION3});
    set(opened, LDAP_OPT_DEREF, int{LDAP_DEREF_NEVER});
    set(opened, LDAP_OPT_NETWORK_TIMEOUT, patience);
    set(opened, LDAP_OPT_TIMEOUT, patience);
    if (ldap_set_option(opened, LDAP_OPT_REFERRALS, LDAP_OPT_OFF) != LDAP_OPT_SUCCESS) {
        throw LdapFailure("referrals", LDAP_LOCAL_ERROR);
    }
    secure(opened);
    return session;
}

void LdapConnection::secure(LDAP* session) const {
    set(session, LDAP_OPT_X_TLS_REQUIRE_CERT, int{LDAP_OPT_X_TLS_DEMAND});
    set(session, LDAP_OPT_X_TLS_PROTOCOL_MIN, int{LDAP_OPT_X_TLS_PROTOCOL_TLS1_2});
    if (!server_.caFile.empty() && ldap_set_option(session, LDAP_OPT_X_TLS_CACERTFILE,
                                                   server_.caFile.c_str()) != LDAP_OPT_SUCCESS) {
        throw LdapFailure("ca_file", LDAP_LOCAL_ERROR);
    }
    // Of its own: another user of the library may have made one that verifies nothing.
    set(session, LDAP_OPT_X_TLS_NEWCTX, int{0});
    if (server_.startsTls) {
        check(ldap_start_tls_s(session, nullptr, nullptr), "StartTLS");
    }
}

int LdapConnection::bind(LDAP* session, const std::string& dn, const Secret& password) const {
    if (isInterrupted_) {
        throw LdapFailure(url_, LDAP_USER_CANCELLED);
    }
    berval shown{password.view().size(), const_cast<char*>(password.view().data())};
    return ldap_sasl_bind_s(session, dn.c_str(), LDAP_SASL_SIMPLE, &shown, nullptr, nullptr,
                            nullptr);
}

std::vector<LdapEntry> LdapConnection::search(const LdapSearch& search) {
    if (isInterrupted_) {
        throw LdapFailure(url_, LDAP_USER_CANCELLED);
    }
    std::vector<std::string> names = search.attributes;
    std::vector<char*> wanted(names.size() + 1, nullptr);
    std::transform(names.begin(), names.end(), wanted.begin(),
                   [](std::string& name) { return name.data(); });
    timeval patience = timevalOf(server_.patience);
    LDAP* session = searching_.get();
    LDAPMessage* received = nullptr;
    const int code =
        ldap_search_ext_s(session, search.base.c_str(), search.scope, search.filter.c_str(),
                          wanted.data(), 0, nullptr, nullptr, &patience, search.most, &received);
    const std::unique_ptr<LDAPMessage, Free> answer(received);
    auto entries = entriesOf(session, received);
    const bool isEnough =
        code == LDAP_SIZELIMIT_EXCEEDED && entries.size() >= static_cast<std::size_t>(search.most);
    const bool isGone = code == LDAP_NO_SUCH_OBJECT && search.scope == LDAP_SCOPE_BASE;
    if (!isEnough && !isGone) {
        check(code, ("search of " + search.base + " for " + search.filter).c_str());
    }
    return entries;
}

bool LdapConnection::isPassword(const std::string& dn, const Secret& password) {
    if (!showing_) {
        showing_ = open();
    }
    const int code = bind(showing_.get(), dn, password);
    if (!isNo(code)) {
        check(code, "bind");
    }
    return code == LDAP_SUCCESS;
}

}  // namespace gatehouse
