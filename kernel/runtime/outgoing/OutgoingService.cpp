// SPDX-License-Identifier: Apache-2.0
#include "outgoing/OutgoingService.h"

#include "http/HttpGrammar.h"
#include "text/Thrown.h"

#include <Poco/Exception.h>

#include <algorithm>
#include <array>
#include <utility>

namespace gatehouse {
namespace {

constexpr std::size_t mostAnswerBytes = 16'777'216;
constexpr int notModified = 304;

template <std::size_t N>
bool isOneOf(std::string_view text, const std::array<std::string_view, N>& names) {
    return std::any_of(names.begin(), names.end(),
                       [&](std::string_view name) { return equalsIgnoringCase(text, name); });
}

/// What would change how the request is framed, or for whom it is, cannot be smuggled in.
Status checkRequest(const OutgoingRequest& request) {
    constexpr std::array<std::string_view, 5> methods{"get", "post", "put", "patch", "delete"};
    constexpr std::array<std::string_view, 9> ours{
        "host", "content-length", "transfer-encoding", "connection", "upgrade", "expect",
        "te",   "trailer",        "keep-alive"};
    const auto& method = request.method;
    const bool isUpper =
        std::all_of(method.begin(), method.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!isUpper || !isOneOf(method, methods)) {
        return Error::badInput("a method that is not GET, POST, PUT, PATCH or DELETE");
    }
    for (const auto& field : request.headers) {
        if (!isToken(field.name) || !isFieldValue(field.value) || isOneOf(field.name, ours)) {
            return Error::badInput("a header that cannot be sent: " + field.name);
        }
    }
    if (request.mostBytes > mostAnswerBytes) {
        return Error::badInput("an answer may have 16 MiB at most");
    }
    return done();
}

/// What a server says that is not well itself (RFC 9110 section 15.6).
bool isFailure(const OutgoingAnswer& answer) {
    constexpr int badGateway = 502;
    constexpr int gatewayTimeout = 504;
    return answer.status >= badGateway && answer.status <= gatewayTimeout;
}

std::string failureOf(const Result<OutgoingAnswer>& outcome) {
    if (outcome) {
        return isFailure(*outcome) ? "it answers " + std::to_string(outcome->status) : "";
    }
    return outcome.error().isTemporary() ? outcome.error().detail : "";
}

Error silent(const OutgoingUrl& url, const std::string& why) {
    return Error::unknown(url.origin() + " was asked and gave no answer: " + why);
}

}  // namespace

OutgoingService::OutgoingService(const Clock& clock, Log& log, TlsTrust trust, Settings settings)
    : clock_(clock), trust_(std::move(trust)), settings_(std::move(settings)),
      gates_(clock, log, settings_.hosts), cache_(clock) {}

Result<OutgoingAnswer> OutgoingService::send(const Context& context,
                                             const OutgoingRequest& request) {
    if (const auto checked = checkRequest(request); !checked) {
        return checked.error();
    }
    const auto url = OutgoingUrl::parse(request.url);
    if (!url) {
        return url.error();
    }
    if (const auto judged = settings_.rules.judge(*url); !judged) {
        return judged.error();
    }
    const auto end = std::min(context.deadline, clock_.steady() + settings_.timeout);
    const CallLimit limit(clock_, end, isStopping_);
    if (!AnswerCache::isFor(request)) {
        return ask(*url, request, limit);
    }
    const auto known = cache_.find(request);
    if (known && known->isFresh) {
        return known->answer;
    }
    OutgoingRequest asking = request;
    if (known) {
        asking.headers.insert(asking.headers.end(), known->question.begin(), known->question.end());
    }
    auto answer = ask(*url, asking, limit);
    if (answer && known && answer->status == notModified) {
        cache_.refresh(request, *answer);
        return known->answer;
    }
    if (answer) {
        cache_.note(request, *answer);
    }
    return answer;
}

Result<OutgoingAnswer> OutgoingService::ask(const OutgoingUrl& url, const OutgoingRequest& request,
                                            const CallLimit& limit) {
    const auto origin = url.origin();
    if (const auto entered = gates_.enter(origin); !entered) {
        return entered.error();
    }
    auto outcome = attempt(url, request, limit);
    gates_.leave(origin, failureOf(outcome));
    return outcome;
}

/// A kept connection may be closed under the request: that is no failure of the server, and asked
/// once more where that does no harm (RFC 9110 section 9.2.2).
Result<OutgoingAnswer> OutgoingService::attempt(const OutgoingUrl& url,
                                                const OutgoingRequest& request,
                                                const CallLimit& limit) {
    try {
        if (auto kept = gates_.take(url.origin())) {
            auto outcome = converse(std::move(kept), url, request, limit);
            if (outcome || request.method != "GET") {
                return outcome;
            }
        }
        auto connection = connect(url, limit);
        return connection ? converse(*std::move(connection), url, request, limit)
                          : Result<OutgoingAnswer>(connection.error());
    } catch (...) {
        return Error::unavailable(url.origin() + " was not asked: " + whatWasThrown());
    }
}

Result<HostGates::Connection> OutgoingService::connect(const OutgoingUrl& url,
                                                       const CallLimit& limit) {
    const std::string host(url.bareHost());
    std::vector<NetworkAddress> addresses;
    if (const auto literal = NetworkAddress::parse(host)) {
        addresses.push_back(*literal);
    } else {
        auto found = settings_.resolver(host, limit.left());
        if (!found) {
            return found.error();
        }
        addresses = *std::move(found);
    }
    for (const auto& address : addresses) {  // one bad one spoils the name
        if (const auto judged = settings_.rules.judge(url, address); !judged) {
            return judged.error();
        }
    }
    return dial(url, addresses, limit);
}

Result<HostGates::Connection> OutgoingService::dial(const OutgoingUrl& url,
                                                    const std::vector<NetworkAddress>& addresses,
                                                    const CallLimit& limit) {
    std::string why = "it has no address";
    for (std::size_t i = 0; i < addresses.size(); ++i) {
        const auto share = limit.left() / static_cast<int>(addresses.size() - i);
        try {
            return OutgoingConnection::open(url, {addresses[i], share}, trust_, limit);
        } catch (const Poco::Exception& problem) {
            why = problem.displayText();
        }
    }
    return Error::unavailable(url.origin() + " cannot be reached: " + why);
}

Result<OutgoingAnswer> OutgoingService::converse(HostGates::Connection connection,
                                                 const OutgoingUrl& url,
                                                 const OutgoingRequest& request,
                                                 const CallLimit& limit) {
    AnswerReader answer(request.mostBytes);
    try {
        connection->send(url, request, limit);
        connection->receive(answer, limit);
    } catch (const Poco::Exception& problem) {
        return silent(url, problem.displayText());
    }
    if (!answer.problem().empty()) {
        return silent(url, answer.problem());
    }
    if (answer.keepsAlive()) {
        gates_.giveBack(url.origin(), std::move(connection));
    }
    return answer.take();
}

}  // namespace gatehouse
