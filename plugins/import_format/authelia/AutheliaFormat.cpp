// SPDX-License-Identifier: Apache-2.0
#include "AutheliaFormat.h"

#include "AutheliaClient.h"
#include "AutheliaUser.h"
#include "YamlPieces.h"
#include "json/Members.h"

namespace gatehouse {

namespace {

Status takeClients(const Value& providers, Arrivals& arrivals) {
    const auto oidc = objectOf(providers.map() == nullptr ? ValueMap() : *providers.map(), "oidc");
    const Value* clients = oidc.find("clients");
    if (clients == nullptr || clients->list() == nullptr) {
        return Error::badInput("has no clients in identity_providers.oidc");
    }
    std::size_t number = 0;
    for (const Value& client : *clients->list()) {
        const auto place = "number " + std::to_string(++number);
        if (client.map() == nullptr) {
            arrivals.leave("client", place, "is no mapping");
        } else if (auto status = takeAutheliaClient(*client.map(), place, arrivals); !status) {
            return status;
        }
    }
    return done();
}

}  // namespace

Status AutheliaFormat::read(std::istream& file, Arrivals& arrivals) const {
    bool isKnown = false;
    const auto take = [&](const std::string& member, const std::string& name,
                          const Value& value) -> Status {
        if (member == "users" && !name.empty()) {
            isKnown = true;
            return takeAutheliaUser(name, value, arrivals);
        }
        if (member == "identity_providers") {
            isKnown = true;
            return takeClients(value, arrivals);
        }
        return done();
    };
    const auto read = eachYamlPiece(file, take);
    return !read || isKnown
               ? read
               : Error::badInput("has neither users nor identity_providers.oidc.clients");
}

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::AutheliaFormat, "authelia", "0.1.0",
                 "bring people along from Authelia's users, clients from its configuration")
