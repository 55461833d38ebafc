// SPDX-License-Identifier: Apache-2.0
#include "DetailMembers.h"

#include "json/MemberChoice.h"
#include "text/Suggest.h"

#include <string>
#include <utility>

namespace gatehouse {

Status DetailMembers::configure(const Config& config, Host& /*host*/) {
    auto types = readDetailTypes(config);
    if (!types) {
        return types.error();
    }
    types_ = *std::move(types);
    return done();
}

Status DetailMembers::admit(const Context& /*context*/, const ValueMap& metadata) const {
    if (!isThere(metadata, typesMember)) {
        return done();
    }
    std::vector<std::string> known;
    for (const auto& type : types_) {
        known.push_back(type.first);
    }
    const std::string member(typesMember);
    const auto* list = metadata.find(typesMember)->list();
    if (list == nullptr) {
        return Error::badInput(member + ": must be a list of types");
    }
    for (const auto& type : *list) {
        const auto name = type.text() == nullptr ? std::string() : *type.text();
        if (types_.count(name) == 0) {
            return Error::badInput(member + ": has a type that is not among those of this server" +
                                   suggestion(name, known));
        }
    }
    return done();
}

constexpr Field fieldsOfMembers[] = {
    {"types", Kind::map, required,
     "types of authorization details by name, each with title, text, labels, values, schema, "
     "narrowing, clients, remembered, client_credentials"},
};

}  // namespace gatehouse

GATEHOUSE_DESCRIBE(gatehouse::DetailMembers, "authorization_details", "0.1.0",
                   "Types of authorization details, and which clients may use them",
                   gatehouse::fieldsOfMembers)
