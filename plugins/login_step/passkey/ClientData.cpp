// SPDX-License-Identifier: Apache-2.0
#include "ClientData.h"

#include "crypto/Digest.h"
#include "json/Json.h"
#include "json/Members.h"

namespace gatehouse {

std::string clientDataProblem(std::string_view json, const Asked& asked) {
    const auto read = parseJson(json);
    if (!read || read->map() == nullptr) {
        return "client data is no JSON object";
    }
    const auto& data = *read->map();
    if (data.text("type") != asked.type) {
        return "client data is of another type";
    }
    if (!constantTimeEqual(data.text("challenge"), asked.challenge)) {
        return "another challenge";
    }
    if (data.text("origin") != asked.origin) {
        return "another origin";
    }
    const Value* crossOrigin = data.find("crossOrigin");
    const bool isOwnPage = crossOrigin == nullptr || *crossOrigin == Value(false);
    return isOwnPage && !data.contains("topOrigin") ? "" : "in a frame of another site";
}

}  // namespace gatehouse
