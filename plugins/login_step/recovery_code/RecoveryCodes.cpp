// SPDX-License-Identifier: Apache-2.0
#include "RecoveryCodes.h"

#include <gatehouse/Records.h>

#include "text/Hex.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::string_view kind = "recovery_codes";

/// Each time that somebody is faster, one code less is there.
constexpr int mostTries = 12;

}  // namespace

Result<std::optional<RecoverySet>> RecoveryCodes::find(const Context& context,
                                                       const FoundUser& person) const {
    const auto name = nameOf(context, person);
    if (!name) {
        return name.error();
    }
    const auto record = host_.records().find(context, kind, *name);
    if (!record) {
        return record.error();
    }
    if (!*record) {
        return std::optional<RecoverySet>();
    }
    auto set = RecoverySet::parse((*record)->payload);
    if (!set) {
        return Error::internal("a set of recovery codes cannot be read");
    }
    set->version = (*record)->version;
    return set;
}

Result<bool> RecoveryCodes::keep(const Context& context, const FoundUser& person,
                                 const std::vector<std::string>& codes,
                                 std::uint64_t insteadOf) const {
    const auto name = nameOf(context, person);
    if (!name) {
        return name.error();
    }
    RecoverySet set;
    set.made = host_.clock().now();
    set.version = insteadOf;
    for (const auto& code : codes) {
        set.hashes.push_back(hashOf(*name, typedRecoveryCode(code)));
    }
    const auto isKept = put(context, *name, set);
    if (!isKept || *isKept) {
        return isKept;
    }
    const auto other = find(context, person);
    return other ? Result<bool>(*other && (*other)->hashes == set.hashes) : other.error();
}

Result<std::optional<std::size_t>> RecoveryCodes::useUp(const Context& context,
                                                        const FoundUser& person,
                                                        std::string_view typed) const {
    const auto name = nameOf(context, person);
    if (!name) {
        return name.error();
    }
    const auto wanted = hashOf(*name, typed);
    for (int tries = 0; tries < mostTries; ++tries) {
        auto set = find(context, person);
        if (!set) {
            return set.error();
        }
        if (!*set) {
            return std::optional<std::size_t>();
        }
        auto& hashes = (*set)->hashes;
        const auto code = std::find_if(hashes.begin(), hashes.end(), [&](const std::string& hash) {
            return host_.crypto().equal(hash, wanted);
        });
        if (code == hashes.end()) {
            return std::optional<std::size_t>();
        }
        hashes.erase(code);
        const auto isUsed = put(context, *name, **set);
        if (!isUsed) {
            return isUsed.error();
        }
        if (*isUsed) {
            return std::optional(hashes.size());
        }
    }
    return Error::unavailable("a person's recovery codes change all the time");
}

Result<bool> RecoveryCodes::remove(const Context& context, const FoundUser& person) const {
    const auto name = nameOf(context, person);
    if (!name) {
        return name.error();
    }
    Batch batch;
    batch.expects.push_back({std::string(kind), *name, Expect::State::present, 0});
    batch.erases.push_back({std::string(kind), *name});
    const auto outcome = host_.records().apply(context, std::move(batch));
    return outcome ? Result<bool>(outcome->applied()) : outcome.error();
}

Result<std::string> RecoveryCodes::nameOf(const Context& context, const FoundUser& person) const {
    return host_.subjects().of(context, person.store, person.user.id);
}

std::string RecoveryCodes::hashOf(std::string_view name, std::string_view typed) const {
    return hex(host_.crypto().mac(kind, std::string(name) + " " + std::string(typed)));
}

/// False: the record is no longer what the set was made from.
Result<bool> RecoveryCodes::put(const Context& context, const std::string& name,
                                const RecoverySet& set) const {
    Record record;
    record.kind = kind;
    record.key = name;
    record.links = {{"subject", name}};
    record.payload = set.text();
    const auto state = set.version == 0 ? Expect::State::absent : Expect::State::version;
    Batch batch;
    batch.expects.push_back({std::string(kind), name, state, set.version});
    batch.puts.push_back(std::move(record));
    const auto outcome = host_.records().apply(context, std::move(batch));
    return outcome ? Result<bool>(outcome->applied()) : outcome.error();
}

}  // namespace gatehouse
