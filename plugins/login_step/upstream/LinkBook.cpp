// SPDX-License-Identifier: Apache-2.0
#include "LinkBook.h"

#include <gatehouse/Records.h>

#include "json/Json.h"
#include "json/Members.h"
#include "text/Base64Url.h"

#include <utility>

namespace gatehouse {

namespace {

constexpr std::string_view kind = "upstream_link";
/// Longer than an account takes to be made.
constexpr seconds longestMaking{60};

std::string payloadOf(const AccountLink& link) {
    return toJson(ValueMap{{"store", link.store}, {"id", link.id}, {"made", link.isMade}});
}

}  // namespace

Result<std::optional<AccountLink>> LinkBook::find(const Context& context,
                                                  std::string_view sub) const {
    const auto record = host_.records().find(context, kind, keyOf(sub));
    if (!record) {
        return record.error();
    }
    if (!*record) {
        return std::optional<AccountLink>();
    }
    const auto value = parseJson((*record)->payload);
    if (!value || value->map() == nullptr) {
        return Error::internal("a link to a provider cannot be read");
    }
    const auto& members = *value->map();
    return std::optional(AccountLink{std::string(members.text("store")),
                                     std::string(members.text("id")), isTrue(members, "made"),
                                     (*record)->version});
}

Result<bool> LinkBook::put(const Context& context, std::string_view sub,
                           const std::optional<AccountLink>& before,
                           const AccountLink& link) const {
    Record record;
    record.kind = kind;
    record.key = keyOf(sub);
    record.payload = payloadOf(link);
    if (link.store.empty()) {
        record.expires = host_.clock().now() + longestMaking;
    } else {
        const auto subject = host_.subjects().of(context, link.store, link.id);
        if (!subject) {
            return subject.error();
        }
        record.links = {{"subject", *subject}};
    }
    Batch batch;
    batch.expects.push_back({std::string(kind), record.key,
                             before ? Expect::State::version : Expect::State::absent,
                             before ? before->version : 0});
    batch.puts.push_back(std::move(record));
    const auto outcome = host_.records().apply(context, std::move(batch));
    return outcome ? Result<bool>(outcome->applied()) : outcome.error();
}

Result<bool> LinkBook::isTaken(const Context& context, const FoundUser& person) const {
    const auto subject = host_.subjects().of(context, person.store, person.user.id);
    if (!subject) {
        return subject.error();
    }
    const auto page = host_.records().list(context, kind, {"subject", *subject}, {}, 1);
    return page ? Result<bool>(!page->records.empty()) : page.error();
}

Status LinkBook::giveUp(const Context& context, std::string_view sub) const {
    Batch batch;
    batch.erases.push_back({std::string(kind), keyOf(sub)});
    const auto outcome = host_.records().apply(context, std::move(batch));
    return outcome ? done() : outcome.error();
}

std::string LinkBook::keyOf(std::string_view sub) const {
    return base64url(host_.crypto().mac(kind, provider_ + "\n" + std::string(sub)));
}

}  // namespace gatehouse
