// SPDX-License-Identifier: Apache-2.0
#include "login/PlanReader.h"

#include <gatehouse/MayBeLeft.h>
#include <gatehouse/MayProve.h>

#include "json/Members.h"
#include "limit/Unlocks.h"
#include "text/Contains.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace gatehouse {

namespace {

using OpenWay = std::pair<const PlanReader::Step*, Need>;

/// Nobody sets up a proof in place of one that they have.
void leaveWhatCanBeAnswered(std::vector<OpenWay>& ways) {
    const auto isAnswerable = [](const OpenWay& way) { return way.second == Need::yes; };
    if (std::any_of(ways.begin(), ways.end(), isAnswerable)) {
        ways.erase(std::remove_if(ways.begin(), ways.end(), std::not_fn(isAnswerable)), ways.end());
    }
}

bool isInOneOf(const std::vector<std::string>& groups, const FoundUser& person) {
    const auto own = textsOf(person.user.claims.find("groups"));
    return std::any_of(groups.begin(), groups.end(),
                       [&](const std::string& group) { return contains(own, group); });
}

ReachableAcr::Proof proofOf(LoginStep& step) {
    const std::string amr(step.amr());
    ReachableAcr::Proof proof{{factorsOf({amr})}};
    const auto* more = capabilityOf<MayProve>(step);
    if (more != nullptr && !more->mayProve().empty()) {
        proof.factors.push_back(factorsOf({amr, std::string(more->mayProve())}));
    }
    const auto* left = capabilityOf<MayBeLeft>(step);
    proof.mayBeLeft = left != nullptr && left->mayBeLeft();
    return proof;
}

}  // namespace

PlanReader::PlanReader(Host& host, LoginPlan plan)
    : steps_(host.all<LoginStep>()), plan_(wholePlan(std::move(plan), steps_)), browsers_(host),
      remembered_(host) {
    for (const auto& step : steps_) {
        proofs_[step.name] = proofOf(*step.plugin);
    }
}

PlanReader::Due PlanReader::due(const LoginTurn& turn, LoginState& state) const {
    for (const auto& stage : plan_) {
        Due due;
        if (applies(turn, state, stage) && !isDone(turn, stage) && look(turn, state, stage, due)) {
            state.kept = due.step == nullptr
                             ? ValueMap{}
                             : objectOf(turn.interaction.kept, due.step->name.c_str());
            state.isChosen = due.otherWays.empty() ||
                             (due.step != nullptr && due.step->name == turn.interaction.chosen);
            return due;
        }
    }
    return {};
}

bool PlanReader::applies(const LoginTurn& turn, LoginState& state, const LoginStage& stage) const {
    const auto& when = stage.when;
    const auto& person = state.person;
    if ((!when.clients.empty() && !contains(when.clients, turn.request.client->id)) ||
        (!when.acr.empty() && reachable().wanted(turn.request) != when.acr)) {
        return false;
    }
    const bool isOfPerson =
        !when.groups.empty() || !when.enrolled.empty() || when.isNewBrowser.has_value();
    if (!isOfPerson || !person) {
        return !isOfPerson;
    }
    const bool isEnrolled =
        when.enrolled.empty() ||
        std::any_of(when.enrolled.begin(), when.enrolled.end(), [&](const std::string& name) {
            const Step* step = find(name);
            return step != nullptr && needOf(turn, state, *step) == Need::yes;
        });
    const auto isNew = [&] {
        return browsers_
            .nameFor(turn.context, turn.http, accountKey(person->store, person->user.id))
            .empty();
    };
    return isEnrolled && (when.groups.empty() || isInOneOf(when.groups, *person)) &&
           (!when.isNewBrowser || *when.isNewBrowser == isNew());
}

bool PlanReader::isDone(const LoginTurn& turn, const LoginStage& stage) const {
    if (!stage.when.acr.empty()) {
        return authenticationClass(turn.interaction.amr) == stage.when.acr ||
               stage.when.acr == oneFactor;
    }
    const bool isPassed =
        std::any_of(stage.steps.begin(), stage.steps.end(), [&](const std::string& step) {
            return contains(turn.interaction.passed, step) ||
                   contains(turn.interaction.skipped, step);
        });
    return isPassed || isRemembered(turn, stage);
}

