// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/ConsentNote.h>
#include <gatehouse/Host.h>
#include <gatehouse/Result.h>
#include <gatehouse/point/AuthorizationRule.h>

#include "plugin/Watched.h"

#include <string_view>
#include <vector>

namespace gatehouse {

/// The notes that people have to allow; made once a generation. What a plugin throws or answers
/// amiss is Fault::internal. Notes are by instance. Threads: any.
class ConsentNotes {
public:
    using Rules = std::vector<Host::Named<AuthorizationRule>>;
    explicit ConsentNotes(Host& host, const Rules& rules = {});

    /// What the consent page shows of the notes.
    Result<ValueList> shown(const ValueMap& notes, std::string_view language) const;
    /// What an audit event says of them; of each rule, by its name.
    ValueMap kinds(const ValueMap& notes) const;
    /// Whether all of them that have to be allowed were; `kept` by kept().
    Result<bool> areCovered(const ValueMap& kept, const ValueMap& notes) const;
    /// What is remembered beside `before`, now that the notes are allowed.
    Result<ValueMap> kept(ValueMap before, const ValueMap& notes) const;

private:
    struct Rule {
        Watched<AuthorizationRule> rule;
        const ConsentNote* note;
    };

    std::vector<Rule> rules_;
};

}  // namespace gatehouse
