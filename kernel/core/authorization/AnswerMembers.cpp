// SPDX-License-Identifier: Apache-2.0
#include "authorization/AnswerMembers.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace gatehouse {

namespace {

bool isNamed(const std::vector<Form::Field>& fields, std::string_view name) {
    return std::any_of(fields.begin(), fields.end(),
                       [&](const Form::Field& field) { return field.first == name; });
}

}  // namespace

AnswerMembers::AnswerMembers(Host& host, const std::vector<Host::Named<AnswerMember>>& plugins)
    : log_(host.log()) {
    for (const auto& named : plugins) {
        plugins_.emplace_back(host, named);
    }
}

/// What the answer says already, nobody says otherwise.
std::vector<Form::Field> AnswerMembers::parameters(const AnswerInHand& answer,
                                                   std::string_view sid) const {
    std::vector<Form::Field> all;
    auto added = ofAll<Form::Field>(answer.context(), [&](const AnswerMember& plugin) {
        return plugin.parameters(answer, sid);
    });
    for (auto& field : added) {
        if (!isNamed(answer.parameters(), field.first) && !isNamed(all, field.first)) {
            all.push_back(std::move(field));
        }
    }
    return all;
}

std::vector<Cookie> AnswerMembers::cookies(const Context& context, std::string_view sid) const {
    return ofAll<Cookie>(context,
                         [&](const AnswerMember& plugin) { return plugin.cookies(context, sid); });
}

template <class T, class Ask>
std::vector<T> AnswerMembers::ofAll(const Context& context, const Ask& ask) const {
    std::vector<T> all;
    for (const auto& plugin : plugins_) {
        auto added = plugin.ask(ask);
        if (!added) {
            log_.write(context, Level::error,
                       "nothing added to an answer: " + added.error().detail);
            continue;
        }
        std::move(added->begin(), added->end(), std::back_inserter(all));
    }
    return all;
}

}  // namespace gatehouse