/// A site that asks for more than was proved now is not told what was proved once.
bool PlanReader::isRemembered(const LoginTurn& turn, const LoginStage& stage) const {
    const auto& person = turn.interaction.person;
    if (stage.remember == seconds{0} || !person) {
        return false;
    }
    const auto wanted = reachable().wanted(turn.request);
    return (wanted.empty() || wanted == authenticationClass(turn.interaction.amr)) &&
           remembered_.has(turn.context, turn.http, person->sub, stage.name());
}

/// Something that is not proved yet.
bool PlanReader::provesMore(const LoginTurn& turn, const std::string& step) const {
    const auto has = factorsOf(turn.interaction.amr);
    const auto& gives = proofs_.find(step)->second.factors.back();
    return !contains(turn.interaction.passed, step) &&
           !std::includes(has.begin(), has.end(), gives.begin(), gives.end());
}

/// Where a class is wanted only another kind of proof helps.
bool PlanReader::adds(const LoginTurn& turn, const LoginStage& stage,
                      const std::string& step) const {
    return stage.when.acr.empty() || provesMore(turn, step);
}

/// May the person set this up now? Who has another proof shows it first: with a password alone
/// nobody makes what would do in its place. What they have to set up waits for no entry that does
/// not count.
bool PlanReader::mayBegin(const LoginTurn& turn, LoginState& state, const Step& step,
                          Need need) const {
    if (!provesMore(turn, step.name)) {
        return true;
    }
    const auto isOwed = [&](const std::string& name) {
        const Step* other = find(name);
        return other != nullptr && provesMore(turn, name) &&
               needOf(turn, state, *other) == Need::yes;
    };
    return std::none_of(plan_.begin(), plan_.end(), [&](const LoginStage& stage) {
        return !isDone(turn, stage) && (need == Need::offered || applies(turn, state, stage)) &&
               std::any_of(stage.steps.begin(), stage.steps.end(), isOwed);
    });
}

PlanReader::Ways PlanReader::waysOf(const LoginTurn& turn, LoginState& state,
                                    const LoginStage& stage) const {
    Ways ways{{}, stage.isOffered || !stage.when.acr.empty()};
    for (const auto& name : stage.steps) {
        const Step* step = find(name);
        if (step == nullptr || !adds(turn, stage, name)) {
            continue;
        }
        const Need need = needOf(turn, state, *step);
        const bool isSetUp = need == Need::enrolment || need == Need::offered;
        const bool isOpen = need == Need::yes || (isSetUp && mayBegin(turn, state, *step, need));
        ways.isNothingToAsk = ways.isNothingToAsk || need == Need::no || (isSetUp && !isOpen) ||
                              need == Need::offered;
        if (isOpen) {
            ways.open.emplace_back(step, need);
        }
    }
    leaveWhatCanBeAnswered(ways.open);
    return ways;
}

bool PlanReader::look(const LoginTurn& turn, LoginState& state, const LoginStage& stage,
                      Due& due) const {
    const auto [open, isNothingToAsk] = waysOf(turn, state, stage);
    due.stage = &stage;
    if (open.empty()) {
        due.isStuck = !isNothingToAsk;
        return due.isStuck;
    }
    const auto chosen = std::find_if(open.begin(), open.end(), [&](const auto& way) {
        return way.first->name == turn.interaction.chosen;
    });
    due.step = (chosen == open.end() ? open.front() : *chosen).first;
    due.isOffered = stage.isOffered || std::all_of(open.begin(), open.end(), [](const auto& way) {
                        return way.second == Need::offered;
                    });
    if (due.isOffered && (!turn.interaction.raises.empty() || !state.person)) {
        return false;
    }
    for (const auto& way : open) {
        if (way.first != due.step) {
            due.otherWays.push_back(way.first);
        }
    }
    return true;
}

Need PlanReader::needOf(const LoginTurn& turn, LoginState& state, const Step& step) {
    state.kept = objectOf(turn.interaction.kept, step.name.c_str());
    return step.plugin->needed(turn.context, state);
}

const PlanReader::Step* PlanReader::find(std::string_view name) const {
    const auto found = std::find_if(steps_.begin(), steps_.end(),
                                    [&](const Step& step) { return step.name == name; });
    return found == steps_.end() ? nullptr : &*found;
}

}  // namespace gatehouse
