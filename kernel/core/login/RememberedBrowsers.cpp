// SPDX-License-Identifier: Apache-2.0
#include "login/RememberedBrowsers.h"

#include "json/Json.h"
#include "json/Members.h"
#include "page/BrowserCookie.h"
#include "text/Base64Url.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::string_view kind = "remembered_browser";
constexpr std::string_view purpose = "remembered";
constexpr std::size_t page = 100;

}  // namespace

bool RememberedBrowsers::has(const Context& context, const HttpRequest& request,
                             std::string_view sub, std::string_view entry) const {
    const auto ends = find(context, request, sub);
    if (!ends) {
        return false;
    }
    const auto end = ends->find(entry);
    return end != ends->end() && end->second > host_.clock().now();
}

Result<Cookie> RememberedBrowsers::remember(const Context& context, const HttpRequest& request,
                                            const std::string& sub, const Entries& entries,
                                            Batch& batch) const {
    auto ends = find(context, request, sub);
    if (!ends) {
        return ends.error();
    }
    const TimePoint now = host_.clock().now();
    for (const auto& [entry, time] : entries) {
        (*ends)[entry] = now + time;
    }
    const Handle handle = handles_.make();
    Record record;
    record.kind = kind;
    record.key = handle.selector;
    record.links = {{"subject", sub}};
    record.expires = now;
    ValueMap members;
    for (const auto& [entry, end] : *ends) {
        record.expires = std::max(record.expires, end);
        members.set(entry, end.time_since_epoch().count());
    }
    record.payload =
        toJson(ValueMap{{"hash", base64url(handleHash(host_.crypto(), kind, handle.verifier))},
                        {"sub", sub},
                        {"entries", std::move(members)}});
    auto cookie = makeCookie(context.issuer, purpose, handle.text());
    cookie.lifetime = std::chrono::duration_cast<seconds>(record.expires - now);
    batch.puts.push_back(std::move(record));
    return cookie;
}

Status RememberedBrowsers::forgetAll(const Context& context, std::string_view sub) const {
    std::string after;
    do {
        auto some = host_.records().list(context, kind, {"subject", std::string(sub)}, after, page);
        if (!some) {
            return some.error();
        }
        Batch batch;
        for (const auto& record : some->records) {
            batch.erases.push_back({std::string(kind), record.key});
        }
        if (!batch.erases.empty()) {
            if (const auto erased = host_.records().apply(context, std::move(batch)); !erased) {
                return erased.error();
            }
        }
        after = std::move(some->next);
    } while (!after.empty());
    return done();
}

Result<RememberedBrowsers::Ends> RememberedBrowsers::find(const Context& context,
                                                          const HttpRequest& request,
                                                          std::string_view sub) const {
    const auto handle = Handle::parse(readCookie(context.issuer, request, purpose));
    if (!handle) {
        return Ends();
    }
    const auto record = host_.records().find(context, kind, handle->selector);
    if (!record) {
        return record.error();
    }
    const auto payload = *record ? parseJson((*record)->payload) : std::nullopt;
    if (!payload || payload->map() == nullptr || payload->map()->text("sub") != sub ||
        !handleMatches(host_.crypto(), kind, *handle,
                       fromBase64url(payload->map()->text("hash")).value_or(std::string{}))) {
        return Ends();
    }
    Ends ends;
    for (const auto& [entry, end] : objectOf(*payload->map(), "entries")) {
        if (end.integer() != nullptr) {
            ends[entry] = TimePoint{milliseconds{*end.integer()}};
        }
    }
    return ends;
}

}  // namespace gatehouse
