// SPDX-License-Identifier: Apache-2.0
#include "Notifier.h"

#include "CibaMembers.h"
#include "json/JsonWriter.h"

#include <algorithm>
#include <string>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::size_t mostAnswer = 65'536;
/// Clients that hang hold workers that others wait for.
constexpr seconds longestCall{3};
constexpr int good = 200;
constexpr int firstRedirect = 300;
constexpr int firstAway = 500;

Counter& counter(Host& host, const char* outcome) {
    return host.metrics().counter("gatehouse_ciba_pings_total",
                                  "Clients told by a call that a request was decided about",
                                  {{"outcome", outcome}});
}

}  // namespace

Notifier::Notifier(Host& host)
    : host_(host), calls_(host.http().purpose("ciba_ping")), told_(counter(host, "told")),
      refused_(counter(host, "refused")) {}

Status Notifier::send(const Context& context, const Client& client, const Ping& ping) const {
    JsonWriter body;
    body.text("auth_req_id", ping.authReqId.view());
    OutgoingRequest request;
    request.method = "POST";
    request.url = client.metadata.text(endpointMember);
    request.headers = {{"Content-Type", "application/json"},
                       {"Authorization", std::string("Bearer ").append(ping.token.view())}};
    request.body = body.finish();
    request.mostBytes = mostAnswer;
    Context patient = context;
    patient.deadline = std::min(context.deadline, host_.clock().steady() + longestCall);
    const auto answer = calls_.send(patient, request);
    return answer
               ? judge(context, client, answer->status)
               : Status(Error::unavailable("client " + client.id + ": " + answer.error().detail));
}

/// It can ask at the token endpoint in any case, so nobody insists.
Status Notifier::judge(const Context& context, const Client& client, int status) const {
    if (status >= good && status < firstRedirect) {
        told_.add();
        return done();
    }
    const auto what = "client " + client.id + " answered " + std::to_string(status);
    if (status >= firstAway) {
        return Error::unavailable(what);
    }
    refused_.add();
    host_.log().write(context, Level::info, "ping refused: " + what);
    return done();
}

}  // namespace gatehouse
