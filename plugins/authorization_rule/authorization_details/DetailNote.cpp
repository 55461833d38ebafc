// SPDX-License-Identifier: Apache-2.0
#include "DetailNote.h"

#include "DetailReader.h"
#include "Items.h"
#include "json/Json.h"
#include "json/Members.h"
#include "text/Contains.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

constexpr const char* member = "details";

}  // namespace

Details detailsOf(const ValueMap& note) {
    Details details;
    const Value* list = note.find(member);
    if (list != nullptr && list->list() != nullptr) {
        for (const auto& item : *list->list()) {
            details.push_back(membersOf(item));
        }
    }
    return details;
}

ValueMap noteOf(Details details) {
    ValueList list;
    for (auto& detail : details) {
        list.emplace_back(std::move(detail));
    }
    return list.empty() ? ValueMap() : ValueMap{{member, std::move(list)}};
}

Result<ValueMap, OAuthError> shortNoteOf(Details details) {
    auto note = noteOf(std::move(details));
    const auto size = toJson(note).size();
    return size <= longestNote ? Result<ValueMap, OAuthError>(std::move(note))
                               : invalidDetails("The authorization_details are too long",
                                                std::to_string(size) + " bytes, of at most " +
                                                    std::to_string(longestNote));
}

bool isFor(const ValueMap& detail, const std::vector<std::string>& resources) {
    const auto locations = textsOf(detail.find("locations"));
    return locations.empty() || resources.empty() ||
           std::any_of(locations.begin(), locations.end(),
                       [&](const auto& location) { return contains(resources, location); });
}

}  // namespace gatehouse
