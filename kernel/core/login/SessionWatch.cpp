// SPDX-License-Identifier: Apache-2.0
#include "login/SessionWatch.h"

#include "text/Base64Url.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

constexpr const char* handler = "core/session_end";
/// A job that is old when it is first tried would be given up when that fails.
constexpr milliseconds longestDelay = std::chrono::hours{24};
/// So many are looked at at once.
constexpr std::size_t queues = 4;

std::string queueOf(const std::string& selector) {
    return std::to_string(std::hash<std::string>{}(selector) % queues);
}

}  // namespace

SessionWatch::SessionWatch(const SharedJobs& jobs, Clock& clock, Look look)
    : jobs_(jobs), clock_(clock) {
    jobs_.handlers.add(handler, this,
                       [look = std::move(look)](const Context& context, const DueJob& job) {
                           const auto selector = fromBase64url(job.payload);
                           return selector ? look(context, *selector)
                                           : Status(Error::badInput("it names no session"));
                       });
}

SessionWatch::~SessionWatch() {
    jobs_.handlers.remove(this);
}

Status SessionWatch::add(const Context& context, const std::string& selector, TimePoint end,
                         Batch& batch) const {
    const auto delay = std::clamp(end - clock_.now(), milliseconds{0}, longestDelay);
    const auto added = jobs_.book.addTo(batch, context.issuer.id,
                                        {handler, queueOf(selector), base64url(selector), delay});
    return added ? done() : Status(added.error());
}

}  // namespace gatehouse
