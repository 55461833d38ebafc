// SPDX-License-Identifier: Apache-2.0
#include "client/Lifetimes.h"

#include "json/Members.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace gatehouse {

namespace {

std::optional<seconds> secondsIn(const ValueMap& values, const LifetimeMember& member) {
    const Value* value = values.find(member.name);
    return value == nullptr || value->integer() == nullptr
               ? std::nullopt
               : std::optional<seconds>(*value->integer());
}

}  // namespace

seconds Lifetimes::of(IssuerId issuer, const Client& client, const LifetimeMember& member) const {
    return said(issuer, client, member).value_or(seconds{0});
}

std::optional<seconds> Lifetimes::said(IssuerId issuer, const Client& client,
                                       const LifetimeMember& member) const {
    if (const auto own = secondsIn(client.metadata, member)) {
        return own;
    }
    const ValueMap* ofIssuer = of(issuer);
    const auto theirs = ofIssuer == nullptr ? std::nullopt : secondsIn(*ofIssuer, member);
    return theirs ? theirs : secondsIn(server_, member);
}

seconds Lifetimes::ofServer(const LifetimeMember& member) const {
    return secondsIn(server_, member).value_or(seconds{0});
}

std::vector<PolicyLine> Lifetimes::lines(IssuerId issuer) const {
    std::vector<PolicyLine> lines;
    const ValueMap* ofIssuer = of(issuer);
    for (const auto& member : lifetimeMembers) {
        const Value* theirs = ofIssuer == nullptr ? nullptr : ofIssuer->find(member.name);
        const Value* value = theirs == nullptr ? server_.find(member.name) : theirs;
        if (value != nullptr) {
            lines.push_back({member.name, *value,
                             std::string(theirs == nullptr ? "oauth." : "issuers.") + member.name});
        }
    }
    return lines;
}

const ValueMap* Lifetimes::of(IssuerId issuer) const {
    const auto found = ofIssuers_.find(issuer);
    return found == ofIssuers_.end() ? nullptr : &found->second;
}

std::vector<std::string_view> lifetimeNames() {
    std::vector<std::string_view> names;
    for (const auto& member : lifetimeMembers) {
        names.emplace_back(member.name);
    }
    return names;
}

Status admitLifetime(std::string_view member, const ValueMap& metadata, const Client& /*client*/) {
    const Value* value = metadata.find(member);
    if (value == nullptr || value->isNull()) {
        return done();
    }
    const auto* row = std::find_if(std::begin(lifetimeMembers), std::end(lifetimeMembers),
                                   [&](const auto& each) { return each.name == member; });
    const auto* number = value->integer();
    const bool isGood =
        number != nullptr && *number >= row->limits.least && *number <= row->limits.most;
    return isGood ? done()
                  : Error::badInput(std::string(member) + ": must be a number of seconds from " +
                                    std::to_string(row->limits.least) + " to " +
                                    std::to_string(row->limits.most));
}

Status checkClientLifetimes(const Client& client, milliseconds keysKept) {
    for (const auto& member : {accessTokenTtl, idTokenTtl}) {
        const auto life = secondsIn(client.metadata, member);
        if (life && *life > keysKept) {
            const auto kept = std::chrono::duration_cast<seconds>(keysKept).count();
            return Error::badInput(std::string(member.name) + ": " + std::to_string(life->count()) +
                                   ", and a replaced key stays published for " +
                                   std::to_string(kept) + " seconds alone");
        }
    }
    return done();
}

}  // namespace gatehouse
