// SPDX-License-Identifier: Apache-2.0
#include "login/SubjectIds.h"

#include <gatehouse/TakesPeople.h>

#include "text/Base64Url.h"
#include "text/Utf8.h"

#include <mutex>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::string_view label = "subject";
constexpr std::size_t length = 22;

/// What cannot be kept as it is might come back as another person's.
bool canBeKept(std::string_view id) {
    return isUtf8(id) && id.find('\0') == std::string_view::npos;
}

}  // namespace

Result<std::string> SubjectIds::of(const Context& context, std::string_view store,
                                   std::string_view id) {
    if (!canBeKept(id)) {
        return Error::internal("user store " + std::string(store) +
                               " knows a person by an id that is no text: ids are UTF-8 without "
                               "NUL, so a binary one has to be encoded");
    }
    if (!id.empty() && id.front() == knownSubjectMark && takesPeople(store)) {
        return std::string(id.substr(1));
    }
    const auto keyed = isKeyed(context);
    if (!keyed) {
        return keyed.error();
    }
    std::string source = std::to_string(context.issuer.id);
    source.append(1, '\0').append(store).append(1, '\0').append(id);
    const auto digest = *keyed ? crypto_.mac(label, source) : crypto_.sha256(source);
    return base64url(digest).substr(0, length);
}

void SubjectIds::takePeople(std::set<std::string, std::less<>> stores) {
    const std::unique_lock lock(mutex_);
    takingPeople_ = std::move(stores);
}

bool SubjectIds::takesPeople(std::string_view store) {
    const std::shared_lock lock(mutex_);
    return takingPeople_.find(store) != takingPeople_.end();
}

Result<bool> SubjectIds::isKeyed(const Context& context) {
    {
        const std::shared_lock lock(mutex_);
        if (const auto known = isKeyed_.find(context.issuer.id); known != isKeyed_.end()) {
            return known->second;
        }
    }
    auto read = issuers_.hasKeyedSubjects(context);
    if (read) {
        const std::unique_lock lock(mutex_);
        isKeyed_[context.issuer.id] = *read;
    }
    return read;
}

}  // namespace gatehouse
