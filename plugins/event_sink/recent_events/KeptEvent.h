// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Event.h>
#include <gatehouse/KeepsRecentEvents.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// An event of a person's as it is kept.
struct KeptEvent {
    RecentEvent event;
    std::string requestId;

    /// nullopt: an event that is not kept.
    static std::optional<KeptEvent> from(const Event& event);
};

/// The newest first.
using KeptEvents = std::vector<KeptEvent>;

/// Puts one more before them. What one request did is told once. What strangers can cause takes the
/// place of no more than one entry, until the person does something: so nobody drives out what
/// matters.
void add(KeptEvents& events, KeptEvent event);

std::string toText(const KeptEvents& events);
/// nullopt: not made by toText().
std::optional<KeptEvents> keptEvents(std::string_view text);

}  // namespace gatehouse
