// SPDX-License-Identifier: Apache-2.0
#include "ProviderCalls.h"

#include "json/Json.h"
#include "text/Lower.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace gatehouse {

namespace {

constexpr seconds patience{5};
constexpr std::size_t mostBytes = std::size_t{64} * 1024;
constexpr int good = 200;
constexpr int itsFault = 500;

Error unexpected(const OutgoingAnswer& answer) {
    return Error::badInput("the provider answers " + std::to_string(answer.status));
}

}  // namespace

Result<OutgoingAnswer> ProviderCalls::send(const Context& context,
                                           const OutgoingRequest& request) const {
    Context hurried = context;
    hurried.deadline = std::min<SteadyPoint>(context.deadline, clock_.steady() + patience);
    auto answer = calls_.send(hurried, request);
    if (!answer) {
        auto error = answer.error();
        error.detail = "the provider: " + error.detail;
        return error;
    }
    return answer->status < itsFault ? answer : Error::unavailable(unexpected(*answer).detail);
}

Result<OutgoingAnswer> ProviderCalls::get(const Context& context, const std::string& url) const {
    OutgoingRequest request;
    request.url = url;
    request.headers = {{"Accept", "application/json"}, {"Cache-Control", "no-cache"}};
    request.mostBytes = mostBytes;
    auto answer = send(context, request);
    return answer && answer->status != good ? unexpected(*answer) : answer;
}

Result<Value> ProviderCalls::read(const Context& context, const std::string& url,
                                  std::string_view accessToken) const {
    OutgoingRequest request;
    request.url = url;
    request.headers = {{"Accept", "application/json"},
                       {"Authorization", std::string("Bearer ").append(accessToken)}};
    request.mostBytes = mostBytes;
    const auto answer = send(context, request);
    if (!answer) {
        return answer.error();
    }
    if (answer->status != good) {
        return unexpected(*answer);
    }
    auto value =
        mediaTypeOf(*answer) == "application/json" ? parseJson(answer->body) : std::nullopt;
    return value ? Result<Value>(*std::move(value))
                 : Error::badInput("what the provider tells of people is no JSON");
}

Result<OutgoingAnswer> ProviderCalls::post(const Context& context, const std::string& url,
                                           std::vector<Header> headers, std::string form) const {
    OutgoingRequest request;
    request.method = "POST";
    request.url = url;
    request.headers = std::move(headers);
    request.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
    request.headers.push_back({"Accept", "application/json"});
    request.body = std::move(form);
    request.mostBytes = mostBytes;
    return send(context, request);
}

std::string mediaTypeOf(const OutgoingAnswer& answer) {
    auto type = answer.header("content-type");
    type = type.substr(0, type.find(';'));
    return lowered(type.substr(0, type.find_last_not_of(" \t") + 1));
}

}  // namespace gatehouse
