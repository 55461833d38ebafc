// SPDX-License-Identifier: Apache-2.0
#include "SubjectMembers.h"

#include "SubjectMember.h"
#include "json/MemberChoice.h"

#include <string>
#include <utility>

namespace gatehouse {

namespace {

void add(std::string& problems, std::string_view member, std::string_view why) {
    problems.append(problems.empty() ? "" : "\n").append(member).append(": ").append(why);
}

}  // namespace

std::vector<std::string_view> SubjectMembers::members() const {
    std::vector<std::string_view> names;
    for (const auto& member : subjectMembers()) {
        names.push_back(member.name);
    }
    return names;
}

Status SubjectMembers::admit(const Context& /*context*/, const ValueMap& metadata) const {
    std::string problems;
    std::string_view first;
    for (const auto& member : subjectMembers()) {
        if (!isThere(metadata, member.name)) {
            continue;
        }
        const std::string* value = metadata.find(member.name)->text();
        if (value == nullptr || !member.isGood(*value)) {
            add(problems, member.name, std::string("must be ") + member.wanted);
        }
        if (!first.empty()) {
            add(problems, member.name, "excludes " + std::string(first) + "; one of them says it");
        }
        first = member.name;
    }
    if (first.empty() && metadata.text("token_endpoint_auth_method") == "tls_client_auth") {
        add(problems, subjectMembers().front().name,
            "it, or one of tls_client_auth_san_dns, _uri, _ip and _email, is needed for "
            "tls_client_auth");
    }
    return problems.empty() ? done() : Error::badInput(std::move(problems));
}

/// Without it nothing would hold a client to what it says.
constexpr const char* neededByMembers[] = {"client_auth.tls"};

}  // namespace gatehouse

GATEHOUSE_DESCRIBE(gatehouse::SubjectMembers, "tls_client_auth", "0.1.0",
                   "Whose certificate is a client's", gatehouse::neededByMembers)
