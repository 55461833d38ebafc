// SPDX-License-Identifier: Apache-2.0
#include "token/FamilyBook.h"

#include <gatehouse/Records.h>

#include "json/Json.h"
#include "json/JsonWriter.h"
#include "json/Members.h"
#include "store/RecordsOf.h"
#include "text/Base64Url.h"
#include "token/AuthorizationText.h"
#include "token/HeldUp.h"
#include "token/RevocationSet.h"

#include <algorithm>

namespace gatehouse {

namespace {

constexpr std::string_view kind = "family";
constexpr std::size_t generationSize = 4;
constexpr std::size_t macSize = 32;
constexpr std::size_t saltSize = 16;
/// The most that access_token_ttl_secs may be: for records that do not say.
constexpr std::int64_t longestAccess = 86'400;

OAuthError invalid(std::string detail) {
    return OAuthError::of(OAuthCode::invalidGrant, "The refresh token is not valid",
                          std::move(detail));
}

std::string bigEndian(std::uint32_t number) {
    std::string bytes(generationSize, '\0');
    for (std::size_t i = 0; i < generationSize; ++i) {
        bytes[i] = static_cast<char>(number >> (8U * (generationSize - 1 - i)));
    }
    return bytes;
}

std::uint32_t fromBigEndian(std::string_view bytes) {
    std::uint32_t number = 0;
    for (const char byte : bytes) {
        number = (number << 8U) | static_cast<unsigned char>(byte);
    }
    return number;
}

std::optional<Family> familyFrom(const Record& record) {
    const auto value = parseJson(record.payload);
    const Value* authorization =
        value && value->map() != nullptr ? value->map()->find("authorization") : nullptr;
    if (authorization == nullptr || authorization->map() == nullptr) {
        return std::nullopt;
    }
    Family family;
    family.authorization = authorizationFrom(*authorization->map());
    family.authorization.family = record.family;
    family.salt = fromBase64url(value->map()->text("salt")).value_or("");
    family.generation = static_cast<std::uint32_t>(numberOf(*value->map(), "generation", 0));
    family.rotated = TimePoint{milliseconds{numberOf(*value->map(), "rotated", 0)}};
    const bool isCode = record.kind == TicketKind::authorizationCode;  // nothing was issued yet
    family.accessLifetime =
        seconds{numberOf(*value->map(), "access_ttl", isCode ? 0 : longestAccess)};
    family.expires = record.expires;
    family.version = record.version;
    return family;
}

std::string macInput(const Family& family, std::uint32_t generation) {
    return family.salt + family.authorization.family + bigEndian(generation);
}

}  // namespace

Result<std::optional<Family>> FamilyBook::find(const Context& context,
                                               std::string_view selector) const {
    auto record = host_.records().find(context, kind, selector);
    if (!record) {
        return record.error();
    }
    if (!*record) {
        return std::optional<Family>();
    }
    auto family = familyFrom(**record);
    if (!family) {
        return Error::internal("a stored family is damaged");
    }
    return family;
}

Result<FamilyPage> FamilyBook::list(const Context& context, std::string_view sub,
                                    std::string_view after, std::size_t limit) const {
    const Link link = sub.empty() ? Link{} : Link{"subject", std::string(sub)};
    const auto records = host_.records().list(context, kind, link, after, limit);
    if (!records) {
        return records.error();
    }
    FamilyPage page;
    page.next = records->next;
    for (const auto& record : records->records) {
        if (auto family = familyFrom(record)) {
            page.families.push_back(*std::move(family));
        }
    }
    return page;
}

Status FamilyBook::forEachOf(const Context& context, std::string_view sub,
                             const std::function<Status(const Family&)>& see) const {
    for (const auto of : {TicketKind::authorizationCode, kind}) {
        auto seen = forEachRecordOf(sub, host_.records(), context, of, [&](const Record& record) {
            const auto family = familyFrom(record);
            return family ? see(*family) : done();
        });
        if (!seen) {
            return seen;
        }
    }
    return done();
}

Result<std::optional<FamilyBook::Presented>> FamilyBook::read(const Context& context,
                                                              std::string_view refreshToken) const {
    const auto bytes = fromBase64url(refreshToken);
    if (!bytes || bytes->size() <= generationSize + macSize) {
        return std::optional<Presented>();
    }
    const std::string_view view = *bytes;
    const auto selector = view.substr(0, view.size() - generationSize - macSize);
    const auto generation = fromBigEndian(view.substr(selector.size(), generationSize));
    auto family = find(context, selector);
    if (!family) {
        return family.error();
    }
    if (!*family || generation == 0 || generation > (*family)->generation) {
        return std::optional<Presented>();
    }
    const auto mac = host_.crypto().mac("refresh_token", macInput(**family, generation));
    if (!host_.crypto().equal(mac, view.substr(selector.size() + generationSize))) {
        return std::optional<Presented>();
    }
    return std::optional<Presented>(Presented{**std::move(family), generation});
}

Result<OpenedFamily, OAuthError> FamilyBook::open(const Context& context, const Client& client,
                                                  std::string_view refreshToken, seconds grace,
                                                  seconds idle) const {
    auto presented = read(context, refreshToken);
    if (!presented) {
        return OAuthError::from(presented.error());
    }
    if (!*presented) {
        return invalid("unknown, expired or revoked");
    }
    Family& family = (*presented)->family;
    if (!family.authorization.isOf(client)) {
        return invalid("issued to another client");
    }
    grace = lifetimes_.said(context.issuer.id, client, refreshTokenGrace).value_or(grace);
    idle = lifetimes_.said(context.issuer.id, client, refreshTokenIdle).value_or(idle);
    const TimePoint now = host_.clock().now();
    if (idle.count() > 0 && family.rotated + idle <= now) {
        return invalid("unused for longer than idle_lifetime");
    }
    const std::uint32_t age = family.generation - (*presented)->generation;
    const bool isRetry = age == 1 && grace.count() > 0 && now - family.rotated <= grace;
    if (age > 0 && !isRetry) {
        return reused(context, family);
    }
    const Value* rotation = client.metadata.find("refresh_token_rotation");
    const bool rotates = rotation == nullptr || *rotation != Value(false);
    const bool isNoted = rotates || idle.count() > 0;  // its use, for idle_lifetime
    return OpenedFamily{std::move(family), isRetry || !isNoted, rotates};
}

Result<OpenedFamily, OAuthError> FamilyBook::reused(const Context& context,
                                                    const Family& family) const {
    if (auto held = heldUp(context, host_.clock())) {
        return *held;
    }
    if (auto revoked = revoke(context, family.authorization.family); !revoked) {
        return OAuthError::from(revoked.error());
    }
    Event event;
    event.type = "refresh_token.reused";
    event.clientId = family.authorization.clientId;
    event.subject = family.authorization.subject.sub;
    host_.events().publish(context, std::move(event));
    return invalid("used before: its whole family is revoked");
}

std::string FamilyBook::refreshToken(const Family& family) const {
    return base64url(family.authorization.family + bigEndian(family.generation) +
                     host_.crypto().mac("refresh_token", macInput(family, family.generation)));
}

Family FamilyBook::make(const Authorization& authorization, std::uint32_t generation,
                        TimePoint expires) const {
    Family family;
    family.authorization = authorization;
    family.authorization.nonce.clear();  // it belongs to the first ID token alone
    family.salt = host_.random().bytes(saltSize);
    family.generation = generation;
    family.rotated = host_.clock().now();
    family.expires = expires;
    family.accessLifetime = accessTokenLifetime_;
    return family;
}

Record FamilyBook::record(const Context& context, const Family& family) const {
    JsonWriter payload;
    payload.json("authorization", authorizationText(family.authorization))
        .number("rotated", family.rotated.time_since_epoch().count())
        .number("access_ttl", livedBy(family).count());
    if (family.generation > 0) {
        payload.text("salt", base64url(family.salt)).number("generation", family.generation);
    }
    Record record;
    record.kind = kind;
    record.key = family.authorization.family;
    record.issuer = context.issuer.id;
    record.family = family.authorization.family;
    record.links = {{"subject", family.authorization.subject.sub}};
    record.expires = family.expires;
    record.payload = payload.finish();
    return record;
}

/// Its access tokens may have been issued while the configuration gave them a longer life.
seconds FamilyBook::livedBy(const Family& family) const {
    return std::max(family.accessLifetime, accessTokenLifetime_);
}

FamilyBook::Ending FamilyBook::end(const Context& context, const Family& family,
                                   Batch& batch) const {
    return endAfter(context, family.authorization.family, livedBy(family), batch);
}

FamilyBook::Ending FamilyBook::endAfter(const Context& context, std::string_view selector,
                                        seconds lived, Batch& batch) const {
    Ending ending{std::string(selector), host_.clock().now() + lived + RevocationSet::grace};
    batch.eraseFamilies.push_back(ending.selector);
    batch.notices.push_back({"revocation", ending.selector, context.issuer.id, ending.until});
    return ending;
}

void FamilyBook::noteEnd(const Context& context, const Ending& ending) const {
    revocations_.add(context.issuer.id, ending.selector, ending.until);
}

Status FamilyBook::revoke(const Context& context, std::string_view selector) const {
    const auto family = find(context, selector);
    if (!family) {
        return family.error();
    }
    Batch batch;
    const auto ending =
        endAfter(context, selector, *family ? livedBy(**family) : accessTokenLifetime_, batch);
    auto outcome = host_.records().apply(context, std::move(batch));
    if (!outcome) {
        return outcome.error();
    }
    noteEnd(context, ending);
    return done();
}

Status FamilyBook::revokeSubject(const Context& context, std::string_view sub) const {
    return forEachOf(context, sub, [&](const Family& family) {
        return revoke(context, family.authorization.family);
    });
}

}  // namespace gatehouse
