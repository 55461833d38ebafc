// SPDX-License-Identifier: Apache-2.0
#include "HttpApprover.h"

#include "RulingText.h"

#include <algorithm>

namespace gatehouse {

namespace {

constexpr std::size_t mostAnswer = 16'384;
/// A service that hangs holds workers that others wait for.
constexpr seconds longestCall{3};
constexpr int good = 200;

bool isHeaderText(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

}  // namespace

Status HttpApprover::configure(const Config& config, Host& host) {
    host_ = &host;
    url_ = config.text("url");
    secret_ = config.secret("secret");
    calls_ = &host.http().purpose("approver");
    return isHeaderText(secret_.view())
               ? done()
               : Error::badInput(config.place("secret") +
                                 ": must be printable ASCII characters without blanks");
}

Result<Ruling> HttpApprover::ask(const Context& context, const Approval& approval) const {
    OutgoingRequest request;
    request.method = "POST";
    request.url = url_;
    request.headers = {{"Content-Type", "application/json"},
                       {"Accept", "application/json"},
                       {"Authorization", std::string("Bearer ").append(secret_.view())}};
    request.body = approvalText(approval);
    request.mostBytes = mostAnswer;
    Context patient = context;
    patient.deadline = std::min(context.deadline, host_->clock().steady() + longestCall);
    const auto answer = calls_->send(patient, request);
    if (!answer) {
        return answer.error();
    }
    if (answer->status != good) {
        return Error::unavailable("it answered " + std::to_string(answer->status));
    }
    auto ruling = rulingFrom(answer->body);
    return ruling ? Result<Ruling>(*std::move(ruling))
                  : Error::unavailable("its answer is not {\"decision\": \"allow\"}, \"deny\" or "
                                       "\"pending\"");
}

namespace {

constexpr Field fields[] = {
    {"url", Kind::url, required, "where it is asked, by POST"},
    {"secret", Kind::secret, required, "that each question shows as a bearer token, in ASCII",
     between(24, 512)},
};

}  // namespace

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::HttpApprover, "http", "0.1.0",
                 "A service of yours decides for people who are asked", gatehouse::fields)
