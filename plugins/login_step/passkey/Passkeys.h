// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Records.h>
#include <gatehouse/Result.h>
#include <gatehouse/point/LoginStep.h>

#include "AuthenticatorData.h"
#include "Ceremony.h"
#include "Passkey.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// The passkeys of people, sealed; found by credential and by person. Threads: any.
class Passkeys {
public:
    static constexpr std::size_t mostOfOne = 20;

    explicit Passkeys(Host& host) : host_(host) {}

    /// By the id of its credential; nullopt: nobody has it.
    Result<std::optional<Passkey>> find(const Context& context,
                                        std::string_view credentialId) const;
    Result<std::vector<Passkey>> of(const Context& context, const FoundUser& person) const;
    /// False: somebody has this credential already.
    Result<bool> add(const Context& context, const Passkey& passkey) const;
    /// Notes a login. False: it is gone, or its count has not gone on since the last one, so that
    /// there may be a copy of it (WebAuthn section 6.1.1).
    Result<bool> use(const Context& context, std::string_view credentialId,
                     const AuthenticatorData& data) const;
    /// By idOf(). False: this person has none of this id.
    Result<bool> remove(const Context& context, const FoundUser& person, std::string_view id) const;
    /// False: it was answered before, here or on another node.
    Result<bool> useUp(const Context& context, const Challenge& challenge) const;

    /// What people and commands name it by.
    std::string idOf(std::string_view credentialId) const;
    /// What authenticators know a person by: nothing that anybody else knows.
    Result<std::string> handleOf(const Context& context, const FoundUser& person) const;

private:
    Result<std::optional<bool>> tryToUse(const Context& context, std::string_view id,
                                         const AuthenticatorData& data) const;
    Result<Passkey> opened(const Record& record) const;
    Result<Record> recordOf(const Context& context, const Passkey& passkey) const;

    Host& host_;
};

}  // namespace gatehouse
