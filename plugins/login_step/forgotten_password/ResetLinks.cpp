// SPDX-License-Identifier: Apache-2.0
#include "ResetLinks.h"

#include "json/Json.h"
#include "text/Base64Url.h"

#include <utility>

namespace gatehouse {

namespace {

constexpr const char* kind = "reset_link";
constexpr const char* ofPerson = "subject";

}  // namespace

Status ResetLinks::add(const Context& context, std::string_view reference,
                       const Subject& person) const {
    Record record;
    record.kind = kind;
    record.key = keyOf(reference);
    record.links = {{ofPerson, person.sub}};
    record.expires = host_.clock().now() + lifetime_;
    record.payload =
        toJson(ValueMap{{"sub", person.sub}, {"store", person.store}, {"id", person.id}});
    return giveBack(context, std::move(record));
}

Result<std::optional<Record>> ResetLinks::find(const Context& context,
                                               const std::string& key) const {
    return host_.records().find(context, kind, key);
}

std::optional<Subject> ResetLinks::personOf(const Record& link) {
    const auto members = parseJson(link.payload);
    if (!members || members->map() == nullptr) {
        return std::nullopt;
    }
    const ValueMap& map = *members->map();
    return Subject{std::string(map.text("sub")), std::string(map.text("store")),
                   std::string(map.text("id"))};
}

std::string ResetLinks::keyOf(std::string_view reference) const {
    return base64url(host_.crypto().mac(kind, reference));
}

Result<bool> ResetLinks::take(const Context& context, const Record& link) const {
    Batch batch;
    batch.expects.push_back({kind, link.key, Expect::State::version, link.version});
    batch.erases.push_back({kind, link.key});
    const auto outcome = host_.records().apply(context, std::move(batch));
    return outcome ? Result<bool>(outcome->applied()) : outcome.error();
}

Status ResetLinks::giveBack(const Context& context, Record link) const {
    Batch batch;
    batch.puts.push_back(std::move(link));
    const auto outcome = host_.records().apply(context, std::move(batch));
    return outcome ? done() : Status(outcome.error());
}

Status ResetLinks::drop(const Context& context, const Subject& person) const {
    constexpr std::size_t most = 100;  // more are not sent while one is good
    const auto page = host_.records().list(context, kind, {ofPerson, person.sub}, {}, most);
    if (!page) {
        return page.error();
    }
    Batch batch;
    for (const auto& link : page->records) {
        batch.erases.push_back({kind, link.key});
    }
    const auto outcome = host_.records().apply(context, std::move(batch));
    return outcome ? done() : Status(outcome.error());
}

}  // namespace gatehouse
