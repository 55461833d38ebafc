// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Secret.h>
#include <gatehouse/Time.h>

#include "lanes/Lanes.h"

#include <ldap.h>

#include <atomic>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// A directory, and who searches it.
struct LdapServer {
    std::vector<std::string> urls;
    bool startsTls = false;
    std::string caFile;
    std::string bindDn;
    Secret bindPassword;
    milliseconds patience{};  ///< with each answer
};

struct LdapFailure : std::runtime_error {
    LdapFailure(const std::string& what, int result);
    /// Whether a wrong setting is the reason, and not a directory that is away.
    bool isMistake() const noexcept;
    int code;
};

/// Names of attributes are in small letters.
struct LdapEntry {
    std::string dn;
    std::map<std::string, std::vector<std::string>> attributes;

    const std::vector<std::string>& all(std::string_view attribute) const;
    /// Any one of them; empty: none.
    std::string one(std::string_view attribute) const;
};

struct LdapSearch {
    std::string base;
    int scope = LDAP_SCOPE_SUBTREE;
    std::string filter;
    std::vector<std::string> attributes;
    int most = 2;  ///< that many are enough
};

/// A session of somebody who may search, and another in which people show their passwords. Neither
/// follows a referral or an alias. Threads: one, but for interrupt().
class LdapConnection final : public LaneConnection {
public:
    /// Blocks for the server's patience; throws LdapFailure.
    LdapConnection(const LdapServer& server, std::string url);

    /// Throws LdapFailure. Of an entry alone (LDAP_SCOPE_BASE) that is not there: nothing.
    std::vector<LdapEntry> search(const LdapSearch& search);
    /// `password` is not empty and has no NUL. Throws LdapFailure when nobody knows.
    bool isPassword(const std::string& dn, const Secret& password);

    void interrupt() noexcept override { isInterrupted_ = true; }

private:
    struct Unbind {
        void operator()(LDAP* session) const noexcept {
            ldap_unbind_ext_s(session, nullptr, nullptr);
        }
    };
    using Session = std::unique_ptr<LDAP, Unbind>;

    Session open() const;
    void secure(LDAP* session) const;
    int bind(LDAP* session, const std::string& dn, const Secret& password) const;

    const LdapServer& server_;
    const std::string url_;
    std::atomic<bool> isInterrupted_{false};
    Session searching_;
    Session showing_;
};

}  // namespace gatehouse
