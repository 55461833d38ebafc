// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Records.h>

#include "store/InstanceNames.h"

#include <optional>

namespace gatehouse {

/// The records as one plugin instance sees them: its own. Threads: any.
class OwnRecords final : public Records {
public:
    /// `records` must outlive this.
    OwnRecords(Records& records, InstanceNames names)
        : records_(records), names_(std::move(names)) {}

    /// Before it is used.
    void keepPlainNames() { names_.keepPlainNames(); }

    Result<std::optional<Record>> find(const Context&, std::string_view kind,
                                       std::string_view key) override;
    /// Fault::internal for a plugin that would erase families, which are the kernel's.
    Result<Outcome> apply(const Context&, Batch batch) override;
    Result<bool> once(const Context&, std::string_view kind, std::string_view id, TimePoint until,
                      TimePoint earliest) override;
    Result<RecordPage> list(const Context&, std::string_view kind, const Link& link,
                            std::string_view after, std::size_t limit) override;
    Result<std::int64_t> count(const Context&, std::string_view key, seconds window) override;

private:
    Records& records_;
    InstanceNames names_;
};

}  // namespace gatehouse
