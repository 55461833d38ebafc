// SPDX-License-Identifier: Apache-2.0
#include "CibaClients.h"

#include <gatehouse/facade/Clients.h>

#include "CibaMembers.h"
#include "Settings.h"
#include "text/Base64Url.h"

namespace gatehouse {

namespace {

constexpr const char* handler = "decided";

}  // namespace

Status CibaClients::configure(const Config& config, Host& host) {
    host_ = &host;
    algorithms_ = config.list("algorithms");
    requests_.emplace(host);
    notifier_.emplace(host);
    return done();
}

Status CibaClients::start() {
    host_->jobs().handle(handler, [this](const Context& context, const DueJob& job) {
        return conclude(context, job);
    });
    return done();
}

std::vector<std::string_view> CibaClients::members() const {
    return {modeMember, endpointMember, signingMember, userCodeMember};
}

Status CibaClients::admit(const Context& /*context*/, const ValueMap& metadata) const {
    return admitCibaMembers(metadata, algorithms_);
}

std::vector<NewJob> CibaClients::jobs(const Context& /*context*/,
                                      const DecidedPromise& promise) const {
    if (promise.grant != cibaGrant) {
        return {};
    }
    // One for each, so that none waits for another.
    return {
        {handler, base64url(promise.reference), std::string(promise.reference), milliseconds{0}}};
}

/// Tried until the request itself is forgotten.
Status CibaClients::conclude(const Context& context, const DueJob& job) const {
    const auto request = requests_->find(context, job.payload);
    if (!request) {
        return request.error();
    }
    if (!*request) {
        return done();
    }
    if (auto hidden = requests_->hide(context, **request); !hidden) {
        return hidden;
    }
    const auto told = tell(context, **request);
    return told ? requests_->remove(context, job.payload) : told;
}

/// Whom it would be told is looked up when it is.
Status CibaClients::tell(const Context& context, const AskedRequest& request) const {
    const auto ping = request.ping.empty() ? std::nullopt : requests_->open(request);
    if (!ping) {
        return done();
    }
    const auto client = host_->one<Clients>().find(context, request.clientId);
    if (!client) {
        return client.error();
    }
    return *client != nullptr && isPinged(**client) ? notifier_->send(context, **client, *ping)
                                                    : done();
}

constexpr Field clientFields[] = {
    {"algorithms", Kind::list, byDefault("PS256,ES256,EdDSA"),
     "algorithms by which clients may sign their requests; one that is registered for one signs "
     "all of them by it",
     oneOf("RS256|PS256|ES256|EdDSA")},
};
constexpr const char* neededByClients[] = {"clients", "storage"};

}  // namespace gatehouse

GATEHOUSE_DESCRIBE(gatehouse::CibaClients, "ciba", "0.1.0",
                   "Clients that have people asked elsewhere, and are told",
                   gatehouse::clientFields, gatehouse::neededByClients)
