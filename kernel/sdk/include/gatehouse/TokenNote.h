// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>
#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Result.h>
#include <gatehouse/Token.h>
#include <gatehouse/Value.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// A note on its way into tokens. Implemented by the kernel; grows at its end.
class NoteInHand {
public:
    virtual ~NoteInHand() = default;
    virtual const Context& context() const noexcept = 0;
    virtual const Client& client() const noexcept = 0;
    /// Whom the tokens speak of.
    virtual const Subject& subject() const noexcept = 0;
    /// What the authorization keeps of the rule; empty: nothing.
    virtual const ValueMap& note() const noexcept = 0;
    /// All parameters of the token request; any bytes may come, and names may stand twice. Empty
    /// where tokens are given otherwise.
    virtual const Form& parameters() const noexcept = 0;
};

/// What an authorization_rule has whose notes say what tokens are good for.
class TokenNote {
public:
    static constexpr Capability capability{"authorization_rule.token_note", 1};

    virtual ~TokenNote() = default;
    /// The member that token answers and access tokens have of it; static storage. One that they
    /// have by themselves, or that another plugin tells, is an error at start.
    virtual std::string_view member() const = 0;
    /// What these tokens are to carry: the note, or less where the request asks for less. Asked
    /// when there is a note or one of the rule's parameters comes with the token request. The
    /// authorization keeps its note, from which the next tokens are made.
    virtual Result<ValueMap, OAuthError> carried(const NoteInHand&) const = 0;
    /// The member's value, of a note that carried() gave; null: none. `audience`: the resources
    /// that the token is for; empty: none was asked for.
    virtual Value told(const ValueMap& note, const std::vector<std::string>& audience) const = 0;
};

}  // namespace gatehouse
