// SPDX-License-Identifier: Apache-2.0
#include "AutheliaFormat.h"

#include "AutheliaClient.h"
#include "AutheliaUser.h"
#include "YamlPieces.h"
#include "json/Members.h"

#include <map>

namespace gatehouse {

namespace {

/// One file as it is read.
class Reading {
public:
    explicit Reading(Arrivals& arrivals) : arrivals_(arrivals) {}

    Status take(const std::string& member, const std::string& name, const Value& value);
    bool isKnown() const noexcept { return isKnown_; }

private:
    Status takeUser(const std::string& login, const Value& user);
    Status takeIdentifiers(const Value& identifiers);
    Status takeClients(const Value& providers);

    Arrivals& arrivals_;
    std::map<std::string, std::string> subs_;  ///< by login
    bool isKnown_ = false;
    bool hasUsers_ = false;
};

Status Reading::take(const std::string& member, const std::string& name, const Value& value) {
    const bool isUser = member == "users" && !name.empty();
    isKnown_ = isKnown_ || isUser || member == "identity_providers";
    if (isUser) {
        return takeUser(name, value);
    }
    if (member == "identifiers") {
        return takeIdentifiers(value);
    }
    return member == "identity_providers" ? takeClients(value) : done();
}

Status Reading::takeUser(const std::string& login, const Value& user) {
    hasUsers_ = true;
    const auto sub = subs_.find(login);
    return takeAutheliaUser(login, user, sub == subs_.end() ? "" : sub->second, arrivals_);
}

/// A sector has subs of its own (pairwise).
Status Reading::takeIdentifiers(const Value& identifiers) {
    if (hasUsers_) {
        return Error::badInput("has identifiers behind the users whose subs they are: they stand "
                               "before");
    }
    if (identifiers.list() == nullptr) {
        return Error::badInput("has identifiers that are no list");
    }
    for (const Value& entry : *identifiers.list()) {
        const auto* known = entry.map();
        if (known != nullptr && known->text("service") == "openid" &&
            known->text("sector_id").empty()) {
            subs_.emplace(known->text("username"), known->text("identifier"));
        }
    }
    return done();
}

Status Reading::takeClients(const Value& providers) {
    const auto oidc = objectOf(providers.map() == nullptr ? ValueMap() : *providers.map(), "oidc");
    const Value* clients = oidc.find("clients");
    if (clients == nullptr || clients->list() == nullptr) {
        return Error::badInput("has no clients in identity_providers.oidc");
    }
    std::size_t number = 0;
    for (const Value& client : *clients->list()) {
        const auto place = "number " + std::to_string(++number);
        if (client.map() == nullptr) {
            arrivals_.leave("client", place, "is no mapping");
        } else if (auto status = takeAutheliaClient(*client.map(), place, arrivals_); !status) {
            return status;
        }
    }
    return done();
}

}  // namespace

Status AutheliaFormat::read(std::istream& file, Arrivals& arrivals) const {
    Reading reading(arrivals);
    const auto read = eachYamlPiece(
        file, [&reading](const std::string& member, const std::string& name, const Value& value) {
            return reading.take(member, name, value);
        });
    return !read || reading.isKnown()
               ? read
               : Error::badInput("has neither users nor identity_providers.oidc.clients");
}

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::AutheliaFormat, "authelia", "0.1.0",
                 "bring people along from Authelia's users, clients from its configuration")
