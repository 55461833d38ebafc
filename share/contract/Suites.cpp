// SPDX-License-Identifier: Apache-2.0
#include "Suites.h"

#include "LoadedBed.h"

#include <algorithm>
#include <iterator>
#include <vector>

namespace gatehouse {

namespace {

struct Row {
    std::string_view point;
    std::unique_ptr<CppUnit::Test> (*suite)();
    std::vector<std::string> members;  ///< of the trial's file, each "name" or "name.member"
};

/// What cases pass that have nothing to ask of a bed like ours.
struct Unasked {
    std::string_view point;
    std::string_view rule;
    std::string_view why;
};

constexpr Unasked unasked[] = {
    {"user_store", "theIdStaysTheSameWithAnotherLogin",
     "nobody is renamed where the store looks; a bed of your own can, by rename()"},
    {"user_store", "aVerifiedEmailIsSaidToBe",
     "nothing is known of the person's claims; a bed of your own says them, by addUser()"},
    {"user_store", "aDeadBackendIsUnavailableAndNotWrong",
     "where the store looks cannot be taken away here; a bed of your own can, by kill()"},
    {"user_store", "aSlowBackendIsGivenUpInTime",
     "where the store looks cannot be made slow here; a bed of your own can, by slowDown()"},
};

const std::vector<Row>& rows() {
    static const std::vector<Row> all{
        {"authorization_rule", authorizationRuleSuite, {"good"}},
        {"claims_source", claimsSourceSuite, {}},
        {"grant", grantSuite, {"good"}},
        {"login_step", loginStepSuite, {"person.id", "person.login", "right"}},
        {"metrics", metricsSuite, {}},
        {"user_store",
         userStoreSuite,
         {"person.login", "person.password", "disabled.login", "disabled.password"}},
    };
    return all;
}

bool isThere(const ValueMap& known, const std::string& member) {
    const auto dot = member.find('.');
    const Value* found = known.find(member.substr(0, dot));
    if (found == nullptr || found->map() == nullptr) {
        return false;
    }
    return dot == std::string::npos || !found->map()->text(member.substr(dot + 1)).empty();
}

}  // namespace

Result<std::unique_ptr<CppUnit::Test>> suiteOf(std::string_view point, Trial& trial) {
    for (const auto& row : rows()) {
        if (row.point != point) {
            continue;
        }
        for (const auto& member : row.members) {
            if (!isThere(trial.known(), member)) {
                return Error::badInput(trial.file() + ": the suite of a " + std::string(point) +
                                       " has to know \"" + member + "\"");
            }
        }
        LoadedBed::setTrial(trial);
        return row.suite();
    }
    return Error::badInput(trial.plugin() + ": there is a suite for " + testablePoints() +
                           "; a plugin of another point is tested by a program of its own, with "
                           "the test kit");
}

std::string_view whyNotAsked(std::string_view point, std::string_view rule) {
    const auto* row =
        std::find_if(std::begin(unasked), std::end(unasked),
                     [&](const Unasked& each) { return each.point == point && each.rule == rule; });
    return row == std::end(unasked) ? std::string_view() : row->why;
}

std::string testablePoints() {
    std::string points;
    for (const auto& row : rows()) {
        points += (points.empty() ? "" : ", ") + std::string(row.point);
    }
    return points;
}

}  // namespace gatehouse
