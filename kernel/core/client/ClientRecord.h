// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Records.h>

#include <string>
#include <string_view>

namespace gatehouse {

/// The record of a client, and the topic of what is told to every node of its changes.
constexpr std::string_view clientKind = "client";

/// A name for one of the registrations that an id has in its time.
std::string newRegistration(Random& random);

/// Puts a client into the storage and tells every node of it. `expect` is about its record.
Batch putClient(const Context& context, const Clock& clock, const Client& client,
                Expect::State expect, std::uint64_t version = 0);

/// Takes one away and tells every node of it, and that what came of its registration's tokens has
/// ended; those that it holds itself have with it.
Batch eraseClient(const Context& context, const Clock& clock, const Client& client);

}  // namespace gatehouse
