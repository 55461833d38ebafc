// SPDX-License-Identifier: Apache-2.0
#include "StoredResources.h"

#include "ResourceValue.h"
#include "json/Json.h"

#include <utility>

namespace gatehouse {

namespace {

constexpr const char* kind = "resource";

std::optional<ProtectedResource> read(const Record& record) {
    const auto payload = parseJson(record.payload);
    return payload && payload->map() != nullptr ? std::optional(resourceFrom(*payload->map()))
                                                : std::nullopt;
}

}  // namespace

Result<std::optional<ProtectedResource>> StoredResources::find(const Context& context,
                                                               std::string_view identifier) const {
    const auto record = host_.records().find(context, kind, identifier);
    if (!record) {
        return record.error();
    }
    if (!*record) {
        return std::optional<ProtectedResource>();
    }
    auto resource = read(**record);
    return resource ? Result<std::optional<ProtectedResource>>(std::move(resource))
                    : Error::internal("the record of a resource is damaged");
}

Result<std::vector<ProtectedResource>> StoredResources::list(const Context& context) const {
    constexpr std::size_t pageSize = 200;
    std::vector<ProtectedResource> resources;
    std::string after;
    do {
        const auto page = host_.records().list(context, kind, {}, after, pageSize);
        if (!page) {
            return page.error();
        }
        for (const auto& record : page->records) {
            if (auto resource = read(record)) {
                resources.push_back(*std::move(resource));
            }
        }
        after = page->next;
    } while (!after.empty());
    return resources;
}

Result<bool> StoredResources::add(const Context& context, const ProtectedResource& resource) const {
    Batch batch;
    Record record;
    record.kind = kind;
    record.key = resource.identifier;
    record.payload = toJson(valueOf(resource));
    batch.expects.push_back({kind, resource.identifier, Expect::State::absent, 0});
    batch.puts.push_back(std::move(record));
    const auto outcome = host_.records().apply(context, std::move(batch));
    return outcome ? Result<bool>(outcome->applied()) : outcome.error();
}

Result<bool> StoredResources::remove(const Context& context, std::string_view identifier) const {
    Batch batch;
    batch.expects.push_back({kind, std::string(identifier), Expect::State::present, 0});
    batch.erases.push_back({kind, std::string(identifier)});
    const auto outcome = host_.records().apply(context, std::move(batch));
    return outcome ? Result<bool>(outcome->applied()) : outcome.error();
}

}  // namespace gatehouse
