// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/point/AnswerMember.h>

#include "plugin/Watched.h"

#include <string_view>
#include <vector>

namespace gatehouse {

/// What plugins add to answers of the authorization endpoint; made once a generation. An answer
/// goes without what one throws or does amiss. Threads: any.
class AnswerMembers {
public:
    AnswerMembers(Host& host, const std::vector<Host::Named<AnswerMember>>& plugins);

    /// Then nobody is asked.
    bool empty() const noexcept { return plugins_.empty(); }
    std::vector<Form::Field> parameters(const AnswerInHand& answer, std::string_view sid) const;
    std::vector<Cookie> cookies(const Context& context, std::string_view sid) const;

private:
    template <class T, class Ask>
    std::vector<T> ofAll(const Context& context, const Ask& ask) const;

    Log& log_;
    std::vector<Watched<AnswerMember>> plugins_;
};

}  // namespace gatehouse
