// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>
#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Jobs.h>
#include <gatehouse/Token.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// A sign-on session that ends, as one of the clients knows it that were answered from it.
struct EndedSession {
    const Client& client;
    const Subject& subject;
    std::string_view sid;  ///< as in its ID tokens
};

// What a client_metadata_rule has beside its point whose clients want to hear of the end of
// sessions. Threads: any.

/// Behind the browser's back.
class SessionEndJobs {
public:
    static constexpr Capability capability{"client_metadata_rule.session_end_jobs", 1};

    virtual ~SessionEndJobs() = default;
    /// Jobs of the plugin's own (Host::jobs) that tell this client, if it wants to be told: durable
    /// together with the session's end, whoever or whatever ends it. It does not block.
    virtual std::vector<NewJob> jobs(const Context&, const EndedSession&) const = 0;
};

/// In the browser that signs out.
class SessionEndFrames {
public:
    static constexpr Capability capability{"client_metadata_rule.session_end_frames", 1};

    virtual ~SessionEndFrames() = default;
    /// The URL that the page which says so loads in a frame, https; empty: none. It does not block.
    virtual std::string frame(const Context&, const EndedSession&) const = 0;
};

}  // namespace gatehouse
