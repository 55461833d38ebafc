// SPDX-License-Identifier: Apache-2.0
#include "AskedRequests.h"

#include <gatehouse/Records.h>

#include "json/Json.h"
#include "text/Base64Url.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::string_view kind = "asked_request";
constexpr const char* link = "subject";
constexpr std::string_view label = "ping";
/// So much longer its client can be told.
constexpr seconds told{600};
/// On one page.
constexpr std::size_t mostListed = 50;

Status status(const Result<Outcome>& outcome) {
    return outcome ? done() : Status(outcome.error());
}

/// Of these, those that can still be decided about.
void addWaiting(const std::vector<Record>& records, TimePoint now,
                std::vector<AskedRequest>& requests) {
    for (const auto& record : records) {
        auto request = AskedRequest::parse(record.key, record.payload);
        if (request && request->until > now) {
            requests.push_back(*std::move(request));
        }
    }
}

}  // namespace

Status AskedRequests::add(const Context& context, const AskedRequest& request) const {
    return put(context, request, true);
}

Status AskedRequests::hide(const Context& context, const AskedRequest& request) const {
    return put(context, request, false);
}

Status AskedRequests::put(const Context& context, const AskedRequest& request,
                          bool isListed) const {
    Record record;
    record.kind = kind;
    record.key = request.reference;
    record.expires = request.until + told;
    record.payload = request.text();
    if (isListed) {
        record.links = {{link, request.sub}};
    }
    Batch batch;
    batch.puts.push_back(std::move(record));
    return status(host_.records().apply(context, std::move(batch)));
}

Result<std::optional<AskedRequest>> AskedRequests::find(const Context& context,
                                                        std::string_view reference) const {
    const auto record = host_.records().find(context, kind, reference);
    if (!record) {
        return record.error();
    }
    return *record ? AskedRequest::parse(reference, (*record)->payload) : std::nullopt;
}

Result<std::vector<AskedRequest>> AskedRequests::of(const Context& context,
                                                    std::string_view sub) const {
    std::vector<AskedRequest> requests;
    std::string next;
    do {
        const auto page =
            host_.records().list(context, kind, {link, std::string(sub)}, next, mostListed);
        if (!page) {
            return page.error();
        }
        addWaiting(page->records, host_.clock().now(), requests);
        next = page->next;
    } while (!next.empty() && requests.size() < mostListed);
    std::sort(requests.begin(), requests.end(),
              [](const AskedRequest& left, const AskedRequest& right) {
                  return left.asked > right.asked;
              });
    return requests;
}

Status AskedRequests::remove(const Context& context, std::string_view reference) const {
    Batch batch;
    batch.erases.push_back({std::string(kind), std::string(reference)});
    return status(host_.records().apply(context, std::move(batch)));
}

std::string AskedRequests::seal(std::string_view reference, const Ping& ping) const {
    const Secret plain(
        toJson(ValueMap{{"id", ping.authReqId.view()}, {"token", ping.token.view()}}));
    return base64url(host_.crypto().seal(label, plain, reference));
}

std::optional<Ping> AskedRequests::open(const AskedRequest& request) const {
    const auto sealed = fromBase64url(request.ping);
    const auto plain = sealed ? host_.crypto().open(label, *sealed, request.reference)
                              : Result<Secret>(Error::internal("no ping"));
    const auto value = plain ? parseJson(plain->view()) : std::nullopt;
    if (!value || value->map() == nullptr) {
        return std::nullopt;
    }
    const auto& members = *value->map();
    return Ping{Secret(members.text("id")), Secret(members.text("token"))};
}

}  // namespace gatehouse
