// SPDX-License-Identifier: Apache-2.0
#include "RecoveryCommands.h"

#include <gatehouse/facade/People.h>

#include "RecoveryCodes.h"
#include "json/Members.h"

#include <string>

namespace gatehouse {

namespace {

constexpr const char* addName = "recovery-code add";
constexpr const char* removeName = "recovery-code remove";

Result<Value> add(Host& host, const Context& context, const FoundUser& person) {
    const RecoveryCodes kept(host);
    const auto before = kept.find(context, person);
    if (!before) {
        return before.error();
    }
    const auto codes = newRecoveryCodes(host.random());
    const auto isKept =
        kept.keep(context, person, codes, *before ? (*before)->version : std::uint64_t{0});
    if (!isKept) {
        return isKept.error();
    }
    if (!*isKept) {
        return Error::unavailable("the person got or used codes in this moment; try again");
    }
    return Value(ValueMap{{"id", person.user.login}, {"codes", listOfTexts(codes)}});
}

Result<Value> remove(Host& host, const Context& context, const FoundUser& person) {
    const auto isRemoved = RecoveryCodes(host).remove(context, person);
    if (!isRemoved) {
        return isRemoved.error();
    }
    const auto& login = person.user.login;
    return *isRemoved ? Result<Value>(ValueMap{{"id", login}, {"recovery_codes", "removed"}})
                      : Error::badInput(login + " has no recovery codes");
}

}  // namespace

std::vector<OfferedCommand> recoveryCommands() {
    return {
        {addName,
         "LOGIN",
         "gives a person recovery codes",
         "Ten, each good once, in place of those they had. Whoever knows one passes where it is "
         "asked for: be sure who asks you, and hand them over as you would a password.",
         {},
         "gatehouse recovery-code add ann"},
        {removeName,
         "LOGIN",
         "takes a person's recovery codes away",
         {},
         {},
         "gatehouse recovery-code remove ann"}};
}

Result<Value> runRecoveryCommand(Host& host, const Context& context, std::string_view name,
                                 std::string_view login) {
    const auto person = host.one<People>().findByLogin(context, login);
    if (!person) {
        return person.error();
    }
    if (!*person) {
        return Error::badInput("nobody has the login " + std::string(login));
    }
    return name == addName ? add(host, context, **person) : remove(host, context, **person);
}

}  // namespace gatehouse
