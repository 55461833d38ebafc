// SPDX-License-Identifier: Apache-2.0
#include "client/ClientRules.h"

#include <gatehouse/OperatorsWord.h>
#include <gatehouse/RemoteCheck.h>

#include "client/OwnClientRules.h"
#include "text/Contains.h"
#include "text/Thrown.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>

namespace gatehouse {

namespace {

constexpr std::string_view subjectType = "subject_type";

/// One problem a line.
std::vector<std::string> linesOf(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin <= text.size();) {
        const auto end = std::min(text.find('\n', begin), text.size());
        lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

/// Who has each member.
using Owners = std::map<std::string, std::string, std::less<>>;

Owners ownMembers() {
    Owners owners;
    for (const auto& rule : ownClientRules()) {
        for (const auto member : rule.members) {
            owners.emplace(member, std::string("the server itself (") + rule.specification + ")");
        }
    }
    return owners;
}

/// What is wrong with the members of this one.
std::vector<std::string> claim(const Host::Named<ClientMetadataRule>& named, Owners& owners) {
    std::vector<std::string> problems;
    try {
        for (const auto member : named.plugin->members()) {
            const auto [owner, isNew] = owners.emplace(member, named.name);
            if (!isNew) {
                problems.push_back("\"" + owner->first + "\" is claimed by " + owner->second +
                                   " and by " + named.name);
            }
        }
    } catch (...) {
        problems.push_back(named.name + ": members threw " + whatWasThrown());
    }
    return problems;
}

}  // namespace

ClientRules::ClientRules(Plugins plugins) : plugins_(std::move(plugins)), subjects_(plugins_) {
    for (const auto& [name, rule] : plugins_) {
        if (auto* source = capabilityOf<ClientKeySource>(*rule)) {
            keySources_.push_back({name, source});
        }
    }
}

Status ClientRules::check() const {
    Owners owners = ownMembers();
    std::string problems;
    for (const auto& named : plugins_) {
        for (const auto& problem : claim(named, owners)) {
            problems.append(problems.empty() ? "" : "\n")
                .append("client_metadata_rule: ")
                .append(problem);
        }
    }
    return problems.empty() ? done() : Error::badInput(problems);
}

std::vector<std::string> ClientRules::members() const {
    return membersOf(plugins_);
}

std::vector<std::string> ClientRules::clientsOwn() const {
    Plugins own;
    std::copy_if(plugins_.begin(), plugins_.end(), std::back_inserter(own),
                 [](const auto& named) { return !capabilityOf<OperatorsWord>(*named.plugin); });
    return membersOf(own);
}

std::vector<std::string> ClientRules::membersOf(const Plugins& plugins) {
    std::vector<std::string> all;
    for (const auto& named : plugins) {
        try {
            for (const auto member : named.plugin->members()) {
                all.emplace_back(member);
            }
        } catch (...) {  // check() tells it
        }
    }
    return all;
}

std::string ClientRules::notUnderstood(const ValueMap& metadata) const {
    const auto known = members();
    for (const auto& [name, value] : metadata) {
        if (!value.isNull() && ownClientRule(name) == nullptr && localizedMember(name).empty() &&
            !contains(known, name)) {
            return name;
        }
    }
    const auto type = metadata.text(subjectType);
    return type.empty() || contains(subjects_.types(), type) ? "" : std::string(subjectType);
}

Status ClientRules::checkRemote(const Context& context, const ValueMap& metadata) const {
    for (const auto& [name, rule] : plugins_) {
        try {
            const auto* remote = capabilityOf<RemoteCheck>(*rule);
            if (auto checked = remote == nullptr ? done() : remote->checkRemote(context, metadata);
                !checked) {
                return checked;
            }
        } catch (...) {
            return Error::internal(name + ": checkRemote threw " + whatWasThrown());
        }
    }
    return done();
}

bool ClientRules::knowKeysOf(const ValueMap& metadata) const {
    return std::any_of(keySources_.begin(), keySources_.end(), [&](const auto& source) {
        try {
            return source.plugin->isFor(metadata);
        } catch (...) {  // then it will not know them either
            return false;
        }
    });
}

Result<std::shared_ptr<const Value>> ClientRules::keys(const Context& context, const Client& client,
                                                       std::string_view kid) const {
    using Keys = std::shared_ptr<const Value>;
    if (const Value* jwks = client.metadata.find("jwks")) {
        return Keys(Keys(), jwks);  // the client's own, as long as it lives
    }
    for (const auto& [name, source] : keySources_) {
        try {
            if (source->isFor(client.metadata)) {
                return source->keys(context, client, kid);
            }
        } catch (...) {
            return Error::internal(name + ": keys threw " + whatWasThrown());
        }
    }
    return Keys();
}

std::vector<std::string> ClientRules::problems(const Context& context,
                                               const ValueMap& metadata) const {
    std::vector<std::string> all;
    for (const auto& [name, rule] : plugins_) {
        try {
            if (const auto admitted = rule->admit(context, metadata); !admitted) {
                const auto lines = linesOf(admitted.error().detail);
                all.insert(all.end(), lines.begin(), lines.end());
            }
        } catch (...) {
            all.push_back("client_metadata_rule: " + name + ": admit threw " + whatWasThrown());
        }
    }
    return all;
}

}  // namespace gatehouse
