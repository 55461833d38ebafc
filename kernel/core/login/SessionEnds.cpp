// SPDX-License-Identifier: Apache-2.0
#include "login/SessionEnds.h"

#include "client/ClientDirectory.h"
#include "client/SubjectForms.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

/// One end that many are told of leaves job workers to others, even when nobody answers.
constexpr std::size_t mostAtOnce = 16;
constexpr seconds pace{3};

}  // namespace

SessionEnds::SessionEnds(const Parts& parts, TokensAtEnd tokens, const Rules& rules,
                         std::map<std::string, InstanceNames> names)
    : parts_(parts), tokens_(tokens) {
    for (const auto& named : rules) {
        const auto* jobs = capabilityOf<SessionEndJobs>(*named.plugin);
        const auto* frames = capabilityOf<SessionEndFrames>(*named.plugin);
        if (jobs != nullptr || frames != nullptr) {
            tellers_.push_back({Watched<ClientMetadataRule>(parts.host, named), jobs, frames,
                                std::move(names.at(named.name))});
        }
    }
}

Result<SessionEnds::Ending> SessionEnds::add(const Context& context, const Session& session,
                                             Batch& batch) const {
    Ending ending;
    if (const auto added = addFamilies(context, session, batch, ending); !added) {
        return added.error();
    }
    const auto& sid = session.authentication.sessionId;
    const auto see = [&](const Teller& teller, const Client& client) -> Status {
        if (teller.jobs == nullptr) {
            return done();
        }
        auto jobs = told<std::vector<NewJob>>(
            context, teller, {client, session.subject, sid},
            [&](const EndedSession& ended) { return teller.jobs->jobs(context, ended); });
        for (auto& job : jobs) {
            job.handler = teller.names.labelIn(job.handler);
            job.delay = std::max(job.delay, milliseconds(pace * (ending.jobs.size() / mostAtOnce)));
            auto stored = parts_.jobs.book.addTo(batch, context.issuer.id, job);
            if (!stored) {
                return stored.error();
            }
            ending.jobs.push_back(*std::move(stored));
        }
        return done();
    };
    const auto asked = forEach(context, session.clients, see);
    return asked ? Result<Ending>(std::move(ending)) : asked.error();
}

void SessionEnds::begin(const Context& context, const Ending& ending) const {
    for (const auto& family : ending.families) {
        parts_.families.noteEnd(context, family);
    }
    for (const auto& job : ending.jobs) {
        parts_.jobs.runner.added(job.queueId(), milliseconds{0});
    }
}

/// OpenID Connect Back-Channel Logout section 2.7 leaves open when clients are told; most expect it
/// before the browser comes back. One that failed of late is not waited for.
void SessionEnds::beginAndWait(const Context& context, const Ending& ending) const {
    constexpr milliseconds longest{2000};
    auto& runner = parts_.jobs.runner;
    std::vector<std::string> awaited;
    for (const auto& job : ending.jobs) {
        if (job.due <= parts_.host.clock().now() && !runner.isPaused(job.queueId())) {
            awaited.push_back(job.id);
        }
    }
    runner.firstTries().expect(awaited);
    begin(context, ending);
    runner.firstTries().wait(awaited, longest);
}

Result<std::vector<std::string>>
SessionEnds::frames(const Context& context, const Subject& subject, std::string_view sid,
                    const std::vector<std::string>& clients) const {
    std::vector<std::string> urls;
    const auto see = [&](const Teller& teller, const Client& client) -> Status {
        if (teller.frames == nullptr) {
            return done();
        }
        auto url = told<std::string>(
            context, teller, {client, subject, sid},
            [&](const EndedSession& ended) { return teller.frames->frame(context, ended); });
        if (!url.empty()) {
            urls.push_back(std::move(url));
        }
        return done();
    };
    const auto asked = forEach(context, clients, see);
    return asked ? Result<std::vector<std::string>>(std::move(urls)) : asked.error();
}

/// Clients that are gone since are told nothing.
template <class See>
Status SessionEnds::forEach(const Context& context, const std::vector<std::string>& clients,
                            const See& see) const {
    if (tellers_.empty()) {
        return done();
    }
    for (const auto& id : clients) {
        const auto client = parts_.clients.find(context, id);
        if (!client) {
            return client.error();
        }
        for (const auto& teller : tellers_) {
            auto seen = *client == nullptr ? done() : see(teller, **client);
            if (!seen) {
                return seen;
            }
        }
    }
    return done();
}

Status SessionEnds::addFamilies(const Context& context, const Session& session, Batch& batch,
                                Ending& ending) const {
    if (tokens_ == TokensAtEnd::none) {
        return done();
    }
    return parts_.families.forEachOf(context, session.subject.sub, [&](const Family& family) {
        if (endsWithIt(family.authorization, session)) {
            ending.families.push_back(parts_.families.end(context, family, batch));
        }
        return done();
    });
}

bool SessionEnds::endsWithIt(const Authorization& authorization, const Session& session) const {
    return authorization.authentication.sessionId == session.authentication.sessionId &&
           (tokens_ == TokensAtEnd::all || !authorization.scopes.contains("offline_access"));
}

/// What the plugin makes of the session as its client knows it. One that throws keeps nobody signed
/// in.
template <class Told, class Ask>
Told SessionEnds::told(const Context& context, const Teller& teller, const EndedSession& session,
                       const Ask& ask) const {
    auto answer = teller.plugin.ask([&](const ClientMetadataRule& /*rule*/) -> Result<Told> {
        const auto sid = parts_.subjects.toldSid(context, parts_.host.crypto(), session);
        return sid ? Result<Told>(ask(EndedSession{session.client, session.subject, *sid}))
                   : sid.error();
    });
    if (!answer) {
        parts_.host.log().write(Level::error, answer.error().detail);
        return {};
    }
    return *std::move(answer);
}

}  // namespace gatehouse
