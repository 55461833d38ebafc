// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Time.h>
#include <gatehouse/point/Storage.h>

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// A request that is good for one answer (RFC 9126 section 4).
struct GoodOnce {
    std::string name;  ///< unlike any other's; empty: good for as many as are asked for
    TimePoint until{};  ///< nobody can send it from then on
};

/// Which requests that are good once have their answer. It is told by a mark that is written with
/// it, so that of two tabs one is answered. Threads: any; blocks on the storage.
class AnsweredRequests {
public:
    /// `pagesLifetime`: for how long pages that were opened before the answer can go on.
    AnsweredRequests(Host& host, seconds pagesLifetime)
        : host_(host), pagesLifetime_(pagesLifetime) {}

    /// Who answered it, as given to add(); nullopt: nobody did.
    Result<std::optional<std::string>> find(const Context& context, const GoodOnce& request) const;
    /// It is answered with the batch, which `isFirst` only applies when it has no answer yet.
    void add(const GoodOnce& request, std::string_view by, bool isFirst, Batch& batch) const;

private:
    Host& host_;
    seconds pagesLifetime_;
};

}  // namespace gatehouse
