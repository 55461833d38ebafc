// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Result.h>
#include <gatehouse/facade/Clients.h>
#include <gatehouse/point/ResponseMode.h>

#include <string>

namespace gatehouse {

/// Makes the JWT that an answer of the authorization endpoint is (JARM section 2.1): signed as its
/// client is registered, and encrypted where it is registered so. Any thread; may wait a moment for
/// keys that have to be fetched.
class ResponseJwt {
public:
    explicit ResponseJwt(Host& host) : host_(host), clients_(host.one<Clients>()) {}

    Result<std::string> make(const AnswerInHand& answer) const;

private:
    std::string claimsOf(const AnswerInHand& answer) const;
    Result<std::string> encrypted(const AnswerInHand& answer, const std::string& jwt) const;

    Host& host_;
    const Clients& clients_;
};

}  // namespace gatehouse
