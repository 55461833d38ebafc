// SPDX-License-Identifier: Apache-2.0
#include "TotpCommands.h"

#include <gatehouse/facade/People.h>

#include "Enrolment.h"
#include "TotpKeys.h"

#include <string>

namespace gatehouse {

namespace {

constexpr const char* addName = "totp add";
constexpr const char* removeName = "totp remove";

Result<Value> add(Host& host, const Context& context, const FoundUser& person,
                  std::string_view issuerName) {
    const auto key = newTotpKey(host.random());
    const auto isAdded = TotpKeys(host).add(context, person, key);
    if (!isAdded) {
        return isAdded.error();
    }
    const auto& login = person.user.login;
    return *isAdded
               ? Result<Value>(
                     ValueMap{{"id", login},
                              {"uri", keyUri(key, gatehouse::issuerName(issuerName, context.issuer),
                                             login)}})
               : Error::badInput(login + " has a key already; `gatehouse totp remove` takes it "
                                         "away");
}

Result<Value> remove(Host& host, const Context& context, const FoundUser& person) {
    const auto isRemoved = TotpKeys(host).remove(context, person);
    if (!isRemoved) {
        return isRemoved.error();
    }
    const auto& login = person.user.login;
    return *isRemoved ? Result<Value>(ValueMap{{"id", login}, {"totp", "removed"}})
                      : Error::badInput(login + " has no key");
}

}  // namespace

std::vector<OfferedCommand> totpCommands() {
    return {
        {addName,
         "LOGIN",
         "gives a person a key for codes",
         "Whoever knows what it prints can make the person's codes: hand it over as you would a "
         "password. Most terminals' QR tools make a picture of it.",
         {},
         "gatehouse totp add ann"},
        {removeName,
         "LOGIN",
         "takes a person's key away, when their phone is lost",
         "With `enrolment: required` or `offered` they set up another one at their next login. Be "
         "sure who asks you: whoever has the password can then do so.",
         {},
         "gatehouse totp remove ann"}};
}

Result<Value> runTotpCommand(Host& host, const Context& context, std::string_view name,
                             std::string_view login, std::string_view issuerName) {
    const auto person = host.one<People>().findByLogin(context, login);
    if (!person) {
        return person.error();
    }
    if (!*person) {
        return Error::badInput("nobody has the login " + std::string(login));
    }
    return name == addName ? add(host, context, **person, issuerName)
                           : remove(host, context, **person);
}

}  // namespace gatehouse
