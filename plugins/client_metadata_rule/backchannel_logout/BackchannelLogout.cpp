// SPDX-License-Identifier: Apache-2.0
#include "BackchannelLogout.h"

#include <gatehouse/facade/Clients.h>
#include <gatehouse/facade/People.h>

#include "json/Json.h"
#include "json/MemberChoice.h"
#include "text/FormText.h"
#include "text/SiteAddress.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::string_view uriMember = "backchannel_logout_uri";
constexpr std::string_view sessionMember = "backchannel_logout_session_required";
constexpr const char* handler = "tell";
constexpr std::size_t mostAnswer = 65'536;
/// Sites that hang hold workers that others wait for.
constexpr seconds longestCall{3};

Error wrong(std::string_view member, std::string_view why) {
    return Error::badInput(std::string(member).append(": ").append(why));
}

Subject subjectOf(const ValueMap& payload) {
    return {std::string(payload.text("sub")), std::string(payload.text("store")),
            std::string(payload.text("id"))};
}

/// One for each site, so that none waits for another.
std::string queueOf(const Context& context, const Client& client) {
    constexpr std::size_t longest = 256;
    return (std::to_string(context.issuer.id) + " " + client.id).substr(0, longest);
}

}  // namespace

Status BackchannelLogout::configure(const Config& /*config*/, Host& host) {
    host_ = &host;
    calls_ = &host.http().purpose("backchannel_logout");
    const auto counter = [&host](const char* outcome) {
        return &host.metrics().counter("gatehouse_backchannel_logouts_total",
                                       "Sites told by a call that a session has ended",
                                       {{"outcome", outcome}});
    };
    told_ = counter("told");
    refused_ = counter("refused");
    return done();
}

Status BackchannelLogout::start() {
    host_->jobs().handle(
        handler, [this](const Context& context, const DueJob& job) { return tell(context, job); });
    return done();
}

std::vector<std::string_view> BackchannelLogout::members() const {
    return {uriMember, sessionMember};
}

Status BackchannelLogout::admit(const Context& /*context*/, const ValueMap& metadata) const {
    if (isThere(metadata, uriMember) && !isSiteAddress(metadata.text(uriMember))) {
        return wrong(uriMember, notASiteAddress);
    }
    return isFlag(metadata, sessionMember) ? done() : wrong(sessionMember, notAFlag);
}

void BackchannelLogout::describe(const Issuer& /*issuer*/, ValueMap& metadata) const {
    metadata.set("backchannel_logout_supported", true);
    metadata.set("backchannel_logout_session_supported", true);
}

std::vector<NewJob> BackchannelLogout::jobs(const Context& context,
                                            const EndedSession& session) const {
    if (session.client.metadata.text(uriMember).empty()) {
        return {};
    }
    const ValueMap payload{{"client", session.client.id},
                           {"sub", session.subject.sub},
                           {"store", session.subject.store},
                           {"id", session.subject.id},
                           {"sid", session.sid}};
    return {{handler, queueOf(context, session.client), toJson(payload), milliseconds{0}}};
}

/// Whom it would be told is looked up when it is: a site that is gone, or does not want to hear any
/// more, has nothing to be told.
Status BackchannelLogout::tell(const Context& context, const DueJob& job) const {
    const auto payload = parseJson(job.payload);
    if (context.issuer.url.empty() || !payload || payload->map() == nullptr) {
        return Error::badInput("its issuer is gone, or it is no job of ours");
    }
    const auto client = host_->one<Clients>().find(context, payload->map()->text("client"));
    if (!client) {
        return client.error();
    }
    if (*client == nullptr || (*client)->metadata.text(uriMember).empty()) {
        return done();
    }
    auto token = logoutToken(context, job, **client);
    return token ? send(context, **client, *std::move(token)) : Status(token.error());
}

/// Section 2.4. Made anew for each try, as it lives for two minutes.
Result<std::string> BackchannelLogout::logoutToken(const Context& context, const DueJob& job,
                                                   const Client& client) const {
    constexpr std::int64_t life = 120;
    const auto payload = parseJson(job.payload);
    const auto sub = host_->one<People>().subFor(context, client, subjectOf(*payload->map()));
    if (!sub) {
        return sub.error();
    }
    const auto now = toSeconds(host_->clock().now());
    const auto wished = client.metadata.text("id_token_signed_response_alg");
    const ValueMap claims{
        {"iss", context.issuer.url},
        {"sub", *sub},
        {"aud", client.id},
        {"iat", now},
        {"exp", now + life},
        {"jti", job.id + "." + std::to_string(job.tries)},
        {"sid", payload->map()->text("sid")},
        {"events", ValueMap{{"http://schemas.openid.net/event/backchannel-logout", ValueMap()}}}};
    return host_->jose().sign(context, wished.empty() ? "RS256" : wished, "logout+jwt",
                              toJson(claims));
}

Status BackchannelLogout::send(const Context& context, const Client& client,
                               std::string token) const {
    OutgoingRequest request;
    request.method = "POST";
    request.url = client.metadata.text(uriMember);
    request.body = writeForm({{"logout_token", std::move(token)}});
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
    request.mostBytes = mostAnswer;
    Context patient = context;
    patient.deadline = std::min(context.deadline, host_->clock().steady() + longestCall);
    const auto answer = calls_->send(patient, request);
    return answer
               ? judge(context, client, answer->status)
               : Status(Error::unavailable("client " + client.id + ": " + answer.error().detail));
}

/// Section 2.8: 200, for which some frameworks say 204. 400 is the site's own word that it will
/// not: the same again would be refused again.
Status BackchannelLogout::judge(const Context& context, const Client& client, int status) const {
    constexpr int good = 200;
    constexpr int empty = 204;
    constexpr int badRequest = 400;
    if (status == good || status == empty) {
        told_->add();
        return done();
    }
    const auto what = "client " + client.id + " answered " + std::to_string(status);
    if (status != badRequest) {
        return Error::unavailable(what);
    }
    refused_->add();
    Event event;
    event.type = "logout.refused";
    event.clientId = client.id;
    host_->events().publish(context, std::move(event));
    return Error::notAllowed(what);
}

constexpr const char* needs[] = {"clients", "people", "key_store", "storage"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::BackchannelLogout, "backchannel_logout", "0.1.0",
                 "Sites are told by a call that a session has ended", gatehouse::needs)
