// SPDX-License-Identifier: Apache-2.0
#include "config/EnvironmentSettings.h"

#include "text/Lower.h"
#include "text/Suggest.h"

#include <algorithm>
#include <array>

namespace gatehouse {

namespace {

struct ClassicName {
    const char* variable;
    const char* section;
    const char* key;
};
constexpr std::array<ClassicName, 3> classicNames{{{"DATABASE_URL", "database", "url"},
                                                   {"REDIS_URL", "redis", "url"},
                                                   {"JWT_SECRET", "security", "jwt_secret"}}};
constexpr const char* addressName = "SERVER_ADDR";

std::string upper(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char letter) {
        return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    });
    return text;
}

void put(ConfigNode& section, const std::string& key, const std::string& variable,
         const std::string& value) {
    const Place place = Place::environment(variable);
    if (!section.isMap()) {
        section = ConfigNode::map(place);
    }
    section.set(key, place, ConfigNode::text(value, place, false));
}

/// "127.0.0.1:1314", "[::1]:1314".
void putAddress(const std::string& address, ConfigNode& section, Problems& problems) {
    const std::size_t colon = address.rfind(':');
    std::string host = address.substr(0, std::min(colon, address.size()));
    const bool isBracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
    if (isBracketed) {
        host = host.substr(1, host.size() - 2);
    }
    const bool isAmbiguous = !isBracketed && host.find(':') != std::string::npos;
    if (colon == std::string::npos || host.empty() || isAmbiguous) {
        problems.add(Place::environment(addressName),
                     "\"" + address + "\" is not host:port (try 127.0.0.1:1314 or [::1]:1314)");
        return;
    }
    put(section, "host", addressName, host);
    put(section, "port", addressName, address.substr(colon + 1));
}

void putClassic(const std::string& name, const Environment& environment, ConfigNode& section,
                Problems& problems) {
    const auto address = environment.find(addressName);
    if (name == "server" && address != environment.end() && !address->second.empty()) {
        putAddress(address->second, section, problems);
    }
    for (const auto& classic : classicNames) {
        const auto found = environment.find(classic.variable);
        if (name == classic.section && found != environment.end() && !found->second.empty()) {
            put(section, classic.key, classic.variable, found->second);
        }
    }
}

/// Every variable that a section reads.
std::vector<std::string> variablesOf(const std::string& name, const FieldTable& table) {
    std::vector<std::string> variables;
    for (const auto& field : table) {
        variables.push_back(upper(name) + "__" + upper(field.name));
    }
    for (const auto& classic : classicNames) {
        if (name == classic.section) {
            variables.emplace_back(classic.variable);
        }
    }
    if (name == "server") {
        variables.emplace_back(addressName);
    }
    return variables;
}

}  // namespace

void overlayEnvironment(const std::string& name, const FieldTable& table, SectionKeys keys,
                        const Environment& environment, ConfigNode& section, Problems& problems) {
    putClassic(name, environment, section, problems);
    const std::string prefix = upper(name) + "__";
    const auto known = variablesOf(name, table);
    for (auto entry = environment.lower_bound(prefix);
         entry != environment.end() && entry->first.compare(0, prefix.size(), prefix) == 0;
         ++entry) {
        const auto& [variable, value] = *entry;
        const bool isKnown = std::find(known.begin(), known.end(), variable) != known.end();
        if (keys == SectionKeys::ofTable && !isKnown) {
            problems.add(Place::environment(variable),
                         name + ": unknown setting" + suggestion(variable, known));
        } else if (!value.empty()) {
            put(section, lowered(variable.substr(prefix.size())), variable, value);
        }
    }
}

}  // namespace gatehouse
