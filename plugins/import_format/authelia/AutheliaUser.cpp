// SPDX-License-Identifier: Apache-2.0
#include "AutheliaUser.h"

#include "json/Members.h"

namespace gatehouse {

namespace {

struct Renamed {
    std::string_view theirs;
    std::string_view ours;
};
constexpr Renamed renamed[] = {{"displayname", "name"},        {"given_name", "given_name"},
                               {"family_name", "family_name"}, {"middle_name", "middle_name"},
                               {"nickname", "nickname"},       {"email", "email"},
                               {"gender", "gender"},           {"birthdate", "birthdate"},
                               {"website", "website"},         {"profile", "profile"},
                               {"picture", "picture"},         {"zoneinfo", "zoneinfo"},
                               {"locale", "locale"},           {"phone_number", "phone_number"},
                               {"address", "address"},         {"groups", "groups"}};

ValueMap claimsOf(const std::string& login, const ValueMap& user) {
    ValueMap claims{{"preferred_username", login}};
    for (const auto& [theirs, ours] : renamed) {
        if (const Value* value = user.find(theirs)) {
            claims.set(ours, *value);
        }
    }
    // Authelia tells every address as verified.
    if (!user.text("email").empty()) {
        claims.set("email_verified", true);
    }
    for (const auto& [name, value] : objectOf(user, "extra")) {
        claims.set(name, value);
    }
    return claims;
}

}  // namespace

Status takeAutheliaUser(const std::string& login, const Value& user, const std::string& sub,
                        Arrivals& arrivals) {
    if (user.map() == nullptr) {
        arrivals.leave("person", login, "is no mapping");
        return done();
    }
    const Value* disabled = user.map()->find("disabled");
    if (disabled != nullptr && disabled->boolean() == nullptr) {
        arrivals.leave("person", login, "has disabled that is neither true nor false");
        return done();
    }
    ForeignPerson person;
    person.newcomer.user.login = login;
    person.newcomer.user.id = sub.empty() ? "" : idOfSubject(sub);
    person.newcomer.user.isDisabled = isTrue(*user.map(), "disabled");
    person.newcomer.user.claims = claimsOf(login, *user.map());
    person.newcomer.passwordHash = user.map()->text("password");
    // Its database has them, so that anybody may have one.
    person.secondFactors.emplace_back("perhaps: Authelia's database knows");
    return arrivals.add(std::move(person));
}

}  // namespace gatehouse
