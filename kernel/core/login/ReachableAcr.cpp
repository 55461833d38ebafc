// SPDX-License-Identifier: Apache-2.0
#include "login/ReachableAcr.h"

#include "text/Contains.h"

#include <algorithm>
#include <iterator>
#include <sstream>

namespace gatehouse {

namespace {

std::vector<std::string> wordsOf(const std::string& text) {
    std::istringstream words(text);
    return {std::istream_iterator<std::string>(words), {}};
}

using FactorSets = std::set<std::set<Factor>>;

FactorSets withOneMore(const FactorSets& before, const ReachableAcr::Proofs& proofs,
                       const std::string& step) {
    const auto proof = proofs.find(step);
    if (proof == proofs.end()) {
        return {};
    }
    FactorSets after;
    for (const auto& given : proof->second.factors) {
        for (auto factors : before) {
            factors.insert(given.begin(), given.end());
            after.insert(std::move(factors));
        }
    }
    return after;
}

}  // namespace

std::string ReachableAcr::wanted(const AuthorizationRequest& request) const {
    const auto essential = request.claims.essentialAcr();
    if (essential.empty() && request.acrValues.empty()) {
        return {};
    }
    for (const auto& acr : essential.empty() ? wordsOf(request.acrValues) : essential) {
        if ((!essential.empty() || isConditional(acr)) && reaches(acr, &request.client->id)) {
            return acr;
        }
    }
    return {};
}

std::vector<std::string> ReachableAcr::all() const {
    std::vector<std::string> values;
    for (const auto acr : {oneFactor, twoFactors}) {
        if (reaches(acr, nullptr)) {
            values.emplace_back(acr);
        }
    }
    return values;
}

bool ReachableAcr::isConditional(std::string_view acr) const {
    return std::any_of(plan_.begin(), plan_.end(),
                       [&](const LoginStage& stage) { return stage.when.acr == acr; });
}

/// Who is not known yet has something to answer.
bool ReachableAcr::mayBeLeft(const LoginStage& stage) const {
    const auto isLeft = [&](const std::string& step) {
        const auto proof = proofs_.find(step);
        return proof != proofs_.end() && proof->second.mayBeLeft;
    };
    return stage.isOffered || !stage.when.isNone() ||
           (&stage != &plan_.front() &&
            (stage.remember > seconds{0} ||
             std::any_of(stage.steps.begin(), stage.steps.end(), isLeft)));
}

/// One step of each stage is passed; what depends on the person may hold.
bool ReachableAcr::reaches(std::string_view acr, const std::string* client) const {
    FactorSets before{{}};
    for (const auto& stage : plan_) {
        const auto& when = stage.when;
        if (client != nullptr && !when.clients.empty() && !contains(when.clients, *client)) {
            continue;
        }
        auto after = mayBeLeft(stage) ? before : FactorSets();
        for (const auto& step : stage.steps) {
            after.merge(withOneMore(before, proofs_, step));
        }
        before = std::move(after);
    }
    return std::any_of(before.begin(), before.end(),
                       [&](const auto& factors) { return authenticationClass(factors) == acr; });
}

}  // namespace gatehouse
