// SPDX-License-Identifier: Apache-2.0
#include "PushedRequests.h"

#include <gatehouse/Records.h>

#include "ParMembers.h"
#include "json/Members.h"
#include "text/Base64Url.h"

#include <chrono>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::string_view kind = "request";
constexpr std::string_view beginning =
    "urn:ietf:params:oauth:request_uri:";  // RFC 9126 section 2.2
constexpr std::string_view parameter = "request_uri=urn:ietf:params:oauth:request_uri:";
constexpr std::size_t randomBytes = 32;

}  // namespace

Status PushedRequests::configure(const Config& config, Host& host) {
    host_ = &host;
    lifetime_ = std::chrono::duration_cast<seconds>(config.duration("expires_in"));
    isRequired_ = config.boolean("required");
    return done();
}

std::vector<std::string_view> PushedRequests::parameters() const {
    return {parameter};
}

Result<RequestRead, OAuthError> PushedRequests::read(const RequestInHand& request) const {
    const auto reference = referenceOf(request.parameters().text("request_uri"));
    auto record = find(request.context(), reference);
    if (!record) {
        return OAuthError::from(record.error());
    }
    if (!*record || !(*record)->isOf(request.client()) ||
        (*record)->until <= host_->clock().now()) {
        return OAuthError::of(OAuthCode::invalidRequestUri,
                              "The request_uri is not one of this client, or has expired");
    }
    return RequestRead{{}, reference, (*record)->until, std::move((*record)->sealed), reference};
}

Result<std::optional<std::string>> PushedRequests::kept(const Context& context,
                                                        std::string_view reference) const {
    auto record = find(context, reference);
    if (!record) {
        return record.error();
    }
    return *record ? std::optional(std::move((*record)->sealed)) : std::nullopt;
}

Result<std::string> PushedRequests::keep(const Context& context, const Client& client,
                                         const CheckedRequest& request) const {
    auto uri = std::string(beginning) + base64url(host_->random().bytes(randomBytes));
    PushedRecord pushed{client.id, client.registration, host_->clock().now() + lifetime_,
                        request.sealed};
    Record record;
    record.kind = kind;
    record.key = referenceOf(uri);
    record.expires = pushed.until + request.pages;
    record.payload = pushed.text();
    Batch batch;
    batch.puts.push_back(std::move(record));
    const auto outcome = host_->records().apply(context, std::move(batch));
    return outcome ? Result<std::string>(std::move(uri)) : outcome.error();
}

std::optional<OAuthError> PushedRequests::objection(const Client& client) const {
    return isRequired_ || isTrue(client.metadata, requireMember)
               ? std::optional(
                     OAuthError::of(OAuthCode::invalidRequest, "The request has to be pushed"))
               : std::nullopt;
}

std::string PushedRequests::referenceOf(std::string_view uri) const {
    return base64url(host_->crypto().mac("request_uri", uri));
}

Result<std::optional<PushedRecord>> PushedRequests::find(const Context& context,
                                                         std::string_view reference) const {
    const auto record = host_->records().find(context, kind, reference);
    if (!record) {
        return record.error();
    }
    return *record ? PushedRecord::parse((*record)->payload) : std::nullopt;
}

constexpr Field fields[] = {
    {"expires_in", Kind::duration, byDefault("60s"),
     "for how long a browser can bring what was pushed; a login that it began goes on",
     between(5'000, 600'000)},
    {"required", Kind::boolean, byDefault("false"),
     "whether all clients have to push their requests, not only those that are registered so"},
};

}  // namespace gatehouse

GATEHOUSE_DESCRIBE(gatehouse::PushedRequests, "par", "0.1.0", "Requests that clients pushed",
                   gatehouse::fields)
