// SPDX-License-Identifier: Apache-2.0
// What a Redis, or somebody in its place, answers; the first byte says in what pieces it arrives.
#include "Fuzz.h"
#include "RecordCodec.h"
#include "RedisFailure.h"
#include "Told.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace gatehouse::fuzz {

namespace {

/// All replies up to the end or the first that is none.
std::vector<Reply> repliesIn(std::string_view text, std::size_t step) {
    Told told(text, step);
    std::vector<Reply> replies;
    try {
        while (true) {
            replies.push_back(told.read());
        }
    } catch (const RedisFailure&) {
        return replies;
    }
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
    const auto inOnePiece = repliesIn(input.substr(1), 16384);
    for (std::size_t index = 0; index < std::min(replies.size(), inOnePiece.size()); ++index) {
        ensure(replies[index]->toString() == inOnePiece[index]->toString(),
               "pieces make no difference");
    }
    for (const auto& reply : replies) {
        use(reply);
        const auto written = reply->toString();
        const auto again = repliesIn(written, step);
        ensure(again.size() == 1 && again.front()->toString() == written,
               "a reply that is written again is read as the same");
    }
}

}  // namespace gatehouse::fuzz
