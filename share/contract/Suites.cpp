// SPDX-License-Identifier: Apache-2.0
#include "Suites.h"

#include "LoadedBed.h"

#include <algorithm>
#include <iterator>
#include <vector>

namespace gatehouse {

namespace {

struct Known {
    enum class Shape { map, list, text };
    std::string name;  ///< "name" or "name.member", which is a text
    Shape shape = Shape::map;
};

struct Row {
    std::string_view point;
    std::unique_ptr<CppUnit::Test> (*suite)();
    std::vector<Known> members;  ///< of the trial's file
};

/// Whose suite is asked by a program of its own alone, and what a file cannot say.
struct Elsewhere {
    std::string_view point;
    const char* header;
    const char* lacks;
};

constexpr Elsewhere elsewhere[] = {
    {"approver", "ApproverContract", "how somebody is made to decide"},
    {"client_auth", "ClientAuthContract", "how a new proof is made for each request"},
    {"key_store", "KeyStoreContract", "how its signatures are verified"},
    {"mailer", "MailerContract", "where its mails are to be seen"},
    {"request_source", "RequestSourceContract", "how a request comes to be there"},
    {"resource_registry", "ResourceRegistryContract", "how it comes to know one API alone"},
    {"storage", "StorageContract", "how an empty one is made for each promise"},
    {"token_binding", "TokenBindingContract", "how a new proof is made for each request"},
    {"token_format", "TokenFormatContract", "what keys and records stand behind its tokens"},
    {"trusted_issuer", "TrustedIssuerContract", "how assertions are made that are good now"},
};

/// What cases pass that have nothing to ask of a bed like ours.
struct Unasked {
    std::string_view point;
    std::string_view rule;
    std::string_view why;
};

constexpr Unasked unasked[] = {
    {"event_sink", "aBackendThatIsAwayLosesNothingThatIsTaken",
     "where its events go cannot be taken away here; a bed of your own can, by kill()"},
    {"event_sink", "stoppingEndsTheWaitForABackend",
     "where its events go cannot be taken away here; a bed of your own can, by kill()"},
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
    using Shape = Known::Shape;
    static const std::vector<Row> all{
        {"answer_member", answerMemberSuite, {}},
        {"authorization_rule", authorizationRuleSuite, {{"good"}}},
        {"claims_source", claimsSourceSuite, {}},
        {"client_metadata_rule", clientMetadataRuleSuite, {{"good"}, {"bad", Shape::list}}},
        {"client_source", clientSourceSuite, {{"clients.known"}, {"clients.unknown"}}},
        {"event_sink", eventSinkSuite, {}},
        {"grant", grantSuite, {{"good"}}},
        {"import_format", importFormatSuite, {{"file", Shape::text}}},
        {"login_step", loginStepSuite, {{"person.id"}, {"person.login"}, {"right"}}},
        {"metrics", metricsSuite, {}},
        {"module", moduleSuite, {{"good", Shape::list}}},
        {"password_rule", passwordRuleSuite, {{"passwords.good"}, {"passwords.bad"}}},
        {"response_mode", responseModeSuite, {}},
        {"response_type", responseTypeSuite, {{"good"}}},
        {"user_store",
         userStoreSuite,
         {{"person.login"}, {"person.password"}, {"disabled.login"}, {"disabled.password"}}},
    };
    return all;
}

bool isThere(const ValueMap& known, const Known& member) {
    const auto dot = member.name.find('.');
    const Value* found = known.find(member.name.substr(0, dot));
    if (found == nullptr) {
        return false;
    }
    if (dot != std::string::npos) {
        return found->map() != nullptr && !found->map()->text(member.name.substr(dot + 1)).empty();
    }
    switch (member.shape) {
    case Known::Shape::list: return found->list() != nullptr && !found->list()->empty();
    case Known::Shape::text: return found->text() != nullptr;
    default: return found->map() != nullptr;
    }
}

std::string whyNoSuite(std::string_view point) {
    for (const auto& each : elsewhere) {
        if (each.point == point) {
            return "the suite of a " + std::string(point) +
                   " cannot be asked from here: no file says " + each.lacks +
                   "; a program of its own runs it, <gatehouse/testkit/" + each.header + ".h>";
        }
    }
    return "there is no suite for a " + std::string(point);
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
                                       " has to know \"" + member.name + "\"");
            }
        }
        LoadedBed::setTrial(trial);
        return row.suite();
    }
    return Error::badInput(trial.plugin() + ": " + whyNoSuite(point) + ". There is one here for " +
                           testablePoints());
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
