// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Http.h>

#include "authorization/AuthorizationRequest.h"

namespace gatehouse {

class ClaimsPolicy;
class ClientDirectory;

/// Reads and checks authorization requests, in the order that keeps answers safe: first the client
/// and its redirect URI, without which nothing is sent anywhere, then the rest. Parameters nobody
/// knows are ignored. Threads: any.
class AuthorizationRequestReader {
public:
    /// `givesCodes`: there is a grant that redeems them.
    AuthorizationRequestReader(ClientDirectory& clients, Jose& jose, const ClaimsPolicy& claims,
                               bool givesCodes)
        : clients_(clients), jose_(jose), claims_(claims), givesCodes_(givesCodes) {}

    Result<AuthorizationRequest, Refusal> read(const Context& context, const Form& form) const;

private:
    ClientDirectory& clients_;
    Jose& jose_;
    const ClaimsPolicy& claims_;
    bool givesCodes_;
};

}  // namespace gatehouse
