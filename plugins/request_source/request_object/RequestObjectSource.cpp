// SPDX-License-Identifier: Apache-2.0
#include "RequestObjectSource.h"

#include "ObjectClaims.h"
#include "ObjectRefusal.h"
#include "RequestObjectMembers.h"
#include "jose/JweAlgorithm.h"
#include "json/Members.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

Status RequestObjectSource::configure(const Config& config, Host& host) {
    host_ = &host;
    algorithms_ = config.list("algorithms");
    isByReference_ = config.boolean("by_reference");
    longestLife_ = std::chrono::duration_cast<seconds>(config.duration("longest_life"));
    fetcher_.emplace(host.http().purpose("request_object"), host.clock());
    return done();
}

Status RequestObjectSource::start() {
    reader_.emplace(host_->jose(), host_->one<Clients>(), algorithms_);
    return done();
}

std::vector<std::string_view> RequestObjectSource::parameters() const {
    return isByReference_ ? std::vector<std::string_view>{"request", "request_uri"}
                          : std::vector<std::string_view>{"request"};
}

Result<RequestRead, OAuthError> RequestObjectSource::read(const RequestInHand& request) const {
    const auto text = textOf(request);
    if (!text) {
        return text.error();
    }
    const auto claims = reader_->read(request.context(), request.client(), *text);
    if (!claims) {
        return claims.error();
    }
    const auto now = host_->clock().now();
    auto problem = objectProblem(*claims, request, now, longestLifeOf(request.client()));
    return problem.empty()
               ? Result<RequestRead, OAuthError>(requestOf(*claims, request.client(), now))
               : invalidObject(std::move(problem));
}

seconds RequestObjectSource::longestLifeOf(const Client& client) const {
    const seconds own{numberOf(client.metadata, lifeMember)};
    if (own.count() == 0 || longestLife_.count() == 0) {
        return std::max(own, longestLife_);
    }
    return std::min(own, longestLife_);
}

Result<std::string, OAuthError> RequestObjectSource::textOf(const RequestInHand& request) const {
    const auto& sent = request.parameters();
    if (!sent.has("request")) {
        return fetcher_->fetch(request.context(), request.client(), sent.text("request_uri"));
    }
    return isByReference_ && sent.has("request_uri")
               ? OAuthError::of(OAuthCode::invalidRequest,
                                "Only one of request and request_uri may be sent")
               : Result<std::string, OAuthError>(std::string(sent.text("request")));
}

void RequestObjectSource::describe(const Issuer& /*issuer*/, ValueMap& metadata) const {
    metadata.set("request_object_signing_alg_values_supported", listOfTexts(algorithms_));
    metadata.set(requireMember, false);
    if (isByReference_) {
        metadata.set("require_request_uri_registration", true);
    }
    const auto decryption = host_->jose().decryptionAlgorithms();
    if (!decryption.empty()) {
        metadata.set("request_object_encryption_alg_values_supported",
                     ValueList(decryption.begin(), decryption.end()));
        metadata.set("request_object_encryption_enc_values_supported",
                     ValueList(jweEncryptions().begin(), jweEncryptions().end()));
    }
}

std::optional<OAuthError> RequestObjectSource::objection(const Client& client) const {
    return isTrue(client.metadata, requireMember)
               ? std::optional(OAuthError::of(OAuthCode::invalidRequest,
                                              "This client has to send a signed request object"))
               : std::nullopt;
}

constexpr Field fields[] = {
    {"algorithms", Kind::list, byDefault("RS256,PS256,ES256,EdDSA"),
     "algorithms by which clients may sign; one that is registered for one uses that alone",
     oneOf("RS256|PS256|ES256|EdDSA")},
    {"by_reference", Kind::boolean, byDefault("true"),
     "whether request_uri is taken too, and fetched from the client's registered request_uris"},
    {"longest_life", Kind::duration, byDefault("0s"),
     "most time between nbf and exp, which an object then needs, and since nbf; 0s: it may do "
     "without",
     between(0, INT64_MAX)},
};
constexpr const char* needs[] = {"key_store", "clients"};

}  // namespace gatehouse

GATEHOUSE_DESCRIBE(gatehouse::RequestObjectSource, "request_object", "0.1.0",
                   "Requests that their client has signed", gatehouse::fields, gatehouse::needs)
GATEHOUSE_LIBRARY(gatehouse::RequestObjectSource, gatehouse::RequestObjectMembers)
