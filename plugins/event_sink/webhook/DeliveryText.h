// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Event.h>

#include <cstddef>
#include <string>

namespace gatehouse {

/// A delivery's body: {"id": ID, "events": [...]}; each event has the id "ID.NUMBER". It is written
/// once and has a job's payload for a limit.
class DeliveryText {
public:
    explicit DeliveryText(std::string id);

    /// False: there is no room for it beside those that are there. One that would fill a delivery
    /// alone is told without its details.
    bool add(const Event& event);
    const std::string& id() const noexcept { return id_; }
    /// How many events there are.
    std::size_t size() const noexcept { return size_; }
    std::string text() const { return text_ + "]}"; }

private:
    std::string id_;
    std::string text_;
    std::size_t size_ = 0;
};

}  // namespace gatehouse
