// SPDX-License-Identifier: Apache-2.0
#include "Connection.h"

#include "RedisFailure.h"

#include <string>

namespace gatehouse {
namespace {

constexpr std::string_view unknownScript = "NOSCRIPT";

Command running(std::string_view verb, std::string_view script, std::string_view prefix,
                const Command& words) {
    Command command{verb, script, "1", prefix};
    command.add(words);
    return command;
}

Reply required(Reply reply) {
    if (reply.type == Reply::Type::error) {
        throw RedisFailure::ofReply(reply.text);
    }
    return reply;
}

}  // namespace

Connection::Connection(const Endpoint& server, const TlsContext* tls, Moment until)
    : channel_(server, tls, until), reader_([this](char* into, std::size_t most) {
          return channel_.receive(into, most, until_);
      }) {}

Reply Connection::call(const Command& command, Moment until) {
    until_ = until;
    channel_.send(command.text(), until);
    return required(reader_.read());
}

std::vector<Reply> Connection::call(const std::vector<Command>& commands, Moment until) {
    until_ = until;
    std::string together;
    for (const auto& command : commands) {
        together += command.text();
    }
    channel_.send(together, until);
    std::vector<Reply> replies;
    while (replies.size() < commands.size()) {
        replies.push_back(required(reader_.read()));
    }
    return replies;
}

Reply Connection::run(const Script& script, std::string_view prefix, const Command& words,
                      Moment until) {
    until_ = until;
    channel_.send(running("EVALSHA", script.sha1, prefix, words).text(), until);
    Reply reply = reader_.read();
    const bool isUnknown = reply.type == Reply::Type::error &&
                           reply.text.compare(0, unknownScript.size(), unknownScript) == 0;
    // An unknown script has done nothing, so this is no second try.
    return isUnknown ? call(running("EVAL", script.text, prefix, words), until)
                     : required(std::move(reply));
}

}  // namespace gatehouse
