// SPDX-License-Identifier: Apache-2.0
#include "InvitationCommands.h"

#include "Invitations.h"
#include "json/Members.h"
#include "text/MailAddress.h"
#include "text/Rfc3339.h"

#include <charconv>
#include <string>

namespace gatehouse {

namespace {

constexpr const char* createName = "invitation create";
constexpr const char* listName = "invitation list";
constexpr const char* removeName = "invitation remove";
constexpr std::int64_t day = 86'400;
constexpr std::int64_t usualDays = 7;
constexpr std::int64_t mostDays = 365;

ValueMap described(const Invitation& invitation) {
    return {{"id", invitation.address},
            {"created", rfc3339Second(invitation.made)},
            {"expires", rfc3339Second(invitation.ends)}};
}

Result<std::int64_t> daysIn(const GivenArguments& arguments) {
    const auto texts = textsOf(arguments.options.find("days"));
    if (texts.empty()) {
        return usualDays;
    }
    const auto& text = texts.back();
    std::int64_t days = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), days);
    const bool isNumber = problem == std::errc() && end == text.data() + text.size();
    return isNumber && days >= 1 && days <= mostDays
               ? Result<std::int64_t>(days)
               : Error::badInput("--days is a number from 1 to " + std::to_string(mostDays));
}

Result<Value> create(const Invitations& invitations, const Context& context,
                     const GivenArguments& arguments) {
    const auto& address = arguments.positional.front();
    const auto days = daysIn(arguments);
    if (!days || !isMailAddress(address)) {
        return days ? Error::badInput("\"" + address + "\" is no e-mail address") : days.error();
    }
    const auto made = invitations.add(context, address, seconds{*days * day});
    return made ? Result<Value>(described(*made)) : made.error();
}

Result<Value> list(const Invitations& invitations, const Context& context) {
    const auto found = invitations.list(context);
    if (!found) {
        return found.error();
    }
    ValueList rows;
    for (const auto& invitation : *found) {
        rows.emplace_back(described(invitation));
    }
    return Value(std::move(rows));
}

Result<Value> remove(const Invitations& invitations, const Context& context,
                     const std::string& address) {
    const auto isRemoved = invitations.remove(context, address);
    if (!isRemoved) {
        return isRemoved.error();
    }
    return *isRemoved ? Result<Value>(ValueMap{{"id", address}, {"invitation", "removed"}})
                      : Error::badInput("nobody is invited by the address \"" + address +
                                        "\"; see gatehouse invitation list");
}

}  // namespace

std::vector<OfferedCommand> invitationCommands() {
    return {{createName,
             "ADDRESS",
             "let somebody make an account with this e-mail address",
             "Tell them to press \"Create an account\" where they sign in, and to type this "
             "address; they are sent a link there. It matters with `invitation_only: true` of "
             "login_step.signup. Once the account is there, the invitation is gone.",
             {{"days", "NUMBER", "how long it is good; 7 when not given"}},
             "gatehouse invitation create ann@example.org --days 14"},
            {listName, "", "list the invitations that are good", "", {}, ""},
            {removeName,
             "ADDRESS",
             "take an invitation back",
             "An account that was made with it stays.",
             {},
             ""}};
}

Result<Value> runInvitationCommand(Host& host, const Context& context, std::string_view name,
                                   const GivenArguments& arguments) {
    const Invitations invitations(host);
    if (name == createName) {
        return create(invitations, context, arguments);
    }
    return name == listName ? list(invitations, context)
                            : remove(invitations, context, arguments.positional.front());
}

}  // namespace gatehouse
