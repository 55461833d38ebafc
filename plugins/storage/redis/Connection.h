// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Channel.h"
#include "Command.h"
#include "Reply.h"
#include "ReplyReader.h"
#include "Script.h"

#include <string_view>
#include <vector>

namespace gatehouse {

/// Commands and their replies on one channel. What throws RedisFailure leaves it useless. An error
/// reply is such a failure. Threads: one at a time.
class Connection {
public:
    Connection(const Endpoint& server, const TlsContext* tls, Moment until);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() = default;

    Reply call(const Command& command, Moment until);
    /// All in one sending; the replies in the order of the commands.
    std::vector<Reply> call(const std::vector<Command>& commands, Moment until);
    /// Runs a script by its hash; by its text when this server has not seen it.
    Reply run(const Script& script, std::string_view prefix, const Command& words, Moment until);
    /// Is the server there, and has it said nothing unasked?
    bool isQuiet() { return !reader_.hasMore() && channel_.isQuiet(); }

    /// Which process answers here: Redis makes one up each time it is started.
    const std::string& server() const noexcept { return server_; }
    void setServer(std::string runId) { server_ = std::move(runId); }

private:
    Channel channel_;
    Moment until_{};
    ReplyReader reader_;
    std::string server_;
};

}  // namespace gatehouse
