// SPDX-License-Identifier: Apache-2.0
#include "Passkeys.h"

#include "text/Base64Url.h"

#include <utility>

namespace gatehouse {

namespace {

constexpr std::string_view kind = "passkey";
constexpr std::string_view usedKind = "passkey_challenge";
constexpr std::string_view handleLabel = "passkey_user_handle";

/// Logins with one key at the same moment.
constexpr int mostRaces = 10;

Link linkOf(std::string sub) {
    return {"subject", std::move(sub)};
}

bool hasGoneOn(std::uint32_t before, std::uint32_t now) {
    return (before == 0 && now == 0) || now > before;
}

}  // namespace

Result<std::optional<Passkey>> Passkeys::find(const Context& context,
                                              std::string_view credentialId) const {
    const auto record = host_.records().find(context, kind, idOf(credentialId));
    if (!record) {
        return record.error();
    }
    if (!*record) {
        return std::optional<Passkey>();
    }
    auto passkey = opened(**record);
    return passkey ? Result<std::optional<Passkey>>(*std::move(passkey)) : passkey.error();
}

Result<std::vector<Passkey>> Passkeys::of(const Context& context, const FoundUser& person) const {
    auto sub = host_.subjects().of(context, person.store, person.user.id);
    if (!sub) {
        return sub.error();
    }
    const auto found =
        host_.records().list(context, kind, linkOf(*std::move(sub)), {}, 2 * mostOfOne);
    if (!found) {
        return found.error();
    }
    std::vector<Passkey> passkeys;
    for (const auto& record : found->records) {
        auto passkey = opened(record);
        if (!passkey) {
            return passkey.error();
        }
        passkeys.push_back(*std::move(passkey));
    }
    return passkeys;
}

Result<bool> Passkeys::add(const Context& context, const Passkey& passkey) const {
    auto record = recordOf(context, passkey);
    if (!record) {
        return record.error();
    }
    Batch batch;
    batch.expects.push_back({record->kind, record->key, Expect::State::absent, 0});
    batch.puts.push_back(*std::move(record));
    const auto outcome = host_.records().apply(context, std::move(batch));
    return outcome ? Result<bool>(outcome->applied()) : outcome.error();
}

Result<bool> Passkeys::use(const Context& context, std::string_view credentialId,
                           const AuthenticatorData& data) const {
    for (int race = 0; race < mostRaces; ++race) {
        const auto outcome = tryToUse(context, idOf(credentialId), data);
        if (!outcome || *outcome) {
            return outcome ? Result<bool>(**outcome) : outcome.error();
        }
    }
    return Error::unavailable("many logins with one passkey at the same moment");
}

/// nullopt: another login came between.
Result<std::optional<bool>> Passkeys::tryToUse(const Context& context, std::string_view id,
                                               const AuthenticatorData& data) const {
    using Said = std::optional<bool>;
    const auto known = host_.records().find(context, kind, id);
    if (!known || !*known) {
        return known ? Result<Said>(false) : known.error();
    }
    auto passkey = opened(**known);
    if (!passkey || !hasGoneOn(passkey->signCount, data.signCount)) {
        return passkey ? Result<Said>(false) : passkey.error();
    }
    passkey->signCount = data.signCount;
    passkey->isBackedUp = data.isBackedUp;
    passkey->used = host_.clock().now();
    auto record = recordOf(context, *passkey);
    if (!record) {
        return record.error();
    }
    Batch batch;
    batch.expects.push_back({record->kind, record->key, Expect::State::version, (*known)->version});
    batch.puts.push_back(*std::move(record));
    const auto outcome = host_.records().apply(context, std::move(batch));
    if (!outcome) {
        return outcome.error();
    }
    return outcome->applied() ? Said(true) : Said();
}

Result<bool> Passkeys::remove(const Context& context, const FoundUser& person,
                              std::string_view id) const {
    const auto record = host_.records().find(context, kind, id);
    if (!record || !*record) {
        return record ? Result<bool>(false) : record.error();
    }
    const auto passkey = opened(**record);
    if (!passkey) {
        return passkey.error();
    }
    if (passkey->store != person.store || passkey->userId != person.user.id) {
        return false;
    }
    Batch batch;
    batch.expects.push_back({std::string(kind), std::string(id), Expect::State::present, 0});
    batch.erases.push_back({std::string(kind), std::string(id)});
    const auto outcome = host_.records().apply(context, std::move(batch));
    return outcome ? Result<bool>(outcome->applied()) : outcome.error();
}

Result<bool> Passkeys::useUp(const Context& context, const Challenge& challenge) const {
    return host_.records().once(context, usedKind, challenge.text, challenge.ends(),
                                challenge.made);
}

std::string Passkeys::idOf(std::string_view credentialId) const {
    return base64url(host_.crypto().sha256(credentialId));
}

Result<std::string> Passkeys::handleOf(const Context& context, const FoundUser& person) const {
    const auto sub = host_.subjects().of(context, person.store, person.user.id);
    if (!sub) {
        return sub.error();
    }
    // People who came along from elsewhere have the same `sub` at each issuer.
    return host_.crypto().mac(handleLabel, std::to_string(context.issuer.id) + "." + *sub);
}

Result<Passkey> Passkeys::opened(const Record& record) const {
    const auto text = host_.crypto().open(kind, record.payload, record.key);
    if (!text) {
        return text.error();
    }
    auto passkey = Passkey::parse(text->view());
    return passkey ? Result<Passkey>(*std::move(passkey))
                   : Error::internal("a passkey that is kept cannot be read");
}

Result<Record> Passkeys::recordOf(const Context& context, const Passkey& passkey) const {
    auto sub = host_.subjects().of(context, passkey.store, passkey.userId);
    if (!sub) {
        return sub.error();
    }
    Record record;
    record.kind = kind;
    record.key = idOf(passkey.credentialId);
    record.links = {linkOf(*std::move(sub))};
    record.payload = host_.crypto().seal(kind, passkey.text(), record.key);
    return record;
}

}  // namespace gatehouse
