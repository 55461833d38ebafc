// SPDX-License-Identifier: Apache-2.0
#include "app/TypeCheck.h"

#include <gatehouse/point/ResponseMode.h>
#include <gatehouse/point/ResponseType.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

namespace gatehouse {

namespace {

constexpr const char* legacy = "legacy_response_types";

/// RFC 6749 section 3.1.1: response-name = 1*response-char.
bool isKind(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_';
    });
}

/// What is wrong with it beside those before; empty: nothing.
std::string problemOf(const Instance& instance, const std::string& kind,
                      std::map<std::string, std::string>& owners) {
    if (!isKind(kind)) {
        return "\"" + kind + "\" is no word of a response_type";
    }
    const auto& setup = instance.setup();
    const auto [owner, isNew] = owners.emplace(kind, setup.label + " at " + setup.place.text());
    return isNew ? std::string()
                 : "gives the response type \"" + kind + "\", as does " + owner->second;
}

bool hasFragment(const PluginRegistry& registry) {
    const auto modes = registry.all<ResponseMode>();
    return std::any_of(modes.begin(), modes.end(), [](const ResponseMode* mode) {
        return mode != nullptr && mode->mode() == ResponseMode::fragment;
    });
}

}  // namespace

void checkTypes(const CheckedConfig& oauth, const PluginRegistry& registry, Problems& problems) {
    std::map<std::string, std::string> owners{{std::string(ResponseType::code), "the server"}};
    for (const auto& instance : registry.of(ResponseType::point.name)) {
        if (instance->plugin() == nullptr) {
            continue;
        }
        const auto& setup = instance->setup();
        const auto& type = dynamic_cast<const ResponseType&>(*instance->plugin());
        const auto problem = problemOf(*instance, std::string(type.kind()), owners);
        if (!problem.empty()) {
            problems.add(setup.place, setup.label + ": " + problem);
            continue;
        }
        if (!hasFragment(registry)) {
            problems.add(setup.place, setup.label + ": answers in the fragment, which no plugin "
                                                    "writes: add \"use: response_mode.fragment\"");
        }
        if (type.grant() != "implicit") {
            continue;
        }
        if (!oauth.boolean(legacy)) {
            problems.add(setup.place, setup.label +
                                          ": gives tokens in the browser's address bar, "
                                          "which OAuth 2.1 has done away with; sites that "
                                          "need it nevertheless need oauth: " +
                                          legacy + ": true");
        } else {
            problems.warn({setup.place, setup.label +
                                            ": gives tokens in the browser's address bar "
                                            "(oauth: " +
                                            legacy + "): sites should ask for a code (OAuth 2.1)"});
        }
    }
}

}  // namespace gatehouse
