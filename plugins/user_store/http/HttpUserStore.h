// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Outgoing.h>
#include <gatehouse/Secret.h>
#include <gatehouse/point/UserStore.h>

#include "Bulkhead.h"
#include "PersonMemory.h"

#include <memory>
#include <optional>
#include <string>

namespace gatehouse {

/// People behind a service of the operator's: each question is a POST of JSON that a secret vouches
/// for. What is not answered as it should be is neither yes nor no.
class HttpUserStore final : public UserStore {
public:
    Status configure(const Config& config, Host& host) override;

    Result<std::optional<User>> findByLogin(const Context& context,
                                            std::string_view login) const override;
    Result<std::optional<User>> findById(const Context& context,
                                         std::string_view id) const override;
    std::string spelling(std::string_view login) const override;
    Result<std::optional<User>> checkPassword(const Context& context, std::string_view login,
                                              const Secret& password) const override;

private:
    struct Question {
        const char* path;
        std::string body;
        const char* by;  ///< which member of the person is `value`
        std::string value;
    };
    struct Told {
        std::optional<User> person;
        seconds fresh{0};
    };

    Result<std::optional<User>> find(const Context& context, const char* by,
                                     const std::string& value) const;
    Result<Told> ask(const Context& context, Bulkhead& bulkhead, const Question& question) const;
    Result<Told> read(const OutgoingAnswer& answer, const Question& question) const;

    Host* host_ = nullptr;
    OutgoingCalls* calls_ = nullptr;
    std::string url_;
    Secret secret_;
    milliseconds timeout_{};
    bool isCaseIgnored_ = false;
    std::unique_ptr<Bulkhead> lookups_;
    std::unique_ptr<Bulkhead> checks_;
    std::unique_ptr<PersonMemory> memory_;
};

}  // namespace gatehouse
