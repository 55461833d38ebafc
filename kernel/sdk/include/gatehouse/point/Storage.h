// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/Result.h>
#include <gatehouse/Time.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Something a record can be listed by: {"subject", "u1"}, {"client", "c1"}.
struct Link {
    std::string name;
    std::string value;
};

/// One stored thing. Opaque to the storage but for what is named here.
struct Record {
    std::string kind;  ///< "client", "authorization_code" ...; lower_case
    std::string key;  ///< unique within the kind; any bytes
    IssuerId issuer = 1;
    std::uint64_t version = 0;  ///< counts writes, 1 at first; set by the storage, ignored in puts
    std::string family;  ///< one authorization and everything issued from it; may be empty
    std::vector<Link> links;
    TimePoint expires = never;  ///< a record past this moment does not exist
    std::string payload;  ///< up to 1 MiB, any bytes
};

/// What must be true of a record for a batch to be applied.
struct Expect {
    enum class State { absent, present, version };
    std::string kind;
    std::string key;
    State state = State::absent;
    std::uint64_t version = 0;  ///< for State::version
    IssuerId issuer = 0;  ///< when not 0, a record of another issuer meets no expectation
    /// For State::absent: a storage that may have lost what was put at this moment or later does
    /// not meet it, and finds nothing. Only a storage that can lose what it acknowledged needs to
    /// look.
    TimePoint since = never;
};

struct RecordKey {
    std::string kind;
    std::string key;
};

/// A row for the change feed, written with its batch: other nodes learn that something changed.
struct Notice {
    std::string topic;  ///< "client", "key", "user", "revocation", "unlock"
    std::string key;
    IssuerId issuer = 1;
    TimePoint expires = never;  ///< when nobody needs to know any more
};

/// Changes that happen all together or not at all: expectations first, then erases, then puts.
struct Batch {
    std::vector<Expect> expects;
    std::vector<Record> puts;  ///< insert or replace; each raises the version by one
    std::vector<RecordKey> erases;
    std::vector<std::string> eraseFamilies;  ///< every record of these families, in every kind
    std::vector<Notice> notices;
};

/// How a batch ended: applied, or the first expectation that failed and the record found there.
struct Outcome {
    std::optional<std::size_t> failed;  ///< index into Batch::expects; nullopt: applied
    std::optional<Record> found;  ///< the record that stood in the way, when there is one
    bool applied() const noexcept { return !failed; }
};

struct RecordPage {
    std::vector<Record> records;  ///< in the order of their keys
    std::string next;  ///< give as `after` to go on; empty at the end
};

struct Change {
    std::uint64_t number =
        0;  ///< ascending; numbers may become visible out of order for a few seconds
    Notice notice;
};

class StorageMaintenance;

/// Keeps records. No OAuth in here. One instance serves all workers, concurrently.
///
/// What apply() returned as applied survives a crash of process and machine (a storage may offer a
/// weaker setting by name). A dependency that is away, a full disk and a read-only file are
/// Fault::unavailable and recover without a restart.
class Storage : public Plugin {
public:
    static constexpr Point point{"storage", 1, Cardinality::many};

    /// Applies each batch by itself (one may fail, the next succeed) but all in one go: one commit,
    /// one round trip. The outcomes stand in the order of the batches. On an error nothing of any
    /// batch was applied, but for Fault::unknown: whoever commits fell silent before it answered,
    /// so each batch may have been applied, or still be.
    virtual Result<std::vector<Outcome>> apply(const Context&,
                                               const std::vector<Batch>& batches) = 0;
    /// The record, or nullopt when there is none or it has expired.
    virtual Result<std::optional<Record>> find(const Context&, std::string_view kind,
                                               std::string_view key) const = 0;
    /// Records of this kind and issuer (Context::issuer), in the order of their keys, those after
    /// `after`. An empty link name lists them all; `limit` is at least 1.
    virtual Result<RecordPage> list(const Context&, std::string_view kind, const Link& link,
                                    std::string_view after, std::size_t limit) const = 0;
    /// Adds one to a counter and returns its value; it starts again at 1 when its window has
    /// passed. Need not be durable.
    virtual Result<std::int64_t> count(const Context&, std::string_view key, seconds window) = 0;
    /// Notices numbered above `number`, unexpired, ascending, at most 1,000.
    virtual Result<std::vector<Change>> changesSince(const Context&,
                                                     std::uint64_t number) const = 0;
    /// Removes expired records, counters and notices; at most so many; returns how many went. Small
    /// steps: never a lock that others feel.
    virtual Result<std::size_t> dropExpired(const Context&, TimePoint before,
                                            std::size_t atMost) = 0;
    /// The time on the server that keeps the records; nullopt: that is this machine.
    virtual Result<std::optional<TimePoint>> serverTime(const Context&) const {
        return std::optional<TimePoint>();
    }
    /// What can be done with it as a whole; nullptr: nothing. Owned by the storage.
    virtual StorageMaintenance* maintenance() noexcept { return nullptr; }
};

}  // namespace gatehouse
