// SPDX-License-Identifier: Apache-2.0
#include "store/Kinds.h"

namespace gatehouse {
namespace {

constexpr KindRule rules[] = {
    // name, durable, scoped, listed, of all
    {"client", true, true, true},
    {"user", true, true, true},
    {"user_login", true, true, false},
    {"issuer", true, true, false},
    {"key", true, false, true},
    {"consent", true, true, false},
    {"session", true, false, false},
    {"family", true, false, false},
    {"access_token", true, false, false},
    {"authorization_code", true, false, false},
    {"revocation", true, false, false},
    {"replay", false, true, false},
    {"counter", false, false, false},
    {"command_event", true, false, true},
    {"kept_out", true, true, false},
    {"job", true, false, false, true},
    {"job_body", true, false, false, true},
    {"dead_job", true, false, false, true},
    {"answered_request", true, true, false},
};

constexpr KindRule otherwise{"", true, true, false};
constexpr KindRule marksOfOthers{"", false, true, false, false, true};

bool endsWith(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

}  // namespace

const KindRule& kindRule(std::string_view kind) noexcept {
    for (const auto& rule : rules) {
        if (kind == rule.name) {
            return rule;
        }
    }
    return endsWith(kind, "/replay") ? marksOfOthers : otherwise;
}

}  // namespace gatehouse
