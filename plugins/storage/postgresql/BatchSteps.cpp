// SPDX-License-Identifier: Apache-2.0
#include "BatchSteps.h"

#include <algorithm>
#include <utility>

namespace gatehouse {
namespace {

/// The numbers that gatehouse_apply knows.
enum Step : std::int32_t {
    absentBeforePut = 1,
    absent = 2,
    present = 3,
    version = 4,
    erase = 5,
    eraseFamily = 6,
    put = 7,
    putOfAbsent = 8,
    notice = 9
};

constexpr std::uint32_t lockGroups = 64;
/// Behind them, held by one call at a time until its commit is visible: so notices become visible
/// in the order of their numbers, however long a commit takes.
constexpr std::int32_t noticeLock = lockGroups;

/// FNV-1a: all nodes and all versions must agree on it.
std::uint32_t hashOf(std::string_view bytes) {
    std::uint32_t hash = 2166136261U;
    for (const char byte : bytes) {
        hash = (hash ^ static_cast<unsigned char>(byte)) * 16777619U;
    }
    return hash;
}

template <class Left, class Right> bool isSamePlace(const Left& left, const Right& right) {
    return left.kind == right.kind && left.key == right.key;
}

bool isPut(const Batch& batch, const Expect& expect) {
    return std::any_of(batch.puts.begin(), batch.puts.end(),
                       [&](const Record& record) { return isSamePlace(record, expect); });
}

bool isExpectedAbsent(const Batch& batch, const Record& record) {
    return std::any_of(batch.expects.begin(), batch.expects.end(), [&](const Expect& expect) {
        return expect.state == Expect::State::absent && isSamePlace(expect, record);
    });
}

bool isPutBefore(const Batch& batch, std::size_t index) {
    const auto end = batch.puts.begin() + static_cast<std::ptrdiff_t>(index);
    return std::any_of(batch.puts.begin(), end, [&](const Record& record) {
        return isSamePlace(record, batch.puts[index]);
    });
}

bool isTooLong(std::string_view bytes) {
    return bytes.size() > BatchSteps::longestKey;
}

bool isTooLong(const Record& record) {
    return isTooLong(record.key) || isTooLong(record.family) ||
           std::any_of(record.links.begin(), record.links.end(),
                       [](const Link& link) { return isTooLong(link.value); });
}

bool isTooLong(const Batch& batch) {
    return std::any_of(batch.puts.begin(), batch.puts.end(),
                       [](const Record& record) { return isTooLong(record); }) ||
           std::any_of(batch.expects.begin(), batch.expects.end(),
                       [](const Expect& expect) { return isTooLong(expect.key); });
}

}  // namespace

Result<Parameters> BatchSteps::parametersOf(const std::vector<Batch>& batches, TimePoint now) {
    BatchSteps steps;
    std::int32_t number = 0;
    for (const auto& batch : batches) {
        if (isTooLong(batch)) {
            return Error::badInput("a key, a family or a link is longer than " +
                                   std::to_string(longestKey) + " bytes");
        }
        steps.add(batch, number++);
    }
    return steps.take(now);
}

void BatchSteps::add(const Batch& batch, std::int32_t number) {
    batch_ = number;
    for (const auto& expect : batch.expects) {
        add(expect, batch);
    }
    for (const auto& place : batch.erases) {
        addStep(Step::erase, place.kind, place.key);
        addRest();
    }
    for (const auto& family : batch.eraseFamilies) {
        if (!family.empty()) {
            addStep(Step::eraseFamily, {}, {});
            addRest(0, family);
            lock(family, true);
        }
    }
    for (std::size_t index = 0; index < batch.puts.size(); ++index) {
        addPut(batch, index);
    }
    if (!batch.notices.empty()) {
        locks_[noticeLock] = true;
    }
    for (const auto& notice : batch.notices) {
        addStep(Step::notice, notice.topic, notice.key, notice.issuer);
        addRest(0, {}, notice.expires);
    }
}

void BatchSteps::add(const Expect& expect, const Batch& batch) {
    Step step = Step::version;
    if (expect.state == Expect::State::absent) {
        step = isPut(batch, expect) ? Step::absentBeforePut : Step::absent;
    } else if (expect.state == Expect::State::present) {
        step = Step::present;
    }
    addStep(step, expect.kind, expect.key, expect.issuer);
    addRest(expect.version);
}

void BatchSteps::addPut(const Batch& batch, std::size_t index) {
    const Record& record = batch.puts[index];
    const bool mustBeNew = isExpectedAbsent(batch, record) && !isPutBefore(batch, index);
    for (const auto& link : record.links) {
        linkNames_.add(std::string_view(link.name));
        linkValues_.add(std::string_view(link.value));
    }
    addStep(mustBeNew ? Step::putOfAbsent : Step::put, record.kind, record.key, record.issuer);
    addRest(0, record.family, record.expires, record.payload);
    if (!record.family.empty()) {
        lock(record.family, false);
    }
}

void BatchSteps::addStep(std::int32_t step, std::string_view kind, std::string_view key,
                         IssuerId issuer) {
    batches_.add(batch_);
    steps_.add(step);
    kinds_.add(kind);
    keys_.add(key);
    issuers_.add(std::int64_t{issuer});
    linkEnds_.add(static_cast<std::int32_t>(linkNames_.size()));
}

void BatchSteps::addRest(std::uint64_t version, std::string_view family, TimePoint expires,
                         std::string_view payload) {
    versions_.add(static_cast<std::int64_t>(version));
    if (family.empty()) {
        families_.addNull();
    } else {
        families_.add(family);
    }
    if (expires == never) {
        expiries_.addNull();
    } else {
        expiries_.add(std::int64_t{expires.time_since_epoch().count()});
    }
    payloads_.add(payload);
}

void BatchSteps::lock(std::string_view family, bool isErased) {
    bool& isExclusive = locks_[static_cast<std::int32_t>(hashOf(family) % lockGroups)];
    isExclusive = isExclusive || isErased;
}

Parameters BatchSteps::take(TimePoint now) {
    ArrayParameter locks(Of::integer);
    for (const auto& [group, isExclusive] : locks_) {
        locks.add(2 * group + (isExclusive ? 1 : 0));
    }
    Parameters parameters;
    parameters.add(now).add(std::move(locks));
    for (ArrayParameter* array :
         {&batches_, &steps_, &kinds_, &keys_, &issuers_, &versions_, &families_, &expiries_,
          &linkEnds_, &linkNames_, &linkValues_, &payloads_}) {
        parameters.add(std::move(*array));
    }
    return parameters;
}

}  // namespace gatehouse
