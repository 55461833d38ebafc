// SPDX-License-Identifier: Apache-2.0
#include "job/JobBook.h"

#include "text/Hex.h"
#include "text/Utf8.h"

#include <utility>

namespace gatehouse {
namespace {

constexpr const char* bodyKind = "job_body";
constexpr std::size_t mostPayload = std::size_t{512} * 1024;
constexpr std::size_t mostQueue = 256;

/// Jobs are no issuer's: one range has all that is due.
const Issuer& everybody() {
    static const Issuer issuer{0, {}, {}};
    return issuer;
}

Context contextUntil(SteadyPoint deadline) {
    return {everybody(), "jobs", {}, deadline};
}

Status checkNew(const NewJob& job) {
    if (job.payload.size() > mostPayload || job.queue.size() > mostQueue || !isUtf8(job.queue)) {
        return Error::badInput("a job has 512 KiB at most, and a queue of 256 bytes of UTF-8");
    }
    return done();
}

}  // namespace

Result<std::string> JobBook::add(const Context& context, const NewJob& job) {
    Batch batch;
    const auto stored = addTo(batch, context.issuer.id, job);
    if (!stored) {
        return stored.error();
    }
    const auto outcome = records_.apply(contextUntil(context.deadline), std::move(batch));
    return outcome ? Result<std::string>(stored->id) : outcome.error();
}

Result<StoredJob> JobBook::addTo(Batch& batch, IssuerId issuer, const NewJob& job) {
    constexpr std::size_t randomSize = 8;
    if (const auto checked = checkNew(job); !checked) {
        return checked.error();
    }
    StoredJob stored;
    stored.handler = job.handler;
    stored.queue = job.queue;
    stored.issuer = issuer;
    stored.made = clock_.now();
    stored.due = stored.made + job.delay;
    stored.id = StoredJob::keyOf(stored.made) + hex(random_.bytes(randomSize));
    batch.puts.push_back(stored.record());
    batch.puts.push_back(body(stored.id, job.payload, never));
    return stored;
}

Result<JobBook::Page> JobBook::list(SteadyPoint deadline, const std::string& after,
                                    std::size_t limit) {
    return page(deadline, StoredJob::kind, after, limit);
}

Result<std::optional<StoredJob>> JobBook::first(SteadyPoint deadline, const std::string& queueId) {
    const auto found = records_.list(contextUntil(deadline), StoredJob::kind,
                                     {StoredJob::queueLink, queueId}, {}, 1);
    if (!found) {
        return found.error();
    }
    return found->records.empty() ? std::nullopt : StoredJob::of(found->records.front());
}

Result<bool> JobBook::lease(SteadyPoint deadline, StoredJob& job, TimePoint until) {
    StoredJob leased = job;
    leased.due = until;
    auto outcome = replace(deadline, job, StoredJob::kind, {leased.record()});
    if (outcome && *outcome) {
        job = leased;
        job.version = 1;
    }
    return outcome;
}

Result<std::optional<std::string>> JobBook::payload(SteadyPoint deadline, const StoredJob& job) {
    const auto found = records_.find(contextUntil(deadline), bodyKind, job.id);
    if (!found) {
        return found.error();
    }
    return *found ? std::optional((*found)->payload) : std::nullopt;
}

Status JobBook::finish(SteadyPoint deadline, const StoredJob& job) {
    const auto finished = replace(deadline, job, StoredJob::kind, {});
    return finished ? done() : Status(finished.error());
}

Status JobBook::release(SteadyPoint deadline, const StoredJob& job) {
    StoredJob free = job;
    free.due = clock_.now();
    const auto released = replace(deadline, job, StoredJob::kind, {free.record()});
    return released ? done() : Status(released.error());
}

Status JobBook::postpone(SteadyPoint deadline, StoredJob job, TimePoint due,
                         const std::string& problem) {
    const StoredJob before = job;
    ++job.tries;
    job.due = due;
    job.problem = problem;
    const auto postponed = replace(deadline, before, StoredJob::kind, {job.record()});
    return postponed ? done() : Status(postponed.error());
}

Status JobBook::bury(SteadyPoint deadline, StoredJob job, const std::string& problem) {
    const auto content = payload(deadline, job);
    if (!content) {
        return content.error();
    }
    const StoredJob before = job;
    const TimePoint expires = clock_.now() + deadLife;
    ++job.tries;
    job.due = clock_.now();
    job.problem = problem;
    const auto buried =
        replace(deadline, before, StoredJob::kind,
                {job.deadRecord(expires), body(job.id, content->value_or(""), expires)});
    return buried ? done() : Status(buried.error());
}

Result<JobBook::Page> JobBook::dead(SteadyPoint deadline, const std::string& after,
                                    std::size_t limit) {
    return page(deadline, StoredJob::deadKind, after, limit);
}

Result<bool> JobBook::revive(SteadyPoint deadline, const StoredJob& job) {
    const auto content = payload(deadline, job);
    if (!content) {
        return content.error();
    }
    StoredJob again = job;
    again.due = clock_.now();
    again.tries = 0;
    return replace(deadline, job, StoredJob::deadKind,
                   {again.record(), body(job.id, content->value_or(""), never)});
}

Result<bool> JobBook::drop(SteadyPoint deadline, const StoredJob& job) {
    return replace(deadline, job, StoredJob::deadKind, {});
}

Result<JobBook::Page> JobBook::page(SteadyPoint deadline, const char* kind,
                                    const std::string& after, std::size_t limit) {
    const auto found = records_.list(contextUntil(deadline), kind, {}, after, limit);
    if (!found) {
        return found.error();
    }
    Page page;
    page.next = found->next;
    for (const auto& record : found->records) {
        if (auto job = StoredJob::of(record)) {
            page.jobs.push_back(*std::move(job));
        }
    }
    return page;
}

/// By these, or, when there are none, by nothing at all. False when it has changed meanwhile.
Result<bool> JobBook::replace(SteadyPoint deadline, const StoredJob& job, const char* kind,
                              std::vector<Record> puts) {
    Batch batch;
    batch.expects.push_back({kind, job.key(), Expect::State::version, job.version});
    batch.erases.push_back({kind, job.key()});
    if (puts.empty()) {
        batch.erases.push_back({bodyKind, job.id});
    }
    batch.puts = std::move(puts);
    const auto outcome = records_.apply(contextUntil(deadline), std::move(batch));
    return outcome ? Result<bool>(outcome->applied()) : outcome.error();
}

Record JobBook::body(const std::string& id, std::string payload, TimePoint expires) {
    Record record;
    record.kind = bodyKind;
    record.key = id;
    record.expires = expires;
    record.payload = std::move(payload);
    return record;
}

}  // namespace gatehouse
