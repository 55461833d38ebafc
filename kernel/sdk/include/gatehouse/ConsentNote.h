// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>
#include <gatehouse/Value.h>

#include <string_view>

namespace gatehouse {

/// What an authorization_rule has whose notes a person has to allow, beside the scopes. With an
/// exception the person cannot go on.
class ConsentNote {
public:
    static constexpr Capability capability{"authorization_rule.consent_note", 1};

    virtual ~ConsentNote() = default;
    /// What the consent page shows of a note, all of it, in this language ("de"), each part an
    /// object: `title`, a text; `sentence`, a list whose members are {"words": ...} or
    /// {"value": ...}, where a value is what the client sent; `rows`, a list of {"name": ...,
    /// "value": ...}. Texts are escaped by the page.
    virtual ValueList shown(const ValueMap& note, std::string_view language) const = 0;
    /// Did the person allow all of this note before? `kept` is what kept() gave; empty: nothing.
    virtual bool isCovered(const ValueMap& kept, const ValueMap& note) const = 0;
    /// What is remembered when a person has allowed `note`, `before` included, in 4096 bytes of
    /// JSON. Empty: nothing.
    virtual ValueMap kept(const ValueMap& before, const ValueMap& note) const = 0;
    /// What an audit event says of it: texts, the kinds of things that it is about and not what is
    /// asked of them.
    virtual ValueList kinds(const ValueMap& /*note*/) const { return {}; }
};

}  // namespace gatehouse
