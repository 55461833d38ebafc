// SPDX-License-Identifier: Apache-2.0
#include "outgoing/AnswerCache.h"

#include "http/HttpGrammar.h"

#include <algorithm>
#include <charconv>

namespace gatehouse {
namespace {

constexpr int ok = 200;

/// What Cache-Control and Age say (RFC 9111 sections 4.2 and 5.2.2).
struct Permission {
    bool mayStore = true;
    bool mustAsk = false;
    seconds fresh{0};
};

seconds secondsIn(std::string_view digits) {
    std::int64_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return seconds{value};
}

Permission permissionOf(const OutgoingAnswer& answer) {
    constexpr std::string_view maxAge = "max-age=";
    Permission permission;
    eachElement(answer.header("cache-control"), [&](std::string_view directive) {
        if (equalsIgnoringCase(directive, "no-store")) {
            permission.mayStore = false;
        } else if (equalsIgnoringCase(directive.substr(0, 8), "no-cache")) {
            permission.mustAsk = true;
        } else if (equalsIgnoringCase(directive.substr(0, maxAge.size()), maxAge)) {
            permission.fresh = secondsIn(directive.substr(maxAge.size()));
        }
    });
    permission.fresh =
        permission.mustAsk ? seconds{0} : permission.fresh - secondsIn(answer.header("age"));
    eachElement(answer.header("vary"), [&](std::string_view name) {
        permission.mayStore = permission.mayStore && (equalsIgnoringCase(name, "accept") ||
                                                      equalsIgnoringCase(name, "accept-encoding"));
    });
    return permission;
}

bool isWorthStoring(const OutgoingAnswer& answer, const Permission& permission) {
    const bool canBeAsked =
        !answer.header("etag").empty() || !answer.header("last-modified").empty();
    return answer.status == ok && permission.mayStore &&
           (permission.fresh > seconds{0} || canBeAsked);
}

std::vector<Header> questionOf(const OutgoingAnswer& answer) {
    std::vector<Header> question;
    if (const auto tag = answer.header("etag"); !tag.empty()) {
        question.push_back({"If-None-Match", std::string(tag)});
    }
    if (const auto time = answer.header("last-modified"); !time.empty()) {
        question.push_back({"If-Modified-Since", std::string(time)});
    }
    return question;
}

}  // namespace

bool AnswerCache::isFor(const OutgoingRequest& request) {
    return request.method == "GET" && request.body.empty() &&
           std::all_of(request.headers.begin(), request.headers.end(), [](const Header& field) {
               return equalsIgnoringCase(field.name, "accept");
           });
}

std::optional<AnswerCache::Hit> AnswerCache::find(const OutgoingRequest& request) {
    const std::lock_guard lock(mutex_);
    const auto found = byKey_.find(keyOf(request));
    if (found == byKey_.end() || found->second->answer.body.size() > request.mostBytes) {
        return std::nullopt;
    }
    entries_.splice(entries_.begin(), entries_, found->second);
    const Entry& entry = *found->second;
    const bool isFresh = entry.freshUntil > clock_.steady();
    return Hit{entry.answer, isFresh, isFresh ? std::vector<Header>{} : questionOf(entry.answer)};
}

void AnswerCache::note(const OutgoingRequest& request, const OutgoingAnswer& answer) {
    const auto permission = permissionOf(answer);
    const auto key = keyOf(request);
    const std::lock_guard lock(mutex_);
    erase(key);
    if (!isWorthStoring(answer, permission) || answer.body.size() > limits_.bytes / 4) {
        return;
    }
    const auto fresh = std::min(permission.fresh, limits_.life);
    entries_.push_front({key, answer, clock_.steady() + fresh});
    byKey_[key] = entries_.begin();
    bytes_ += answer.body.size();
    while (entries_.size() > limits_.answers || bytes_ > limits_.bytes) {
        dropOldest();
    }
}

void AnswerCache::refresh(const OutgoingRequest& request, const OutgoingAnswer& notModified) {
    const auto permission = permissionOf(notModified);
    const std::lock_guard lock(mutex_);
    const auto found = byKey_.find(keyOf(request));
    if (found != byKey_.end()) {
        found->second->freshUntil = clock_.steady() + std::min(permission.fresh, limits_.life);
    }
}

std::string AnswerCache::keyOf(const OutgoingRequest& request) {
    std::string key = request.url;
    for (const auto& field : request.headers) {
        key += "\n" + field.value;
    }
    return key;
}

void AnswerCache::erase(const std::string& key) {
    const auto found = byKey_.find(key);
    if (found != byKey_.end()) {
        bytes_ -= found->second->answer.body.size();
        entries_.erase(found->second);
        byKey_.erase(found);
    }
}

void AnswerCache::dropOldest() {
    erase(std::string(entries_.back().key));
}

}  // namespace gatehouse
