// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Http.h>
#include <gatehouse/Value.h>

#include "authorization/AnsweredRequests.h"
#include "token/OpenPromise.h"

#include <optional>
#include <string>

namespace gatehouse {

/// Where a request is kept, so that pages need not carry it.
struct KeptRequest {
    std::string source;  ///< instance of the request_source; empty: nowhere
    std::string reference;  ///< RequestRead::reference, or Promised::reference
    bool isPromised = false;
    bool isOwn = false;  ///< here, and a page of the server's own asks: LoginFlow::signIn() alone

    bool isHere() const noexcept { return source.empty() && !isPromised; }
};

/// An authorization request, wherever its parameters came from.
struct FoundRequest {
    Form form;  ///< what it stands for
    /// What plugins' rules noted when it was checked; nullopt: they have not been asked.
    std::optional<ValueMap> notes = {};
    GoodOnce once = {};
    KeptRequest kept = {};
    std::optional<OpenPromise> promise = {};  ///< of one that is promised
};

}  // namespace gatehouse
