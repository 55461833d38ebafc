// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Channel.h"
#include "Reply.h"
#include "Script.h"

#include <Poco/Net/StreamSocket.h>
#include <Poco/Redis/RedisStream.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// A command, or a part of one: words of any bytes.
using Words = std::vector<std::string>;

/// Commands and their replies on one channel. What throws RedisFailure leaves it useless. An error
/// reply is such a failure. Threads: one at a time.
class Connection {
public:
    Connection(const Endpoint& server, const TlsContext* tls, Moment until);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() = default;

    Reply call(const Words& command, Moment until);
    /// All in one sending; the replies in the order of the commands.
    std::vector<Reply> callAll(const std::vector<Words>& commands, Moment until);
    /// Runs a script by its hash; by its text when this server has not seen it.
    Reply run(const Script& script, const std::string& prefix, const Words& words, Moment until);
    /// Is the server there, and has it said nothing unasked?
    bool isQuiet() { return input_.rdbuf()->in_avail() == 0 && channel_.isQuiet(); }

    /// Which process answers here: Redis makes one up each time it is started.
    const std::string& server() const noexcept { return server_; }
    void setServer(std::string runId) { server_ = std::move(runId); }

private:
    void write(const Words& command);
    Reply answer();

    Poco::Net::StreamSocket socket_;
    Channel& channel_;  ///< the socket's
    Poco::Redis::RedisInputStream input_{socket_};
    Poco::Redis::RedisOutputStream output_{socket_};
    std::string server_;
};

}  // namespace gatehouse
