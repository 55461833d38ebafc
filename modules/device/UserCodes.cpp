// SPDX-License-Identifier: Apache-2.0
#include "UserCodes.h"

#include <gatehouse/Records.h>

#include "UserCode.h"
#include "text/Base64Url.h"

#include <utility>

namespace gatehouse {

namespace {

constexpr std::string_view kind = "user_code";
constexpr int mostTries = 5;

}  // namespace

Result<std::string> UserCodes::add(const Context& context, const std::string& reference,
                                   TimePoint until) const {
    for (int tries = 0; tries < mostTries; ++tries) {
        const auto code = newUserCode(host_.random());
        Record record;
        record.kind = kind;
        record.key = hashOf(code);
        record.expires = until;
        record.payload = reference;
        Batch batch;
        batch.expects.push_back({record.kind, record.key, Expect::State::absent, 0});
        batch.puts.push_back(std::move(record));
        const auto outcome = host_.records().apply(context, std::move(batch));
        if (!outcome) {
            return outcome.error();
        }
        if (outcome->applied()) {
            return shownUserCode(code);
        }
    }
    return Error::unavailable("every new user code is taken");
}

Result<std::optional<std::string>> UserCodes::find(const Context& context,
                                                   std::string_view code) const {
    const auto record = host_.records().find(context, kind, hashOf(code));
    if (!record) {
        return record.error();
    }
    return *record ? std::optional((*record)->payload) : std::nullopt;
}

std::string UserCodes::hashOf(std::string_view code) const {
    return base64url(host_.crypto().mac("user_code", code));
}

}  // namespace gatehouse
