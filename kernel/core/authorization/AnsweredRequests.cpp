// SPDX-License-Identifier: Apache-2.0
#include "authorization/AnsweredRequests.h"

#include <gatehouse/Records.h>

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

constexpr const char* kind = "answered_request";

}  // namespace

Result<std::optional<std::string>> AnsweredRequests::find(const Context& context,
                                                          const GoodOnce& request) const {
    auto mark = host_.records().find(context, kind, request.name);
    if (!mark) {
        return mark.error();
    }
    return *mark ? std::optional(std::move((*mark)->payload)) : std::nullopt;
}

void AnsweredRequests::add(const GoodOnce& request, std::string_view by, bool isFirst,
                           Batch& batch) const {
    if (isFirst) {
        batch.expects.push_back({kind, request.name, Expect::State::absent});
    }
    Record mark;
    mark.kind = kind;
    mark.key = request.name;
    mark.expires = std::max(request.until, host_.clock().now() + pagesLifetime_);
    mark.payload = by;
    batch.puts.push_back(std::move(mark));
}

}  // namespace gatehouse
