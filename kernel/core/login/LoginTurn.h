// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/point/LoginStep.h>

#include "authorization/AuthorizationRequest.h"
#include "login/InteractionBook.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// One question or answer: whose request, from where, and how far it is.
struct LoginTurn {
    const Context& context;
    const HttpRequest& http;
    const AuthorizationRequest& request;
    Interaction& interaction;  ///< changed; the caller saves it
    std::string_view language = {};
};

/// What came of it. At most one of these, but for a message.
struct LoginOutcome {
    std::optional<FoundUser> person;  ///< who it is, once every question is answered
    std::optional<Page> page;  ///< shows the question
    /// Beside the page: steps to choose instead, as long as the plan.
    std::vector<const Host::Named<LoginStep>*> otherWays;
    bool mayWait = false;  ///< beside the page: it can be left for later
    seconds remember{0};  ///< beside the page: for how long it need not be asked here again
    std::string message;  ///< key of the text to show with the question that comes next, or of the
                          ///< page that says to wait
    std::string location;  ///< a URL elsewhere; the kernel's `state` is to be added
    seconds wait{0};  ///< not looked at, or not taken: there were too many
    bool isBusy = false;  ///< too many answers at once: not looked at
    bool isStuck = false;  ///< something has to be asked that this person has no answer to
};

}  // namespace gatehouse
