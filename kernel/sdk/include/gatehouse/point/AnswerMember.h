// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Http.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/Result.h>
#include <gatehouse/point/ResponseMode.h>

#include <string_view>
#include <vector>

namespace gatehouse {

/// Adds parameters to answers of the authorization endpoint, and cookies to what a browser has when
/// its sign-on session becomes another one.
class AnswerMember : public Plugin {
public:
    static constexpr Point point{"answer_member", 1, Cardinality::many};
    /// For this answer, a code or an error, to a browser with the session of this `sid`; empty:
    /// nobody is signed in there; of several people, all of theirs with blanks between. None that
    /// the answer has already. With an error it goes without.
    virtual Result<std::vector<Form::Field>> parameters(const AnswerInHand& answer,
                                                        std::string_view sid) const = 0;
    /// For a browser that is told an answer, or that was signed out: then `sid` is empty. They are
    /// Web::cookie()s.
    virtual Result<std::vector<Cookie>> cookies(const Context&, std::string_view sid) const = 0;
};

}  // namespace gatehouse
