// SPDX-License-Identifier: Apache-2.0
#include "store/RecordService.h"

#include "store/IssuerScope.h"
#include "store/Kinds.h"
#include "text/Thrown.h"

#include <chrono>
#include <string>
#include <utility>

namespace gatehouse {
namespace {

/// Longest life of a replay mark of which nobody says when it can first have been made.
constexpr std::chrono::minutes longestMark{61};

constexpr const char* noStorage = "no storage was added for this kind";

/// Runs a storage call; what it throws becomes an error.
template <class Call> auto guarded(const Call& call) -> decltype(call()) {
    try {
        return call();
    } catch (...) {
        return Error::internal("storage threw: " + whatWasThrown());
    }
}

}  // namespace

void RecordService::addStorage(Storage& storage, Keeps keeps) {
    const Lane lane{&storage, std::make_shared<WriteQueue>(storage, clock_),
                    capabilityOf<ReplayMarks>(storage)};
    if (keeps != Keeps::passing) {
        durable_ = lane;
    }
    if (keeps != Keeps::durable) {
        passing_ = lane;
    }
}

void RecordService::start() {
    for (const Lane* lane : {&durable_, &passing_}) {
        if (lane->queue) {
            lane->queue->start();
        }
    }
}

void RecordService::stop() noexcept {
    for (const Lane* lane : {&durable_, &passing_}) {
        if (lane->queue) {
            lane->queue->stop();
        }
    }
}

Result<std::optional<Record>> RecordService::find(const Context& context, std::string_view kind,
                                                  std::string_view key) {
    const Lane& lane = laneOf(kind);
    if (lane.storage == nullptr) {
        return Error::internal(noStorage);
    }
    const IssuerScope scope(context.issuer.id);
    auto found = guarded([&] { return lane.storage->find(context, kind, scope.keyIn(kind, key)); });
    if (!found) {
        return found;
    }
    return scope.recordOut(*std::move(found));
}

Result<Outcome> RecordService::apply(const Context& context, Batch batch) {
    auto outcome = applyAsOwn(context, std::move(batch));
    if (outcome) {
        outcome->found = IssuerScope(context.issuer.id).recordOut(std::move(outcome->found));
    }
    return outcome;
}

/// The outcome as the storage tells it: what was found may be another issuer's.
Result<Outcome> RecordService::applyAsOwn(const Context& context, Batch batch) {
    const Lane* lane = laneOf(batch);
    if (lane == nullptr) {
        return Error::internal("a batch spans kinds that live in different storages");
    }
    if (lane->storage == nullptr) {
        return Error::internal(noStorage);
    }
    IssuerScope(context.issuer.id).markAsOwn(batch);
    return lane->queue->apply(context, std::move(batch));
}

Result<bool> RecordService::once(const Context& context, std::string_view kind, std::string_view id,
                                 TimePoint until, TimePoint earliest) {
    if (earliest == TimePoint::min()) {
        earliest = until - longestMark;
    }
    if (earliest > clock_.now()) {
        return Error::internal("a replay mark lasts longer than its first use is told for");
    }
    if (ReplayMarks* marks = marksFor(kind, until, earliest)) {
        const auto key = IssuerScope(context.issuer.id).keyIn(kind, id);
        return guarded([&] { return marks->once(context, kind, key, until, earliest); });
    }
    Batch batch;
    Expect isNew{std::string(kind), std::string(id), Expect::State::absent};
    isNew.since = earliest;
    batch.expects.push_back(std::move(isNew));
    Record mark;
    mark.kind = kind;
    mark.key = id;
    mark.expires = until;
    batch.puts.push_back(std::move(mark));
    const auto outcome = applyAsOwn(context, std::move(batch));
    if (!outcome) {
        return outcome.error();
    }
    if (!outcome->applied() && !outcome->found) {
        return Error::unavailable("the storage has lost replay marks; this one may be among them");
    }
    return outcome->applied();
}

bool RecordService::isForBatches(std::string_view kind, TimePoint until,
                                 TimePoint earliest) const noexcept {
    return durable_.storage == passing_.storage && marksFor(kind, until, earliest) == nullptr;
}

/// The same place for the same mark each time it is asked for.
ReplayMarks* RecordService::marksFor(std::string_view kind, TimePoint until,
                                     TimePoint earliest) const noexcept {
    const bool isShort = earliest != TimePoint::min() && until - earliest <= ReplayMarks::longest;
    return isShort && kindRule(kind).isMark ? passing_.marks : nullptr;
}

Result<RecordPage> RecordService::list(const Context& context, std::string_view kind,
                                       const Link& link, std::string_view after,
                                       std::size_t limit) {
    const Lane& lane = laneOf(kind);
    if (lane.storage == nullptr) {
        return Error::internal(noStorage);
    }
    const IssuerScope scope(context.issuer.id);
    const std::string start = after.empty() ? std::string() : scope.keyIn(kind, after);
    auto page = guarded([&] {
        return lane.storage->list(context, kind, IssuerScope::linkIn(kind, link), start, limit);
    });
    if (!page) {
        return page;
    }
    RecordPage own;
    own.next = page->next.empty() ? std::string() : scope.keyOut(kind, page->next);
    for (auto& record : page->records) {
        if (auto shown = scope.recordOut(std::move(record))) {
            own.records.push_back(*std::move(shown));
        }
    }
    return own;
}

Result<std::int64_t> RecordService::count(const Context& context, std::string_view key,
                                          seconds window) {
    if (passing_.storage == nullptr) {
        return Error::internal(noStorage);
    }
    const std::string own = std::to_string(context.issuer.id) + "/" + std::string(key);
    return guarded([&] { return passing_.storage->count(context, own, window); });
}

const RecordService::Lane& RecordService::laneOf(std::string_view kind) const noexcept {
    return kindRule(kind).isDurable ? durable_ : passing_;
}

/// The one lane of all the batch names, or nullptr when there are two. Families and notices are
/// durable things.
const RecordService::Lane* RecordService::laneOf(const Batch& batch) const noexcept {
    bool isDurable = !batch.eraseFamilies.empty() || !batch.notices.empty();
    bool isPassing = false;
    const auto note = [&](const std::string& kind) {
        (kindRule(kind).isDurable ? isDurable : isPassing) = true;
    };
    for (const auto& expect : batch.expects) {
        note(expect.kind);
    }
    for (const auto& record : batch.puts) {
        note(record.kind);
    }
    for (const auto& erase : batch.erases) {
        note(erase.kind);
    }
    if (isDurable && isPassing && durable_.storage != passing_.storage) {
        return nullptr;
    }
    return isPassing ? &passing_ : &durable_;
}

}  // namespace gatehouse
