// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/point/UserStore.h>

#include "LdapConnection.h"
#include "LdapGroups.h"
#include "LdapPeople.h"
#include "lanes/Lanes.h"

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace gatehouse {

/// People of an LDAP directory (RFC 4511), which checks their passwords itself. Read-only.
class LdapUserStore final : public UserStore {
public:
    Status configure(const Config& config, Host& host) override;
    Status start() override;
    void stop() noexcept override;

    Result<std::optional<User>> findByLogin(const Context& context,
                                            std::string_view login) const override;
    Result<std::optional<User>> findById(const Context& context,
                                         std::string_view id) const override;
    std::string spelling(std::string_view login) const override;
    Result<std::optional<User>> checkPassword(const Context& context, std::string_view login,
                                              const Secret& password) const override;

private:
    using Found = Result<std::optional<User>>;
    using Question = std::function<std::optional<User>(LdapConnection&)>;

    Status configureServer(const Config& config);
    Status configurePeople(const Config& config);
    std::unique_ptr<LdapConnection> open();
    Found ask(const Context& context, Question question) const;
    std::optional<LdapPerson> personByLogin(LdapConnection& connection,
                                            const std::string& login) const;
    User withGroups(LdapConnection& connection, LdapPerson person) const;

    Host* host_ = nullptr;
    LdapServer server_;
    LdapPeople people_;
    LdapGroups groups_;
    std::atomic<std::size_t> nextUrl_{0};
    std::unique_ptr<Lanes> lanes_;
};

}  // namespace gatehouse
