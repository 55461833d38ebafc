// SPDX-License-Identifier: Apache-2.0
#include "login/PeopleHere.h"

namespace gatehouse {

namespace {

auto isOf(std::string_view sub) {
    return [sub](const SignedIn& one) { return one.session.subject.sub == sub; };
}

}  // namespace

std::vector<SignedIn> PeopleHere::all() const {
    auto people = beside;
    if (who) {
        people.insert(people.begin(), *who);
    }
    return people;
}

bool PeopleHere::has(std::string_view sub) const {
    return (who && isOf(sub)(*who)) || std::any_of(beside.begin(), beside.end(), isOf(sub));
}

void PeopleHere::turnAway() {
    if (who) {
        beside.insert(beside.begin(), *std::exchange(who, std::nullopt));
    }
}

void PeopleHere::arrive(SignedIn person) {
    beside.erase(std::remove_if(beside.begin(), beside.end(), isOf(person.session.subject.sub)),
                 beside.end());
    who = std::move(person);
}

std::string PeopleHere::sids() const {
    std::vector<std::string_view> sids;
    for (const auto& one : beside) {
        sids.emplace_back(one.session.authentication.sessionId);
    }
    if (who) {
        sids.emplace_back(who->session.authentication.sessionId);
    }
    std::sort(sids.begin(), sids.end());
    std::string text;
    for (const auto sid : sids) {
        text.append(text.empty() ? "" : " ").append(sid);
    }
    return text;
}

}  // namespace gatehouse
