// SPDX-License-Identifier: Apache-2.0
#include "loader/StartupPlan.h"

#include "Services.h"
#include "facade/Facades.h"
#include "loader/KnownPoints.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <set>

namespace gatehouse {

namespace {

/// Where a point stands among those that need nothing: what others lean on without naming it comes
/// first.
std::size_t rank(const Point& point) {
    constexpr std::array<std::string_view, 4> first{"storage", "key_store", "event_sink",
                                                    "metrics"};
    const auto found = std::find(first.begin(), first.end(), std::string_view(point.name));
    return static_cast<std::size_t>(found - first.begin());
}

bool isOne(std::string_view point) {
    const Point* known = knownPoint(point);
    return isBuiltIn(point) || (known != nullptr && known->cardinality == Cardinality::one);
}

/// A need is a point, or one plugin by its whole name. Nobody can need the core, which only facades
/// lend.
bool is(const PlannedInstance& instance, std::string_view need) {
    return need != Services::point.name && (need == instance.point.name || need == instance.use);
}

std::string joined(const std::vector<std::string>& names) {
    std::string all;
    for (const auto& name : names) {
        all += (all.empty() ? "" : ", ") + name;
    }
    return all;
}

std::string missing(const std::string& need, const StartupPlan::Installed& installed) {
    if (need.find('.') != std::string::npos) {
        return need + ", which is not configured";
    }
    if (knownPoint(need) == nullptr && !isFacade(need)) {
        return need + ", which is no extension point, and no facade: those are " +
               joined(facadeNames());
    }
    const auto names = installed(need);
    return "a " + need + ", and none is configured; " +
           (names.empty() ? "none is installed either" : "installed: " + joined(names));
}

}  // namespace

StartupPlan::StartupPlan(const std::vector<PlannedInstance>& instances, Extent extent,
                         const Installed& installed)
    : instances_(instances) {
    checkCardinality();
    checkNeeds(extent, installed);
    sort();
}

void StartupPlan::checkCardinality() {
    for (std::size_t second = 0; second < instances_.size(); ++second) {
        const auto& point = instances_[second].point;
        if (!isOne(point.name)) {
            continue;
        }
        for (std::size_t first = 0; first < second; ++first) {
            if (std::string_view(instances_[first].point.name) == point.name) {
                problems_.add(instances_[second].place,
                              instances_[second].label + ": there can be only one " + point.name +
                                  ", and " + instances_[first].label + " stands at " +
                                  instances_[first].place.text());
                break;
            }
        }
    }
}

void StartupPlan::checkNeeds(Extent extent, const Installed& installed) {
    std::set<std::string> reported;
    for (const auto& instance : instances_) {
        // The core takes what there is.
        const bool wantsAll = extent == Extent::whole && !instance.place.text().empty();
        for (const std::string need : instance.needs) {
            const bool isMet = std::any_of(instances_.begin(), instances_.end(),
                                           [&](const auto& other) { return is(other, need); });
            if ((!wantsAll && !isOne(need)) || isMet || !reported.insert(need).second) {
                continue;
            }
            problems_.add(instance.place, instance.label + ": needs " + missing(need, installed));
        }
    }
}

void StartupPlan::sort() {
    std::vector<std::size_t> candidates(instances_.size());
    std::iota(candidates.begin(), candidates.end(), std::size_t{0});
    std::stable_sort(candidates.begin(), candidates.end(),
                     [&](std::size_t left, std::size_t right) {
                         return rank(instances_[left].point) < rank(instances_[right].point);
                     });
    std::vector<bool> placed(instances_.size(), false);
    while (order_.size() < instances_.size()) {
        const auto next =
            std::find_if(candidates.begin(), candidates.end(), [&](std::size_t candidate) {
                return !placed[candidate] && isReady(candidate, placed);
            });
        if (next == candidates.end()) {
            reportCycle(placed);
            order_.clear();
            return;
        }
        placed[*next] = true;
        order_.push_back(*next);
    }
}

bool StartupPlan::isReady(std::size_t index, const std::vector<bool>& placed) const {
    return firstUnplacedNeed(index, placed) == instances_.size();
}

std::size_t StartupPlan::firstUnplacedNeed(std::size_t index,
                                           const std::vector<bool>& placed) const {
    for (std::size_t other = 0; other < instances_.size(); ++other) {
        if (!placed[other] && needs(index, other)) {
            return other;
        }
    }
    return instances_.size();
}

void StartupPlan::reportCycle(const std::vector<bool>& placed) {
    const auto first =
        static_cast<std::size_t>(std::find(placed.begin(), placed.end(), false) - placed.begin());
    std::vector<std::size_t> path{first};
    auto again = path.end();
    do {
        const std::size_t next = firstUnplacedNeed(path.back(), placed);
        path.push_back(next);
        again = std::find(path.begin(), path.end() - 1, next);
    } while (again == path.end() - 1);
    path.erase(path.begin(), again);
    std::string message;
    for (const std::size_t index : path) {
        message += (message.empty() ? "" : " needs ") + instances_[index].label;
    }
    problems_.add(instances_[path.front()].place,
                  "a circle of needs, so none can start first: " + message);
}

bool StartupPlan::needs(std::size_t who, std::size_t what) const {
    const auto& table = instances_[who].needs;
    return std::any_of(table.begin(), table.end(),
                       [&](const char* need) { return is(instances_[what], need); });
}

}  // namespace gatehouse
