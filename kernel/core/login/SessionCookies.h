// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Http.h>

#include "store/Handle.h"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace gatehouse {

/// The sessions of one browser as its cookies name them: the one in use, and in a cookie of their
/// own, which is there only when there are some, those of other people beside it.
class SessionCookies {
public:
    /// In one browser; with one more, the one that was left first is forgotten there.
    static constexpr std::size_t most = 5;

    /// Any but the one in use?
    static bool haveOthers(const Issuer& issuer, const HttpRequest& request);
    SessionCookies(const Issuer& issuer, const HttpRequest& request);

    /// The one in use first; at most `most`.
    std::vector<Handle> all() const;
    const std::optional<Handle>& inUse() const noexcept { return inUse_; }
    const std::vector<Handle>& beside() const noexcept { return beside_; }

    /// In place of the one in use, which is then beside it. The one that is forgotten for that.
    std::optional<Handle> use(const Handle& handle);
    void forget(std::string_view selector);
    /// What the browser has to be told of it.
    std::vector<Cookie> changes() const;

private:
    const Issuer& issuer_;
    std::optional<Handle> inUse_;
    std::vector<Handle> beside_;  ///< the one that was left last first
    std::string_view sentInUse_;
    std::string_view sentBeside_;
};

}  // namespace gatehouse
