// SPDX-License-Identifier: Apache-2.0
#include "loader/GivenHost.h"

#include <stdexcept>
#include <utility>

namespace gatehouse {

GivenHost::GivenHost(std::string instance) : instance_(std::move(instance)) {}

std::vector<Host::Named<Plugin>> GivenHost::find(const Point& point) {
    const auto found = given_.find(std::string_view(point.name));
    if (found == given_.end()) {
        throw std::logic_error(instance_ + " asks for " + point.name +
                               ", which is not among its needs or not started");
    }
    return found->second;
}

}  // namespace gatehouse
