// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeHost.h>

#include "../storage/PrivatePostgres.h"
#include "LdapUserStore.h"

#include <ldap.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse {

inline PrivatePostgres& sharedSlapd() {
    static PrivatePostgres server(std::vector<std::string>{}, privateSlapd);
    return server;
}

/// An OpenLDAP server with nobody in it.
struct LdapBed {
    using Attributes = std::vector<std::pair<std::string, std::vector<std::string>>>;

    LdapBed() {
        CPPUNIT_ASSERT_EQUAL(LDAP_SUCCESS, ldap_initialize(&admin, sharedSlapd().url().c_str()));
        int version = LDAP_VERSION3;
        ldap_set_option(admin, LDAP_OPT_PROTOCOL_VERSION, &version);
        std::string password = "p@ss/word:%";
        berval shown{password.size(), password.data()};
        CPPUNIT_ASSERT_EQUAL(LDAP_SUCCESS,
                             ldap_sasl_bind_s(admin, "cn=admin,dc=example,dc=org", LDAP_SASL_SIMPLE,
                                              &shown, nullptr, nullptr, nullptr));
        clear();
    }
    LdapBed(const LdapBed&) = delete;
    LdapBed& operator=(const LdapBed&) = delete;
    ~LdapBed() { ldap_unbind_ext_s(admin, nullptr, nullptr); }

    void addUser(const User& user, std::string_view password) {
        const Value* checked = user.claims.find("email_verified");
        Attributes attributes{{"objectClass", {"inetOrgPerson"}},
                              {"uid", {user.login}},
                              {"cn", {either(user.claims.text("name"), user.login)}},
                              {"sn", {"Somebody"}},
                              {"userPassword", {std::string(password)}},
                              {"employeeType", {user.isDisabled ? "gone" : "here"}},
                              {"title", {checked != nullptr ? "TRUE" : "FALSE"}}};
        if (user.claims.contains("email")) {
            attributes.push_back({"mail", {std::string(user.claims.text("email"))}});
        }
        add("employeeNumber=" + std::to_string(++people) + ",dc=example,dc=org", attributes);
    }
    void rename(std::string_view login, std::string_view newLogin) {
        std::string text(newLogin);
        char* values[] = {text.data(), nullptr};
        char name[] = "uid";
        LDAPMod change{LDAP_MOD_REPLACE, name, {values}};
        LDAPMod* changes[] = {&change, nullptr};
        for (const auto& dn : find("(uid=" + std::string(login) + ")")) {
            CPPUNIT_ASSERT_EQUAL(LDAP_SUCCESS,
                                 ldap_modify_ext_s(admin, dn.c_str(), changes, nullptr, nullptr));
        }
    }
    std::unique_ptr<UserStore> make() { return make({}); }
    std::unique_ptr<LdapUserStore> make(const ValueMap& more) {
        auto store = std::make_unique<LdapUserStore>();
        const auto status = start(*store, more);
        CPPUNIT_ASSERT_MESSAGE(status ? "" : status.error().detail, status);
        return store;
    }
    Status start(LdapUserStore& store, const ValueMap& more) {
        ValueMap settings{
            {"urls", ValueList{sharedSlapd().url()}},
            {"base", "dc=example,dc=org"},
            {"bind_dn", "cn=reader,dc=example,dc=org"},
            {"bind_password", "p@ss/word:%"},
            {"disabled", "(employeeType=gone)"},
            {"claims", ValueMap{{"name", "cn"}, {"email", "mail"}, {"email_verified", "title"}}},
            {"waiting", 100}};
        for (const auto& setting : more) {
            settings.set(setting.name, setting.value);
        }
        const testkit::FakeConfig config(fieldsOf<LdapUserStore>(), settings);
        auto status = store.configure(config, host);
        return status ? store.start() : status;
    }
    static void kill() { sharedSlapd().tell("kill"); }
    static void revive() { sharedSlapd().tell("start"); }

    void add(const std::string& dn, Attributes attributes) {
        std::vector<std::vector<char*>> texts;
        std::vector<LDAPMod> made;
        for (auto& attribute : attributes) {
            auto& values = texts.emplace_back();
            for (auto& value : attribute.second) {
                values.push_back(value.data());
            }
            values.push_back(nullptr);
        }
        for (std::size_t each = 0; each < attributes.size(); ++each) {
            made.push_back({LDAP_MOD_ADD, attributes[each].first.data(), {texts[each].data()}});
        }
        std::vector<LDAPMod*> list;
        for (auto& each : made) {
            list.push_back(&each);
        }
        list.push_back(nullptr);
        const int code = ldap_add_ext_s(admin, dn.c_str(), list.data(), nullptr, nullptr);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(dn + ": " + ldap_err2string(code), LDAP_SUCCESS, code);
    }
    void addGroup(const std::string& name, const std::vector<std::string>& members) {
        add("cn=" + name + ",dc=example,dc=org",
            {{"objectClass", {"groupOfNames"}}, {"cn", {name}}, {"member", members}});
    }
    std::string dnOf(const std::string& login) { return find("(uid=" + login + ")").front(); }

    LDAP* admin = nullptr;
    int people = 0;
    testkit::FakeHost host;

private:
    static std::string either(std::string_view text, const std::string& other) {
        return text.empty() ? other : std::string(text);
    }
    std::vector<std::string> find(const std::string& filter) {
        LDAPMessage* answer = nullptr;
        ldap_search_ext_s(admin, "dc=example,dc=org", LDAP_SCOPE_ONELEVEL, filter.c_str(), nullptr,
                          0, nullptr, nullptr, nullptr, 0, &answer);
        std::vector<std::string> dns;
        for (LDAPMessage* each = ldap_first_entry(admin, answer); each != nullptr;
             each = ldap_next_entry(admin, each)) {
            char* dn = ldap_get_dn(admin, each);
            dns.emplace_back(dn);
            ldap_memfree(dn);
        }
        ldap_msgfree(answer);
        return dns;
    }
    void clear() {
        for (const auto& dn : find("(!(cn=reader))")) {
            ldap_delete_ext_s(admin, dn.c_str(), nullptr, nullptr);
        }
    }
};

}  // namespace gatehouse
