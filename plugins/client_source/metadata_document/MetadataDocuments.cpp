// SPDX-License-Identifier: Apache-2.0
#include "MetadataDocuments.h"

#include "ClientDocument.h"
#include "DocumentUrl.h"
#include "text/HostPattern.h"
#include "text/Lower.h"
#include "text/MaxAge.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

using Texts = std::vector<std::string>;

constexpr seconds longestLife{86'400};
/// Of a document whose server says nothing of it.
constexpr seconds usualLife{3600};

OutgoingRequest requestFor(std::string_view url) {
    OutgoingRequest request;
    request.url = url;
    // What is remembered, the kernel remembers.
    request.headers = {{"Accept", "application/json"}, {"Cache-Control", "no-cache"}};
    request.mostBytes = longestDocument;
    return request;
}

bool isJson(std::string_view contentType) {
    constexpr std::string_view application = "application/";
    constexpr std::string_view suffix = "+json";
    auto type = lowered(contentType.substr(0, contentType.find(';')));
    type.erase(type.find_last_not_of(" \t") + 1);
    return type == "application/json" ||
           (type.compare(0, application.size(), application) == 0 &&
            type.size() > application.size() + suffix.size() &&
            type.compare(type.size() - suffix.size(), suffix.size(), suffix) == 0);
}

Status checkAnswer(const OutgoingAnswer& answer) {
    constexpr int serverError = 500;
    const auto said = "its server answers " + std::to_string(answer.status);
    if (answer.status != 200) {  // a redirect is one to somebody else
        return answer.status < serverError ? Error::badInput(said) : Error::unavailable(said);
    }
    const auto type = answer.header("content-type");
    return isJson(type) ? done()
                        : Error::badInput("its content type is \"" +
                                          std::string(type.substr(0, 64)) + "\", and not JSON");
}

Error unsaid(Error error) {
    error.fault = error.fault == Fault::notAllowed || error.fault == Fault::badInput
                      ? Fault::badInput
                      : Fault::unavailable;
    return error;
}

Status checkPatterns(const Texts& patterns, std::string_view setting) {
    const auto wrong = std::find_if_not(patterns.begin(), patterns.end(), isHostPattern);
    return wrong == patterns.end()
               ? done()
               : Error::badInput(std::string(setting) + ": \"" + *wrong +
                                 "\" is no host; write shop.example, or *.shop.example for all "
                                 "below it");
}

}  // namespace

Status MetadataDocuments::configure(const Config& config, Host& host) {
    calls_ = &host.http().purpose("client_document");
    turns_.emplace(host.clock(), SiteTurns::Most{mostAtOnce});
    allowedHosts_ = config.list("allowed_hosts");
    deniedHosts_ = config.list("denied_hosts");
    scopes_ = config.list("scopes");
    refetchAfter_ = std::chrono::duration_cast<seconds>(config.duration("refetch_after"));
    keepFor_ = std::chrono::duration_cast<seconds>(config.duration("keep_for"));
    const auto allowed = checkPatterns(allowedHosts_, "allowed_hosts");
    return allowed ? checkPatterns(deniedHosts_, "denied_hosts") : allowed;
}

bool MetadataDocuments::isFor(std::string_view clientId) const {
    if (!isDocumentUrl(clientId)) {
        return false;
    }
    const auto host = hostOfDocument(clientId);
    return (allowedHosts_.empty() || isHostOf(host, allowedHosts_)) &&
           !isHostOf(host, deniedHosts_);
}

Result<ClientDescription> MetadataDocuments::describe(const Context& context,
                                                      std::string_view clientId) const {
    const SiteTurns::Turn turn(*turns_, clientId);
    if (!turn.isOurs()) {
        return Error::unavailable(
            "too many documents are fetched at once, or their site was slow of late");
    }
    const auto answer = calls_->send(turn.hurried(context), requestFor(clientId));
    if (!answer) {
        return unsaid(answer.error());
    }
    if (const auto checked = checkAnswer(*answer); !checked) {
        return checked.error();
    }
    auto metadata = readClientDocument(answer->body, clientId, scopes_);
    if (!metadata) {
        return metadata.error();
    }
    const auto said = maxAgeOf(answer->header("cache-control")).value_or(usualLife);
    const auto fresh = std::clamp(said, refetchAfter_, longestLife);
    return ClientDescription{*std::move(metadata), fresh, fresh + keepFor_};
}

void MetadataDocuments::describe(const Issuer& /*issuer*/, ValueMap& metadata) const {
    metadata.set("client_id_metadata_document_supported", true);
}

constexpr Field fields[] = {
    {"allowed_hosts", Kind::list, optional,
     "hosts of their addresses, *.example.com for all below one; any when not set"},
    {"denied_hosts", Kind::list, optional,
     "hosts whose clients are not served, whatever is allowed"},
    {"scopes", Kind::list, byDefault("openid,profile,email,address,phone,offline_access"),
     "what such clients may ask for at most"},
    {"refetch_after", Kind::duration, byDefault("5m"),
     "least time between two fetches of one client's document, whatever its site says",
     between(1'000, 86'400'000)},
    {"keep_for", Kind::duration, byDefault("1d"),
     "how long a document is good beyond its time while its site has no good one",
     between(0, 30LL * 86'400'000)},
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::MetadataDocuments, "metadata_document", "0.1.0",
                 "Clients whose id is the address of a document about them", gatehouse::fields)
