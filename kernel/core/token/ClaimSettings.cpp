// SPDX-License-Identifier: Apache-2.0
#include "token/ClaimSettings.h"

#include <gatehouse/User.h>

#include "json/Members.h"
#include "text/Printable.h"
#include "text/Suggest.h"
#include "token/ScopePolicy.h"

#include <algorithm>
#include <map>
#include <string>

namespace gatehouse {

namespace {

const std::map<std::string, ClaimKind>& kinds() {
    static const std::map<std::string, ClaimKind> table{{"text", ClaimKind::text},
                                                        {"number", ClaimKind::number},
                                                        {"boolean", ClaimKind::boolean},
                                                        {"list", ClaimKind::list},
                                                        {"object", ClaimKind::object}};
    return table;
}

const std::map<std::string, ClaimTarget>& targets() {
    static const std::map<std::string, ClaimTarget> table{
        {"userinfo", ClaimTarget::userinfo},
        {"id_token", ClaimTarget::idToken},
        {"access_token", ClaimTarget::accessToken}};
    return table;
}

template <class T> std::vector<std::string> namesOf(const std::map<std::string, T>& table) {
    std::vector<std::string> names;
    names.reserve(table.size());
    for (const auto& row : table) {
        names.push_back(row.first);
    }
    return names;
}

/// `"lst" is none of boolean, list, number; did you mean "list"?`
std::string noneOf(const std::string& wrong, const std::vector<std::string>& names) {
    std::string listed;
    for (const auto& name : names) {
        listed.append(listed.empty() ? "" : ", ").append(name);
    }
    return "\"" + wrong + "\" is none of " + listed + suggestion(wrong, names);
}

/// One declared claim.
class Declaration {
public:
    Declaration(const Config& config, const Member& entry, std::string& problems)
        : config_(config), name_(entry.name), value_(entry.value), problems_(problems) {}

    void addTo(std::vector<ClaimRule>& rules) {
        if (isServersClaim(name_)) {
            return refuse({}, "only the server says this about somebody; choose another name");
        }
        if (name_.empty() || name_.find(' ') != std::string::npos || hasControl(name_)) {
            return refuse({}, "a name is one word");
        }
        if (value_.map() == nullptr) {
            return refuse({}, "is a map, for instance {type: list, scope: groups}");
        }
        checkKeys();
        const auto standard = std::find_if(
            rules.begin(), rules.end(), [&](const ClaimRule& rule) { return rule.name == name_; });
        if (standard != rules.end()) {
            return change(*standard);
        }
        ClaimRule rule;
        rule.name = name_;
        readType(rule);
        readScope(rule);
        readTargets(rule);
        rules.push_back(std::move(rule));
    }

private:
    void checkKeys() {
        const std::vector<std::string> known{"type", "scope", "in"};
        for (const auto& member : *value_.map()) {
            if (std::find(known.begin(), known.end(), member.name) == known.end()) {
                refuse(member.name, "unknown key" + suggestion(member.name, known));
            }
        }
    }

    void change(ClaimRule& standard) {
        for (const char* fixed : {"type", "scope"}) {
            if (value_.map()->contains(fixed)) {
                refuse(fixed, "OpenID Connect says it for this claim; only in can be set");
            }
        }
        readTargets(standard);
    }

    void readType(ClaimRule& rule) {
        if (!value_.map()->contains("type")) {
            return;
        }
        const std::string type(value_.map()->text("type"));
        const auto found = kinds().find(type);
        if (found == kinds().end()) {
            return refuse("type", noneOf(type, namesOf(kinds())));
        }
        rule.kind = found->second;
    }

    void readScope(ClaimRule& rule) {
        rule.scope = value_.map()->text("scope");
        if (!value_.map()->contains("scope")) {
            return refuse({}, "has no scope: what a client asks for and a person allows");
        }
        if (!ScopePolicy::isToken(rule.scope)) {
            refuse("scope", "is one word of printable ASCII without quotes and backslashes");
        }
    }

    void readTargets(ClaimRule& rule) {
        const Value* in = value_.map()->find("in");
        if (in == nullptr) {
            return;
        }
        rule.targets.clear();
        for (const auto& name : textsOf(in)) {
            const auto found = targets().find(name);
            if (found == targets().end()) {
                return refuse("in", noneOf(name, namesOf(targets())));
            }
            rule.targets.push_back(found->second);
        }
        if (rule.targets.empty()) {
            refuse("in", "is a list of userinfo, id_token and access_token, and not empty");
        }
    }

    void refuse(const std::string& key, const std::string& why) {
        const std::string path = "claims." + name_ + (key.empty() ? "" : "." + key);
        const std::string at = config_.place(path);
        problems_.append(problems_.empty() ? "" : "\n")
            .append(at.empty() ? "" : at + ": ")
            .append("oauth: ")
            .append(path)
            .append(": ")
            .append(why);
    }

    const Config& config_;
    const std::string& name_;
    const Value& value_;
    std::string& problems_;
};

}  // namespace

Result<std::vector<ClaimRule>> readClaimRules(const Config& config) {
    std::vector<ClaimRule> rules = standardClaims();
    std::string problems;
    const ValueMap declared = config.map("claims");
    for (const auto& entry : declared) {
        Declaration(config, entry, problems).addTo(rules);
    }
    return problems.empty() ? Result<std::vector<ClaimRule>>(std::move(rules))
                            : Error::badInput(problems);
}

}  // namespace gatehouse
