// SPDX-License-Identifier: Apache-2.0
#include "SectorDocument.h"

#include "Sector.h"
#include "json/Json.h"
#include "json/Members.h"
#include "text/Contains.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::size_t longestDocument = std::size_t{64} * 1024;

Error wrong(std::string_view why) {
    return Error::badInput(std::string(sectorMember).append(": ").append(why));
}

}  // namespace

Result<ValueList> readSectorDocument(std::string_view text) {
    auto json = text.size() <= longestDocument ? parseJson(text) : std::nullopt;
    const bool isList = json && json->list() != nullptr &&
                        std::all_of(json->list()->begin(), json->list()->end(),
                                    [](const Value& entry) { return entry.text() != nullptr; });
    return isList ? Result<ValueList>(std::move(*json->list()))
                  : Error::badInput("it is no JSON array of texts");
}

Status SectorDocument::check(const Context& context, const ValueMap& metadata) const {
    const std::string uri(metadata.text(sectorMember));
    if (uri.empty()) {
        return done();
    }
    const SiteTurns::Turn turn(turns_, uri);
    if (!turn.isOurs()) {
        return Error::unavailable(
            "too many sector documents are fetched at once, or its site was slow of late");
    }
    const auto listed = fetch(turn.hurried(context), uri);
    if (!listed) {  // who asks may learn nothing of what is there
        log_.write(context, Level::info, "no sector document: " + listed.error().detail,
                   {{"url", uri}});
        return wrong("no JSON array of texts can be had there");
    }
    const auto uris = textsOf(metadata.find("redirect_uris"));
    const bool hasAll = std::all_of(uris.begin(), uris.end(), [&](const auto& redirect) {
        return contains(*listed, Value(redirect));
    });
    return hasAll ? done() : wrong("what lies there does not name all redirect_uris");
}

Result<ValueList> SectorDocument::fetch(const Context& context, const std::string& uri) const {
    OutgoingRequest request;
    request.url = uri;
    request.headers = {{"Accept", "application/json"}, {"Cache-Control", "no-cache"}};
    request.mostBytes = longestDocument;
    const auto answer = calls_.send(context, request);
    if (!answer) {
        return answer.error();
    }
    return answer->status == 200
               ? readSectorDocument(answer->body)
               : Error::unknown("its server answers " + std::to_string(answer->status));
}

}  // namespace gatehouse
