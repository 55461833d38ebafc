// SPDX-License-Identifier: Apache-2.0
#include "InitialTokens.h"

#include "json/Json.h"
#include "json/Members.h"
#include "text/Base64Url.h"

#include <utility>

namespace gatehouse {

namespace {

constexpr std::string_view kind = "initial_token";
constexpr std::size_t idBytes = 9;
constexpr std::size_t secretBytes = 32;
/// Of somebody who takes from it at the same moment as others.
constexpr int mostTries = 50;

InitialToken tokenFrom(const Record& record, const ValueMap& payload) {
    return {record.key,
            std::string(payload.text("note")),
            policyFrom(objectOf(payload, "policy")),
            numberOf(payload, "left"),
            numberOf(payload, "used"),
            TimePoint{milliseconds{numberOf(payload, "created")}},
            record.expires};
}

Record recordOf(const InitialToken& token, std::string_view hash) {
    Record record;
    record.kind = kind;
    record.key = token.id;
    record.expires = token.expires;
    record.payload = toJson(ValueMap{{"hash", hash},
                                     {"note", token.note},
                                     {"policy", policyValue(token.policy)},
                                     {"left", token.left},
                                     {"used", token.used},
                                     {"created", token.created.time_since_epoch().count()}});
    return record;
}

}  // namespace

struct InitialTokens::Kept {
    InitialToken token;
    std::string hash;
    std::uint64_t version;
};

Result<NewInitialToken> InitialTokens::make(const Context& context, InitialToken wish) const {
    wish.id = base64url(host_.random().bytes(idBytes));
    wish.created = host_.clock().now();
    std::string text = wish.id + "." + base64url(host_.random().bytes(secretBytes));
    Batch batch;
    batch.expects.push_back({std::string(kind), wish.id, Expect::State::absent, 0});
    batch.puts.push_back(recordOf(wish, base64url(host_.crypto().mac(kind, text))));
    const auto outcome = host_.records().apply(context, std::move(batch));
    if (!outcome) {
        return outcome.error();
    }
    return outcome->applied() ? Result<NewInitialToken>({std::move(wish), std::move(text)})
                              : Error::internal("a new token has the id of another");
}

Result<std::vector<InitialToken>> InitialTokens::list(const Context& context) const {
    constexpr std::size_t pageSize = 200;
    std::vector<InitialToken> tokens;
    std::string after;
    do {
        const auto page = host_.records().list(context, kind, {}, after, pageSize);
        if (!page) {
            return page.error();
        }
        for (const auto& record : page->records) {
            const auto payload = parseJson(record.payload);
            if (payload && payload->map() != nullptr) {
                tokens.push_back(tokenFrom(record, *payload->map()));
            }
        }
        after = page->next;
    } while (!after.empty());
    return tokens;
}

Result<bool> InitialTokens::revoke(const Context& context, std::string_view id) const {
    Batch batch;
    batch.expects.push_back({std::string(kind), std::string(id), Expect::State::present, 0});
    batch.erases.push_back({std::string(kind), std::string(id)});
    const auto outcome = host_.records().apply(context, std::move(batch));
    return outcome ? Result<bool>(outcome->applied()) : outcome.error();
}

Result<std::optional<InitialToken>> InitialTokens::take(const Context& context,
                                                        std::string_view text) const {
    const auto hash = base64url(host_.crypto().mac(kind, text));
    for (int tries = 0; tries < mostTries; ++tries) {
        auto kept = find(context, text.substr(0, text.find('.')));
        if (!kept) {
            return kept.error();
        }
        if (!*kept || !host_.crypto().equal((*kept)->hash, hash) || (*kept)->token.left < 1) {
            return std::optional<InitialToken>();
        }
        const auto moved = move(context, **kept, 1);
        if (!moved) {
            return moved.error();
        }
        if (*moved) {
            return std::optional(std::move((*kept)->token));
        }
    }
    return Error::unavailable("an initial access token is used by too many at once");
}

void InitialTokens::giveBack(const Context& context, std::string_view id) const {
    for (int tries = 0; tries < mostTries; ++tries) {
        auto kept = find(context, id);
        if (!kept || !*kept) {
            return;
        }
        const auto moved = move(context, **kept, -1);
        if (!moved || *moved) {
            return;
        }
    }
}

Result<std::optional<InitialTokens::Kept>> InitialTokens::find(const Context& context,
                                                               std::string_view id) const {
    const auto record = host_.records().find(context, kind, id);
    if (!record) {
        return record.error();
    }
    if (!*record) {
        return std::optional<Kept>();
    }
    const auto payload = parseJson((*record)->payload);
    if (!payload || payload->map() == nullptr) {
        return Error::internal("an initial access token is damaged");
    }
    return std::optional(Kept{tokenFrom(**record, *payload->map()),
                              std::string(payload->map()->text("hash")), (*record)->version});
}

/// False: somebody else was first.
Result<bool> InitialTokens::move(const Context& context, Kept kept,
                                 std::int64_t registrations) const {
    kept.token.left -= registrations;
    kept.token.used += registrations;
    Batch batch;
    batch.expects.push_back(
        {std::string(kind), kept.token.id, Expect::State::version, kept.version});
    batch.puts.push_back(recordOf(kept.token, kept.hash));
    const auto outcome = host_.records().apply(context, std::move(batch));
    return outcome ? Result<bool>(outcome->applied()) : outcome.error();
}

}  // namespace gatehouse
