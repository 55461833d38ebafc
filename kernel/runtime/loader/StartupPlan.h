// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Plugin.h>

#include "config/Problems.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// What the plan has to know of an instance.
struct PlannedInstance {
    std::string use;  ///< "user_store.ldap"
    std::string label;  ///< "user_store.ldap (staff)"
    Place place;  ///< no place at all for a built-in
    Point point;
    NameTable needs;
};

/// The order in which instances start: each after all instances of the points and plugins it needs;
/// otherwise
/// storages first, then key store, event sinks, metrics exporters, then as configured. Stopping
/// goes the other way.
class StartupPlan {
public:
    /// Names of installed plugins of a point, for messages.
    using Installed = std::function<std::vector<std::string>(std::string_view point)>;

    /// In a part what only a whole server has may be missing.
    enum class Extent : std::uint8_t { whole, part };

    StartupPlan(const std::vector<PlannedInstance>& instances, Extent extent,
                const Installed& installed);

    /// Positions in the list given; only when there are no problems.
    const std::vector<std::size_t>& order() const noexcept { return order_; }
    const Problems& problems() const noexcept { return problems_; }

private:
    void checkCardinality();
    void checkNeeds(Extent extent, const Installed& installed);
    void sort();
    bool isReady(std::size_t index, const std::vector<bool>& placed) const;
    void reportCycle(const std::vector<bool>& placed);
    std::size_t firstUnplacedNeed(std::size_t index, const std::vector<bool>& placed) const;
    bool needs(std::size_t who, std::size_t what) const;

    const std::vector<PlannedInstance>& instances_;
    std::vector<std::size_t> order_;
    Problems problems_;
};

}  // namespace gatehouse
