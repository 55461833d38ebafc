// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>
#include <gatehouse/Host.h>
#include <gatehouse/TakesPasswordHashes.h>
#include <gatehouse/point/UserStore.h>

#include "PersonRow.h"
#include "SqlConnection.h"
#include "SqlQuery.h"
#include "lanes/Lanes.h"
#include "passwords/PasswordHasher.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse {

/// People in a table of anybody's, or what a query makes of it. Nothing is written but a new hash,
/// where the operator says how.
class SqlUserStore final : public With<UserStore, TakesPasswordHashes, UserLister> {
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
    Status setPasswordHash(const Context& context, std::string_view id,
                           const std::string& hash) override;
    Result<UserPage> list(const Context& context, std::string_view after,
                          std::size_t limit) const override;

private:
    using Rows = std::vector<ValueMap>;
    using Found = Result<std::optional<SqlPerson>>;

    Status configureQueries(const Config& config, SqlAddress::Kind kind);
    std::unique_ptr<SqlConnection> open();
    std::string columnProblem(SqlConnection& connection);
    std::string idProblem(SqlConnection& connection) const;
    Result<Rows> ask(const Context& context, const SqlQuery& query, const SqlValues& values) const;
    Found personByLogin(const Context& context, std::string_view login) const;
    Result<std::optional<User>> withGroups(const Context& context,
                                           std::optional<SqlPerson> person) const;
    Status store(const Context& context, const SqlPerson& person, const std::string& hash) const;
    void rehash(const Context& context, const SqlPerson& person, const Secret& password) const;

    Host* host_ = nullptr;
    SqlAddress address_{};
    milliseconds timeout_{};
    std::string people_;
    std::string weakestHash_;
    bool isCaseIgnored_ = false;
    std::optional<SqlQuery> byLogin_;
    std::optional<SqlQuery> byId_;
    std::optional<SqlQuery> firstPage_;
    std::optional<SqlQuery> nextPage_;
    std::optional<SqlQuery> groups_;
    std::optional<SqlQuery> storeHash_;
    std::atomic<bool> isIdWhole_{false};
    std::mutex refusalMutex_;
    std::string refusal_;
    std::unique_ptr<PasswordHasher> hasher_;
    std::unique_ptr<Lanes> lanes_;
};

}  // namespace gatehouse
