// SPDX-License-Identifier: Apache-2.0
// What a Redis, or somebody in its place, answers; the first byte says in what pieces it arrives.
#include "Fuzz.h"
#include "RecordCodec.h"
#include "RedisFailure.h"
#include "ReplyReader.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::fuzz {

namespace {

/// All replies up to the end or the first that is none, and how they are written in RESP.
std::vector<Reply> repliesIn(std::string_view text, std::size_t step) {
    std::size_t at = 0;
    ReplyReader reader([&](char* into, std::size_t most) {
        const auto size = text.substr(at).copy(into, std::min(most, step));
        if (size == 0) {
            throw RedisFailure(RedisFailure::Cause::away, "the end");
        }
        at += size;
        return size;
    });
    std::vector<Reply> replies;
    try {
        while (true) {
            replies.push_back(reader.read());
        }
    } catch (const RedisFailure&) {
        return replies;
    }
}

std::string written(const Reply& reply) {
    switch (reply.type) {
    case Reply::Type::nothing: return "$-1\r\n";
    case Reply::Type::number: return ":" + std::to_string(reply.number) + "\r\n";
    case Reply::Type::error: return "-" + reply.text + "\r\n";
    case Reply::Type::text:
        return "$" + std::to_string(reply.text.size()) + "\r\n" + reply.text + "\r\n";
    case Reply::Type::list: break;
    }
    std::string text = "*" + std::to_string(reply.items.size()) + "\r\n";
    for (const auto& item : reply.items) {
        text += written(item);
    }
    return text;
}

/// What the storage makes of it: something, or a refusal.
template <class Work> void tryOut(const Work& work) {
    try {
        work();
    } catch (const RedisFailure&) {
        // Not what was asked for.
    }
}

void use(const Reply& reply) {
    Batch batch;
    batch.expects.push_back({"replay", "a", Expect::State::absent});
    tryOut([&] {
        const auto outcome = outcomeOf(batch, reply);
        ensure(outcome.applied() || *outcome.failed == 0, "only what was expected can fail");
    });
    tryOut([&] { (void)recordOf("replay", "a", reply); });
    tryOut([&] { (void)pageOf("replay", reply); });
    tryOut([&] { (void)changeOf(reply); });
}

}  // namespace

void run(std::string_view input) {
    if (input.empty()) {
        return;
    }
    const auto step = static_cast<std::size_t>(static_cast<unsigned char>(input.front())) + 1;
    const auto replies = repliesIn(input.substr(1), step);
    ensure(repliesIn(input.substr(1), 16384).size() == replies.size(), "pieces make no difference");
    for (const auto& reply : replies) {
        use(reply);
        const auto again = repliesIn(written(reply), step);
        ensure(again.size() == 1 && written(again.front()) == written(reply),
               "a reply that is written again is read as the same");
    }
}

}  // namespace gatehouse::fuzz
