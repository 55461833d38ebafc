// SPDX-License-Identifier: Apache-2.0
#include "Connection.h"

#include "RedisFailure.h"

#include <Poco/Redis/Array.h>

#include <ios>

namespace gatehouse {
namespace {

constexpr std::string_view unknownScript = "NOSCRIPT";

Words running(const char* verb, const std::string& script, const std::string& prefix,
              const Words& words) {
    Words command{verb, script, "1", prefix};
    command.insert(command.end(), words.begin(), words.end());
    return command;
}

Reply required(Reply reply) {
    if (reply->isError()) {
        throw RedisFailure::ofReply(errorOf(reply));
    }
    return reply;
}

}  // namespace

Connection::Connection(const Endpoint& server, const TlsContext* tls, Moment until)
    : socket_(new Channel(server, tls, until)), channel_(dynamic_cast<Channel&>(*socket_.impl())) {
    input_.exceptions(std::ios::badbit);  // so that it throws what the channel throws
}

Reply Connection::call(const Words& command, Moment until) {
    channel_.setDeadline(until);
    write(command);
    return required(answer());
}

std::vector<Reply> Connection::callAll(const std::vector<Words>& commands, Moment until) {
    channel_.setDeadline(until);
    for (const auto& command : commands) {
        write(command);
    }
    std::vector<Reply> replies;
    while (replies.size() < commands.size()) {
        replies.push_back(required(answer()));
    }
    return replies;
}

Reply Connection::run(const Script& script, const std::string& prefix, const Words& words,
                      Moment until) {
    channel_.setDeadline(until);
    write(running("EVALSHA", script.sha1, prefix, words));
    Reply reply = answer();
    // An unknown script has done nothing, so this is no second try.
    const bool isUnknown = errorOf(reply).compare(0, unknownScript.size(), unknownScript) == 0;
    return isUnknown ? call(running("EVAL", script.text, prefix, words), until)
                     : required(std::move(reply));
}

Reply Connection::answer() {
    try {
        return readReply(input_);
    } catch (const RedisFailure& failure) {
        throw RedisFailure::silence(failure.what());
    }
}

void Connection::write(const Words& command) {
    Poco::Redis::Array array;
    array << command;
    output_ << array.toString() << std::flush;
}

}  // namespace gatehouse
