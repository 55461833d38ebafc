// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/TokenNote.h>
#include <gatehouse/point/AuthorizationRule.h>

#include "plugin/Watched.h"

#include <string>
#include <vector>

namespace gatehouse {

/// The notes that tokens carry; made once a generation. What a plugin throws or answers amiss is
/// `server_error`. Threads: any.
class TokenNotes {
public:
    using Rules = std::vector<Host::Named<AuthorizationRule>>;
    TokenNotes(Host& host, const Rules& rules);

    bool empty() const noexcept { return rules_.empty(); }

    /// For which tokens; outlives the call.
    struct For {
        const Context& context;
        const Client& client;
        const Subject& subject;
        const Form* parameters;  ///< of a token request; nullptr: they are given otherwise
        const std::vector<std::string>& audience;  ///< empty: no resource was asked for
    };
    struct Carried {
        ValueMap notes;  ///< by instance
        ValueMap members;  ///< that token and answer have of them
    };
    /// What is carried of an authorization's notes.
    Result<Carried, OAuthError> carried(const For& tokens, const ValueMap& notes) const;

private:
    struct Rule {
        Watched<AuthorizationRule> rule;
        const TokenNote* note;
        std::vector<std::string> parameters;

        Result<ValueMap, OAuthError> carried(const NoteInHand& tokens) const;
        Result<Value, OAuthError> told(const ValueMap& carried,
                                       const std::vector<std::string>& audience) const;
        bool isAskedIn(const Form& form) const;
    };

    std::vector<Rule> rules_;
};

}  // namespace gatehouse
