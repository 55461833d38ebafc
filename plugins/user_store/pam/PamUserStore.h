// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/point/UserStore.h>

#include "PamConversation.h"
#include "UnixAccount.h"
#include "lanes/Lanes.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace gatehouse {

/// People with an account on this machine, whose passwords PAM checks. Read-only.
class PamUserStore final : public UserStore {
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
    using Question = std::function<std::optional<User>()>;

    Found ask(const Context& context, Question question) const;
    std::optional<UnixAccount> accountOf(const std::string& name) const;
    bool isPersons(const UnixAccount& account) const;
    User userOf(const UnixAccount& account) const;
    std::optional<User> found(const std::optional<UnixAccount>& account) const;
    std::optional<User> letIn(const std::string& name, const std::string& remoteAddress,
                              const Secret& password) const;

    Host* host_ = nullptr;
    PamConversation::Service service_;
    bool isCaseIgnored_ = false;
    uid_t leastUid_ = 0;
    std::string emailDomain_;
    std::unique_ptr<Lanes> lanes_;
};

}  // namespace gatehouse
