// SPDX-License-Identifier: Apache-2.0
#include "PasskeyCommands.h"

#include <gatehouse/facade/People.h>

#include "Passkeys.h"
#include "text/Rfc3339.h"

#include <string>

namespace gatehouse {

namespace {

constexpr const char* listName = "passkey list";
constexpr const char* removeName = "passkey remove";

Result<Value> list(Host& host, const Context& context, const FoundUser& person) {
    const Passkeys passkeys(host);
    const auto found = passkeys.of(context, person);
    if (!found) {
        return found.error();
    }
    ValueList rows;
    for (const auto& one : *found) {
        rows.emplace_back(ValueMap{{"id", passkeys.idOf(one.credentialId)},
                                   {"name", one.name},
                                   {"added", rfc3339Second(one.added)},
                                   {"used", one.used ? rfc3339Second(*one.used) : std::string()},
                                   {"synced", one.isBackedUp}});
    }
    return Value(std::move(rows));
}

Result<Value> remove(Host& host, const Context& context, const FoundUser& person,
                     const std::string& id) {
    const auto isRemoved = Passkeys(host).remove(context, person, id);
    if (!isRemoved) {
        return isRemoved.error();
    }
    const auto& login = person.user.login;
    return *isRemoved ? Result<Value>(ValueMap{{"id", login}, {"passkey", "removed"}})
                      : Error::badInput(login + " has no passkey " + id);
}

}  // namespace

std::vector<OfferedCommand> passkeyCommands() {
    return {{listName,
             "LOGIN",
             "tells which passkeys a person has",
             "`synced`: the key is on several of their devices, or in a password manager.",
             {},
             "gatehouse passkey list ann"},
            {removeName,
             "LOGIN ID",
             "takes one of a person's passkeys away, when a device is lost",
             "It is good for no login from then on; sessions stay, `gatehouse user logout` ends "
             "them.",
             {},
             "gatehouse passkey remove ann 3q2-7wgL"}};
}

Result<Value> runPasskeyCommand(Host& host, const Context& context, std::string_view name,
                                const std::vector<std::string>& arguments) {
    const auto& login = arguments.front();
    const auto person = host.one<People>().findByLogin(context, login);
    if (!person) {
        return person.error();
    }
    if (!*person) {
        return Error::badInput("nobody has the login " + login);
    }
    return name == listName ? list(host, context, **person)
                            : remove(host, context, **person, arguments.back());
}

}  // namespace gatehouse
