// SPDX-License-Identifier: Apache-2.0
#include "login/ChosenPasswords.h"

#include "login/PersonDirectory.h"

#include <utility>

namespace gatehouse {

namespace {

/// The store has a reason of its own; which one is between it and the operator.
constexpr const char* refused = "new_password.refused";
constexpr const char* same = "new_password.same";

}  // namespace

ChosenPasswords::ChosenPasswords(Host& host, const PersonDirectory& people,
                                 const std::vector<Host::Named<PasswordRule>>& rules)
    : host_(host), people_(people) {
    for (const auto& named : rules) {
        rules_.emplace_back(host, named);
    }
}

Result<std::string> ChosenPasswords::problem(const Context& context, const User& person,
                                             const Secret& password) const {
    if (password.view().empty() || password.view().size() > PersonDirectory::longestPassword) {
        return std::string(refused);
    }
    for (const auto& rule : rules_) {
        auto problem = rule.ask(
            [&](const PasswordRule& asked) { return asked.problem(context, person, password); });
        if (!problem || !problem->empty()) {
            return problem;
        }
    }
    return std::string();
}

Result<std::string> ChosenPasswords::choose(const Context& context, const FoundUser& person,
                                            const Secret& password,
                                            std::string_view remoteAddress) const {
    auto problem = this->problem(context, person.user, password);
    if (!problem || !problem->empty()) {
        return problem;
    }
    UserStore* store = people_.store(context.issuer, person.store).plugin;
    UserEditor* editor = store == nullptr ? nullptr : store->editor();
    if (editor == nullptr) {
        return Error::notAllowed("passwords of the user store " + person.store +
                                 " are not changed here");
    }
    const auto known = store->checkPassword(context, person.user.login, password);
    if (!known) {
        return known.error();
    }
    if (*known) {
        return std::string(same);
    }
    const auto set = editor->setPassword(context, person.user.id, password);
    if (!set) {
        return set.error().fault == Fault::badInput ? Result<std::string>(refused) : set.error();
    }
    tell(context, person, remoteAddress);
    return std::string();
}

void ChosenPasswords::tell(const Context& context, const FoundUser& person,
                           std::string_view remoteAddress) const {
    const auto sub = host_.subjects().of(context, person.store, person.user.id);
    Event event;
    event.type = "password.changed";
    event.subject = sub ? *sub : std::string{};
    event.remoteAddress = remoteAddress;
    event.details = {{"login", person.user.login}};
    host_.events().publish(context, std::move(event));
}

}  // namespace gatehouse
