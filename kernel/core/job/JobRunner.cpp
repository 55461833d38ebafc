// SPDX-License-Identifier: Apache-2.0
#include "job/JobRunner.h"

#include <algorithm>
#include <utility>

namespace gatehouse {
namespace {

constexpr std::size_t pageSize = 500;
constexpr std::size_t mostCounted = 10'000;
constexpr seconds countInterval{15};
/// While nothing here does jobs, what is left of others is looked for now and then.
constexpr seconds idlePoll{60};

bool isForGood(const Error& error) {
    return error.fault == Fault::badInput || error.fault == Fault::notAllowed;
}

/// How many pages have, up to a number.
template <class Read> Result<std::size_t> countOf(const Read& read) {
    std::size_t count = 0;
    std::string after;
    do {
        const auto page = read(after);
        if (!page) {
            return page.error();
        }
        count += page->jobs.size();
        after = page->next;
    } while (!after.empty() && count < mostCounted);
    return count;
}

}  // namespace

JobRunner::JobRunner(JobBook& book, JobHandlers& handlers, const Lent& lent, Settings settings)
    : book_(book), handlers_(handlers), lent_(lent), settings_(settings), meters_(lent.metrics),
      queues_(lent.clock, std::max<std::size_t>(settings.workers / 2, 1)) {}

void JobRunner::start() {
    isStopping_ = false;
    watcher_ = std::thread([this] { watch(); });
}

void JobRunner::stop() noexcept {
    std::vector<std::thread> workers;
    {
        const std::lock_guard lock(mutex_);
        isStopping_ = true;
        workers.swap(workers_);
    }
    stopping_.notify_all();
    queues_.end();
    if (watcher_.joinable()) {
        watcher_.join();
    }
    for (auto& worker : workers) {
        worker.join();
    }
}

void JobRunner::added(const std::string& queueId, milliseconds delay) {
    queues_.expect(queueId, lent_.clock.steady() + delay);
    hire();
}

void JobRunner::setIssuers(std::vector<Issuer> issuers) {
    const std::lock_guard lock(mutex_);
    issuers_ = std::move(issuers);
}

void JobRunner::watch() {
    std::unique_lock lock(mutex_);
    while (!isStopping_) {
        lock.unlock();
        if (isWorthALook()) {
            look();
            hire();
        }
        lock.lock();
        stopping_.wait_for(lock, settings_.poll, [this] { return isStopping_; });
    }
}

bool JobRunner::isWorthALook() {
    const auto now = lent_.clock.steady();
    if (handlers_.empty() && now < idleUntil_) {
        return false;
    }
    idleUntil_ = now + idlePoll;
    return true;
}

/// A part of what is due; the next look goes on behind it, so that a long queue hides no other.
void JobRunner::look() {
    const auto page = book_.list(soon(), lookedUpTo_, pageSize);
    tell(page ? done() : Status(page.error()));
    if (!page) {
        return;
    }
    const auto now = lent_.clock.now();
    lookedUpTo_ = page->next;
    for (const auto& job : page->jobs) {
        if (job.due > now) {
            lookedUpTo_.clear();
            break;
        }
        found(job);
    }
    if (lent_.clock.steady() >= countAt_) {
        countAll();
    }
}

void JobRunner::found(const StoredJob& job) {
    if (handlers_.has(job.handler)) {
        queues_.expect(job.queueId(), lent_.clock.steady());
    } else if (lent_.clock.now() - job.made > settings_.giveUpAfter) {
        meters_.dead(job.handler);
        tell(book_.bury(soon(), job, "nothing in the configuration does such jobs"));
    }
}

void JobRunner::hire() {
    const std::lock_guard lock(mutex_);
    if (!isStopping_ && workers_.size() < settings_.workers && queues_.wantsWorker()) {
        workers_.emplace_back([this] { work(); });
    }
}

void JobRunner::work() {
    while (const auto queue = queues_.take()) {
        hire();  // others may be due too
        tryFirst(*queue);
    }
}

void JobRunner::tryFirst(const std::string& queueId) {
    auto job = book_.first(soon(), queueId);
    tell(job ? done() : Status(job.error()));
    if (!job) {
        return queues_.giveBack(queueId, lent_.clock.steady() + settings_.poll);
    }
    const auto now = lent_.clock.now();
    if (!*job || !handlers_.has((*job)->handler)) {
        return queues_.giveBack(queueId, std::nullopt);
    }
    if ((*job)->due > now) {
        return queues_.giveBack(queueId, steadyOf((*job)->due));
    }
    const auto leased = book_.lease(soon(), **job, now + settings_.lease);
    tell(leased ? done() : Status(leased.error()));
    if (!leased) {
        return queues_.giveBack(queueId, lent_.clock.steady() + settings_.poll);
    }
    if (!*leased) {  // another node has it
        return queues_.giveBack(queueId, lent_.clock.steady());
    }
    attempt(**job);
    firstTries_.tried((*job)->id);
}

void JobRunner::attempt(const StoredJob& job) {
    const auto end = lent_.clock.steady() + settings_.lease;
    auto payload = book_.payload(soon(), job);
    if (!payload) {
        return failed(job, payload.error());
    }
    if (!*payload) {
        return finished(job);
    }
    const Issuer issuer = issuerOf(job.issuer);
    const Context context{issuer, job.id, {}, end};
    const DueJob asked{job.id, job.queue, **std::move(payload), job.tries + 1, job.made};
    const auto outcome = handlers_.run(job.handler, context, asked);
    if (!outcome) {  // its plugin stops: the next one, or another node, does it
        tell(book_.release(soon(), job));
        return queues_.giveBack(job.queueId(), std::nullopt);
    }
    if (!*outcome) {
        return failed(job, outcome->error());
    }
    meters_.done(job.handler);
    finished(job);
}

void JobRunner::finished(const StoredJob& job) {
    tell(book_.finish(soon(), job));
    queues_.praise(job.queueId());
    queues_.giveBack(job.queueId(), lent_.clock.steady());
}

void JobRunner::failed(const StoredJob& job, const Error& error) {
    const auto now = lent_.clock.now();
    const ValueMap fields{
        {"job", job.id}, {"handler", job.handler}, {"tries", std::int64_t{job.tries} + 1}};
    meters_.failed(job.handler);
    if (isForGood(error) || now - job.made > settings_.giveUpAfter) {
        lent_.log.write(Level::error, "a job is given up: " + error.detail, fields);
        meters_.dead(job.handler);
        tell(book_.bury(soon(), job, error.detail));
        return queues_.giveBack(job.queueId(), lent_.clock.steady());
    }
    lent_.log.write(Level::warning, "a job failed and is tried again: " + error.detail, fields);
    tell(book_.postpone(soon(), job, now + pauseAfter(job.tries + 1), error.detail));
    queues_.pause(job.queueId(), [this](std::uint32_t failures) { return pauseAfter(failures); });
}

void JobRunner::countAll() {
    countAt_ = lent_.clock.steady() + countInterval;
    const auto waiting =
        countOf([&](const std::string& after) { return book_.list(soon(), after, pageSize); });
    const auto dead =
        countOf([&](const std::string& after) { return book_.dead(soon(), after, pageSize); });
    if (waiting && dead) {
        meters_.all(*waiting, *dead);
    }
}

/// Between 3/4 and 5/4 of twice the one before, so that what failed together does not come back
/// together.
milliseconds JobRunner::pauseAfter(std::uint32_t failures) {
    constexpr std::uint32_t mostDoublings = 20;
    const auto doublings = std::min(failures - 1, mostDoublings);
    const auto pause =
        std::min(settings_.firstRetry * (std::int64_t{1} << doublings), settings_.longestRetry);
    const auto jitter = static_cast<unsigned char>(lent_.random.bytes(1).at(0));
    return pause * 3 / 4 + pause / 2 * jitter / 256;
}

Issuer JobRunner::issuerOf(IssuerId id) const {
    const std::lock_guard lock(mutex_);
    const auto found = std::find_if(issuers_.begin(), issuers_.end(),
                                    [&](const Issuer& issuer) { return issuer.id == id; });
    if (found != issuers_.end()) {
        return *found;
    }
    Issuer gone;
    gone.id = id;
    return gone;
}

SteadyPoint JobRunner::steadyOf(TimePoint due) const {
    return lent_.clock.steady() + (due - lent_.clock.now());
}

/// Once when it begins.
void JobRunner::tell(const Status& status) {
    if (!status && !isAway_.exchange(true)) {
        lent_.log.write(Level::error, "jobs cannot be read or written: " + status.error().detail);
    } else if (status) {
        isAway_ = false;
    }
}

}  // namespace gatehouse
