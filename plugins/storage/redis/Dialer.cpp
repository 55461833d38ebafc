// SPDX-License-Identifier: Apache-2.0
#include "Dialer.h"

#include "RedisFailure.h"

#include <algorithm>
#include <utility>

namespace gatehouse {
namespace {

using Cause = RedisFailure::Cause;

std::vector<Words> greetings(const std::string& user, const Secret& password) {
    if (password.empty()) {
        return {};
    }
    const std::string shown(password.view());
    return {user.empty() ? Words{"AUTH", shown} : Words{"AUTH", user, shown}};
}

/// The value of "name:value" in what INFO tells.
std::string infoOf(const Reply& reply, const std::string& name) {
    const std::string& text = textOf(reply);
    const auto at = text.find("\n" + name + ":");
    if (at == std::string::npos) {
        return {};
    }
    const auto begin = at + name.size() + 2;
    return text.substr(begin, text.find('\r', begin) - begin);
}

void requireMaster(const Reply& role) {
    const auto items = itemsOf(role);
    if (items.empty() || textOf(items.front()) != "master") {
        throw RedisFailure(Cause::away, "it is a replica and cannot be written to");
    }
}

/// A replay mark that is evicted lets a token be used twice, and nobody would notice.
void requireNoEviction(const Reply& memory) {
    const auto policy = infoOf(memory, "maxmemory_policy");
    if (infoOf(memory, "maxmemory") != "0" && policy != "noeviction") {
        throw RedisFailure(Cause::settings,
                           "its maxmemory-policy is \"" + policy +
                               "\", so it may throw away what makes things single-use; set "
                               "maxmemory-policy noeviction, or give Gatehouse a Redis of its own");
    }
}

}  // namespace

Dialer::Dialer(ServerSettings settings) : settings_(std::move(settings)) {
    if (settings_.isTls) {
        tls_.emplace(settings_.caFile);
    }
}

std::unique_ptr<Connection> Dialer::open() {
    const Endpoint server = settings_.sentinels.empty() ? settings_.server : master();
    try {
        return openAt(server);
    } catch (const RedisFailure& failure) {
        throw RedisFailure(failure.cause(), (settings_.isTls ? "rediss://" : "redis://") +
                                                server.text() + ": " + failure.what());
    }
}

/// The first sentinel that knows it is asked first the next time.
Endpoint Dialer::master() {
    std::string reasons;
    auto cause = Cause::away;
    auto& sentinels = settings_.sentinels;
    for (auto sentinel = sentinels.begin(); sentinel != sentinels.end(); ++sentinel) {
        reasons += (reasons.empty() ? "sentinel " : "; sentinel ") + sentinel->text();
        try {
            if (auto found = askSentinel(*sentinel)) {
                std::rotate(sentinels.begin(), sentinel, sentinels.end());
                return *std::move(found);
            }
            reasons += " knows no master \"" + settings_.masterName + "\"";
        } catch (const RedisFailure& failure) {
            cause = failure.cause() == Cause::away ? cause : Cause::settings;
            reasons += std::string(": ") + failure.what();
        }
    }
    throw RedisFailure(cause, reasons);
}

std::optional<Endpoint> Dialer::askSentinel(const Endpoint& sentinel) {
    const Moment until = limit();
    Connection connection(sentinel, tls(), until);
    auto commands = greetings({}, settings_.sentinelPassword);
    commands.push_back({"SENTINEL", "get-master-addr-by-name", settings_.masterName});
    const auto address = itemsOf(connection.callAll(commands, until).back());
    if (address.size() != 2) {
        return std::nullopt;
    }
    auto found = endpointOf("[" + textOf(address[0]) + "]:" + textOf(address[1]), 0);
    if (!found) {
        return std::nullopt;
    }
    return *std::move(found);
}

std::unique_ptr<Connection> Dialer::openAt(const Endpoint& server) const {
    const Moment until = limit();
    auto connection = std::make_unique<Connection>(server, tls(), until);
    try {
        logIn(*connection, until);
    } catch (const RedisFailure& failure) {
        const bool isRefusal = failure.cause() != Cause::away;
        throw RedisFailure(isRefusal ? Cause::settings : Cause::away, failure.what());
    }
    return connection;
}

void Dialer::logIn(Connection& connection, Moment until) const {
    auto commands = greetings(settings_.user, settings_.password);
    commands.push_back({"SELECT", std::to_string(settings_.database)});
    commands.push_back({"ROLE"});
    commands.push_back({"INFO", "server"});
    commands.push_back({"INFO", "memory"});
    const auto replies = connection.callAll(commands, until);
    const auto* last = replies.data() + replies.size();
    requireMaster(last[-3]);
    requireNoEviction(last[-1]);
    connection.setServer(infoOf(last[-2], "run_id"));
    if (connection.server().empty()) {
        throw RedisFailure(Cause::settings, "INFO tells no run_id");
    }
}

}  // namespace gatehouse
