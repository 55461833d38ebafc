// SPDX-License-Identifier: Apache-2.0
#include "login/AskedSteps.h"

#include "authorization/AuthorizationRequest.h"
#include "text/Contains.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

namespace gatehouse {

namespace {

bool isFirst(const LoginPlan& plan, const std::string& step) {
    return !plan.empty() && plan.front().when.isNone() && contains(plan.front().steps, step);
}

bool isWord(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

}  // namespace

AskedSteps::AskedSteps(const std::vector<Host::Named<LoginStep>>& steps,
                       std::vector<Host::Named<UserStore>> stores, LoginPlan plan)
    : stores_(std::move(stores)) {
    const auto whole = wholePlan(std::move(plan), steps);
    for (const auto& [name, plugin] : steps) {
        if (const auto* step = capabilityOf<AskedStep>(*plugin)) {
            asked_.push_back({name, step, std::string(step->prompt()), isFirst(whole, name)});
        }
    }
}

Status AskedSteps::check() const {
    std::map<std::string, std::string> owners;
    for (const auto prompt : Prompts::own) {
        owners.emplace(prompt, "the server");
    }
    for (const auto& asked : asked_) {
        const auto said = "login_step " + asked.name + ": the prompt \"" + asked.prompt + "\" ";
        if (!isWord(asked.prompt)) {
            return Error::badInput(said + "is no word");
        }
        const auto [owner, isNew] = owners.emplace(asked.prompt, asked.name);
        if (!isNew) {
            return Error::badInput(said + "is answered by " + owner->second + " too");
        }
    }
    return done();
}

std::vector<std::string> AskedSteps::prompts(const Issuer& issuer) const {
    std::vector<std::string> known(Prompts::own.begin(), Prompts::own.end());
    for (const auto& asked : asked_) {
        if (missing(issuer, asked).empty()) {
            known.push_back(asked.prompt);
        }
    }
    return known;
}

std::string AskedSteps::stepFor(const Issuer& issuer, std::string_view prompt) const {
    const auto found = std::find_if(asked_.begin(), asked_.end(), [&](const Asked& asked) {
        return asked.prompt == prompt && missing(issuer, asked).empty();
    });
    return found == asked_.end() ? std::string() : found->name;
}

std::vector<AskedSteps::Doubt> AskedSteps::doubts(const Issuer& issuer) const {
    std::vector<Doubt> doubts;
    for (const auto& asked : asked_) {
        if (auto why = missing(issuer, asked); !why.empty()) {
            doubts.push_back({asked.name, "prompt=" + asked.prompt + " is not offered: " + why});
        }
    }
    return doubts;
}

std::string AskedSteps::missing(const Issuer& issuer, const Asked& asked) const {
    if (!asked.isFirst) {
        return "no login begins with it: it has to stand in the first entry of login, which then "
               "has no condition";
    }
    std::vector<Host::Named<UserStore>> stores;
    std::copy_if(stores_.begin(), stores_.end(), std::back_inserter(stores),
                 [&](const auto& store) { return issuer.asksUserStore(store.name); });
    return asked.step->missing(stores);
}

}  // namespace gatehouse
