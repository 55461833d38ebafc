// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Records.h>

#include "KeptEvent.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace gatehouse {

/// The last events of people: a record for each of them, so many at most, none older than so long.
/// Threads: any.
class EventBook {
public:
    EventBook(Host& host, std::size_t most, milliseconds keep)
        : host_(host), most_(most), keep_(keep) {}

    /// The newest first.
    Result<KeptEvents> of(const Context& context, std::string_view sub) const;
    /// In the order in which they happened.
    Status add(const Context& context, const std::string& sub, const KeptEvents& events) const;

private:
    KeptEvents read(const std::optional<Record>& record) const;
    /// False: another node was first.
    Result<bool> tryToAdd(const Context& context, const std::string& sub,
                          const KeptEvents& events) const;

    Host& host_;
    std::size_t most_;
    milliseconds keep_;
};

}  // namespace gatehouse
