// SPDX-License-Identifier: Apache-2.0
#include "RedisStorage.h"

#include "RecordCodec.h"
#include "Scripts.h"

#include <algorithm>
#include <exception>
#include <utility>

namespace gatehouse {
namespace {

constexpr std::uint16_t sentinelPort = 26379;

constexpr Field fields[] = {
    {"url", Kind::url, required,
     "redis://[USER:PASSWORD@]HOST[:PORT][/DATABASE], rediss:// for TLS; the host does not count "
     "where sentinels are named"},
    {"password", Kind::secret, optional, "in place of the one in the URL"},
    {"prefix", Kind::text, byDefault("gatehouse:"),
     "what every key begins with; deployments that share a database need different ones",
     between(1, 64)},
    {"ca_file", Kind::path, optional,
     "PEM certificates of the authorities to believe; without it the system's"},
    {"sentinels", Kind::list, optional, "HOST:PORT of each Redis Sentinel, which name the master"},
    {"master_name", Kind::text, optional, "how the sentinels call the master"},
    {"sentinel_password", Kind::secret, optional, "where the sentinels want one"},
    {"timeout", Kind::duration, byDefault("2s"), "longest wait for an answer and for a connection",
     between(50, 30000)},
};

/// Records of a page, and notices of an answer, at most.
constexpr std::size_t mostAtOnce = 1000;
/// Records removed by one step of a clean-up.
constexpr std::size_t dropStep = 100;

Error at(const Config& config, const char* setting, const std::string& what) {
    return Error::badInput(config.place(setting) + ": " + what);
}

}  // namespace

Status RedisStorage::configure(const Config& config, Host& host) {
    clock_ = &host.clock();
    log_ = &host.log();
    const Status read = readServer(config);
    return read ? readSentinels(config) : read;
}

Status RedisStorage::readServer(const Config& config) {
    auto settings = settingsOfUrl(config.text("url"));
    if (!settings) {
        return at(config, "url", settings.error().detail);
    }
    settings_ = *std::move(settings);
    if (config.has("password") && !settings_.password.empty()) {
        return at(config, "password", "the URL has one already");
    }
    if (config.has("password")) {
        settings_.password = config.secret("password");
    }
    if (!settings_.user.empty() && settings_.password.empty()) {
        return at(config, "url", "a user needs a password, here or as `password`");
    }
    if (config.has("ca_file") && !settings_.isTls) {
        return at(config, "ca_file", "only TLS needs it; write rediss:// in the URL");
    }
    settings_.caFile = config.text("ca_file");
    settings_.timeout = config.duration("timeout");
    prefix_ = config.text("prefix");
    return done();
}

Status RedisStorage::readSentinels(const Config& config) {
    for (const auto& text : config.list("sentinels")) {
        auto sentinel = endpointOf(text, sentinelPort);
        if (!sentinel) {
            return at(config, "sentinels", sentinel.error().detail);
        }
        settings_.sentinels.push_back(*std::move(sentinel));
    }
    settings_.masterName = config.text("master_name");
    settings_.sentinelPassword = config.secret("sentinel_password");
    if (settings_.sentinels.empty() != settings_.masterName.empty()) {
        return at(config, "sentinels", "sentinels and master_name need each other");
    }
    return done();
}

/// The certificates.
Status RedisStorage::check() const {
    try {
        const Dialer dialer(settings_);
        return done();
    } catch (const RedisFailure& failure) {
        return failure.error();
    }
}

/// A Redis that is away comes back; one that refuses us needs somebody to act.
Status RedisStorage::start() {
    try {
        dialer_ = std::make_unique<Dialer>(settings_);
        pool_.start([this] { return open(); }, *log_);
        pool_.giveBack(pool_.take(std::chrono::steady_clock::now() + 2 * settings_.timeout));
    } catch (const RedisFailure& failure) {
        if (failure.cause() != RedisFailure::Cause::away) {
            return failure.error();
        }
    }
    return done();
}

void RedisStorage::stop() noexcept {
    pool_.stop();
}

/// No batches at all: so that the time from which nothing is lost begins now, not at the first use.
std::unique_ptr<Connection> RedisStorage::open() {
    auto connection = dialer_->open();
    applyOn(*connection, {}, std::chrono::steady_clock::now() + settings_.timeout);
    return connection;
}

Result<std::vector<Outcome>> RedisStorage::apply(const Context& context,
                                                 const std::vector<Batch>& batches) {
    if (batches.empty()) {
        return std::vector<Outcome>{};
    }
    const auto work = [&](Connection& connection, Moment until) {
        const Reply reply = applyOn(connection, batches, until);
        const auto items = itemsOf(reply);
        std::vector<Outcome> outcomes;
        for (std::size_t index = 0; index < std::min(items.size(), batches.size()); ++index) {
            outcomes.push_back(outcomeOf(batches[index], items[index]));
        }
        return outcomes;
    };
    return call(context, work, &RedisFailure::errorOfChange);
}

Reply RedisStorage::applyOn(Connection& connection, const std::vector<Batch>& batches,
                            Moment until) const {
    const TimePoint now = clock_->now();
    Words words{momentText(now), connection.server(), std::to_string(batches.size())};
    for (const auto& batch : batches) {
        addBatch(words, batch, now);
    }
    return connection.run(applyScript(), prefix_, words, until);
}

Result<std::optional<Record>> RedisStorage::find(const Context& context, std::string_view kind,
                                                 std::string_view key) const {
    return call(context, [&](Connection& connection, Moment until) {
        const std::string place = prefix_ + "r:" + std::string(kind) + ":" + std::string(key);
        auto record = recordOf(
            kind, key, connection.call({"HMGET", place, "i", "v", "e", "f", "l", "d"}, until));
        const bool isLive = record && record->expires > clock_->now();
        return isLive ? std::move(record) : std::nullopt;
    });
}

Result<RecordPage> RedisStorage::list(const Context& context, std::string_view kind,
                                      const Link& link, std::string_view after,
                                      std::size_t limit) const {
    return call(context, [&](Connection& connection, Moment until) {
        const Words words{momentText(clock_->now()),
                          std::string(kind),
                          std::to_string(context.issuer.id),
                          link.name,
                          link.name.empty() ? std::string() : link.value,
                          std::string(after),
                          std::to_string(std::min(limit, mostAtOnce))};
        return pageOf(kind, connection.run(listScript(), prefix_, words, until));
    });
}

Result<std::int64_t> RedisStorage::count(const Context& context, std::string_view key,
                                         seconds window) {
    return call(context, [&](Connection& connection, Moment until) {
        const TimePoint now = clock_->now();
        const Words words{momentText(now), std::string(key), momentText(now + window),
                          lifeText(now + window, now)};
        return numberOf(connection.run(countScript(), prefix_, words, until));
    });
}

Result<std::vector<Change>> RedisStorage::changesSince(const Context& context,
                                                       std::uint64_t number) const {
    return call(context, [&](Connection& connection, Moment until) {
        return changesOn(connection, number, until);
    });
}

std::vector<Change> RedisStorage::changesOn(Connection& connection, std::uint64_t number,
                                            Moment until) const {
    const TimePoint now = clock_->now();
    std::vector<Change> changes;
    for (std::size_t got = mostAtOnce; got == mostAtOnce && changes.empty();) {
        const Reply reply =
            connection.call({"ZRANGEBYSCORE", prefix_ + "n", "(" + std::to_string(number), "+inf",
                             "LIMIT", "0", std::to_string(mostAtOnce)},
                            until);
        const auto items = itemsOf(reply);
        got = items.size();
        for (const auto& item : items) {
            Change change = changeOf(item);
            number = change.number;
            if (change.notice.expires > now) {
                changes.push_back(std::move(change));
            }
        }
    }
    return changes;
}

/// In steps of a few records each, as Redis does nothing else meanwhile.
Result<std::size_t> RedisStorage::dropExpired(const Context& context, TimePoint before,
                                              std::size_t atMost) {
    return call(context, [&](Connection& connection, Moment until) {
        std::size_t dropped = 0;
        while (dropped < atMost) {
            const std::size_t wanted = std::min(dropStep, atMost - dropped);
            const Words words{momentText(before), std::to_string(wanted)};
            const auto step = static_cast<std::size_t>(
                numberOf(connection.run(dropScript(), prefix_, words, until)));
            dropped += step;
            if (step < wanted) {
                break;
            }
        }
        return dropped;
    });
}

template <class Work>
auto RedisStorage::call(const Context& context, const Work& work,
                        Error (RedisFailure::*errorOf)() const) const
    -> Result<decltype(work(std::declval<Connection&>(), Moment{}))> {
    std::unique_ptr<Connection> connection;
    try {
        const Moment until = limitOf(context);
        connection = pool_.take(until);
        auto answer = work(*connection, until);
        pool_.giveBack(std::move(connection));
        return answer;
    } catch (const RedisFailure& failure) {
        pool_.discard(std::move(connection));
        return (failure.*errorOf)();
    } catch (const std::exception& problem) {
        pool_.discard(std::move(connection));
        return Error::internal(problem.what());
    }
}

Moment RedisStorage::limitOf(const Context& context) const {
    auto left = settings_.timeout;
    if (context.deadline != noDeadline) {
        left = std::clamp(
            std::chrono::duration_cast<milliseconds>(context.deadline - clock_->steady()),
            milliseconds{0}, left);
    }
    return std::chrono::steady_clock::now() + left;
}

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::RedisStorage, "redis", "0.1.0",
                 "Keeps what passes in Redis, for several nodes", gatehouse::fields)
