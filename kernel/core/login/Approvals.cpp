// SPDX-License-Identifier: Apache-2.0
#include "login/Approvals.h"

#include <gatehouse/Records.h>

#include "authorization/AuthorizationPolicy.h"
#include "client/ClientDirectory.h"
#include "client/SubjectForms.h"
#include "login/AuthenticationClass.h"
#include "login/GrantedCode.h"
#include "login/PersonDirectory.h"
#include "text/Base64Url.h"
#include "token/PromiseBook.h"
#include "token/PromiseText.h"

#include <functional>
#include <utility>

namespace gatehouse {

namespace {

constexpr const char* handler = "core/approval";
/// While something is away.
constexpr seconds pause{5};
constexpr int firstAway = 500;
/// So many are asked about at once.
constexpr std::size_t queues = 8;

std::string queueOf(const std::string& reference) {
    return std::to_string(std::hash<std::string>{}(reference) % queues);
}

Event eventOf(const OpenPromise& promise, const AuthorizationRequest& request, bool isAllowed,
              const std::string& by) {
    Event event;
    event.type = isAllowed ? "consent.granted" : "consent.denied";
    event.clientId = promise.clientId;
    event.subject = promise.person.sub;
    event.details = {{"scope", request.scopes.text()}, {"by", by}};
    return event;
}

}  // namespace

Approvals::Approvals(const Parts& parts, const AuthorizationRequestReader::Parts& reader,
                     const std::vector<Host::Named<Approver>>& approvers)
    : parts_(parts), clients_(reader.clients), reader_(reader), sealed_(parts.host) {
    for (const auto& named : approvers) {
        approvers_.emplace_back(parts.host, named);
    }
    parts_.jobs.handlers.add(handler, this, [this](const Context& context, const DueJob& job) {
        return look(context, job.payload);
    });
}

Approvals::~Approvals() {
    parts_.jobs.handlers.remove(this);
}

Status Approvals::begin(const Context& context, const std::string& reference) const {
    return approvers_.empty() ? done() : askLater(context, reference, seconds{0});
}

Status Approvals::askLater(const Context& context, const std::string& reference,
                           seconds delay) const {
    const NewJob job{handler, queueOf(reference), reference, delay};
    const auto added = parts_.jobs.book.add(context, job);
    if (!added) {
        return added.error();
    }
    parts_.jobs.runner.added(StoredJob::queueIdOf(job.handler, job.queue), job.delay);
    return done();
}

/// Whatever is away, it is tried again as soon as an approver whose person still thinks: nobody's
/// waiting time grows by the failures of another's.
Status Approvals::look(const Context& context, const std::string& reference) const {
    if (context.issuer.url.empty()) {
        return done();  // it is gone
    }
    auto open = find(context, reference);
    if (!open) {
        return tryLater(context, reference, open.error());
    }
    if (!*open) {
        return done();
    }
    std::string by;
    const auto ruling = ask(context, **open, by);
    if (ruling.says == Ruling::Says::pending) {
        return askLater(context, reference, (*open)->promise.interval);
    }
    const auto settled = settle(context, **std::move(open), ruling, by);
    return settled ? settled : tryLater(context, reference, settled.error());
}

Status Approvals::tryLater(const Context& context, const std::string& reference,
                           const Error& error) const {
    parts_.host.log().write(context, Level::warning,
                            "nobody could be asked to approve: " + error.detail);
    return askLater(context, reference, pause);
}

/// nullopt: it is decided about, or cannot be any more.
Result<std::optional<Approvals::Case>> Approvals::find(const Context& context,
                                                       const std::string& reference) const {
    auto promise = parts_.promises.find(context, reference);
    if (!promise) {
        return promise.error();
    }
    if (!*promise || (*promise)->isDecided) {
        return std::optional<Case>();
    }
    const auto client = clients_.find(context, (*promise)->clientId);
    auto person = client ? parts_.people.find(context, (*promise)->person) : client.error();
    if (!person) {
        return person.error();
    }
    const bool isSame = *client != nullptr && (*client)->registration == (*promise)->registration;
    return *person && isSame
               ? readAgain(context, **std::move(promise), **client, **std::move(person))
               : std::optional<Case>();
}

Result<std::optional<Approvals::Case>> Approvals::readAgain(const Context& context,
                                                            OpenPromise promise,
                                                            const Client& client,
                                                            User person) const {
    auto found = sealed_.open(context, client, promise.sealed);
    if (!found) {
        return std::optional<Case>();
    }
    auto request = reader_.readPromised(context, {}, found->form, std::move(found->notes), {});
    if (!request) {
        const auto& error = request.error().error;
        return error.httpStatus() < firstAway ? Result<std::optional<Case>>(std::optional<Case>())
                                              : Error::unavailable(error.description);
    }
    Case open{std::move(promise), *std::move(request), {{}, std::move(person)}};
    open.who.session.subject = open.promise.person;
    return std::optional(std::move(open));
}

/// The first who knows decides.
Ruling Approvals::ask(const Context& context, const Case& open, std::string& by) const {
    const auto& [promise, request, who] = open;
    const auto id = base64url(promiseReference(promise.kind, promise.key));
    const Approval approval{id,
                            *request.client,
                            promise.person,
                            request.scopes,
                            request.resources,
                            promise.page.values,
                            promise.askPath.empty() ? std::string()
                                                    : context.issuer.url + promise.askPath + id,
                            promise.until};
    for (const auto& approver : approvers_) {
        auto ruling =
            approver.ask([&](const Approver& plugin) { return plugin.ask(context, approval); });
        if (!ruling) {
            parts_.host.log().write(context, Level::warning,
                                    "approver." + approver.name() +
                                        ": has not answered: " + ruling.error().detail,
                                    {{"client_id", promise.clientId}});
        } else if (ruling->says != Ruling::Says::pending) {
            by = "approver." + approver.name();
            return *std::move(ruling);
        }
    }
    return {};
}

/// Whoever was faster keeps the day. What does not meet the request is left to the person, at a
/// page.
Status Approvals::settle(const Context& context, Case open, const Ruling& ruling,
                         const std::string& by) const {
    const bool isAllowed = ruling.says == Ruling::Says::allow;
    auto& authentication = open.who.session.authentication;
    authentication.time = parts_.host.clock().now();
    authentication.amr = ruling.amr;
    authentication.acr = ruling.amr.empty() ? std::string() : authenticationClass(ruling.amr);
    const auto isFirst = isAllowed
                             ? keep(context, open)
                             : parts_.promises.deny(context, *open.request.client, open.promise);
    if (!isFirst) {
        return isFirst.error();
    }
    if (*isFirst) {
        parts_.host.events().publish(context, eventOf(open.promise, open.request, isAllowed, by));
    }
    return done();
}

Result<bool> Approvals::keep(const Context& context, const Case& open) const {
    const auto name = parts_.subjects.told(context, *open.request.client, open.promise.person);
    if (!name) {
        return name.error();
    }
    Situation situation;
    situation.authentication = &open.who.session.authentication;
    situation.subject = *name;
    situation.isFresh = true;
    situation.now = open.who.session.authentication.time;
    const auto decision = AuthorizationPolicy::decide(open.request, situation);
    if (decision.next != Decision::Next::answer && decision.next != Decision::Next::consent) {
        parts_.host.log().write(context, Level::warning,
                                "approved, but not as the client asked for it: " +
                                    decision.error.description,
                                {{"client_id", open.promise.clientId}});
        return false;
    }
    Batch batch;
    const auto kept = parts_.promises.keep(
        context, *open.request.client, open.promise,
        grantedCode(open.request, open.who, decision.scopes, parts_.claims), batch);
    const auto outcome =
        kept ? parts_.host.records().apply(context, std::move(batch)) : kept.error();
    return outcome ? Result<bool>(outcome->applied()) : outcome.error();
}

}  // namespace gatehouse
