// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Trial.h"

#include <cppunit/Test.h>

#include <memory>
#include <string>
#include <string_view>

namespace gatehouse {

/// The contract suite of a point, about the plugin of the trial, which must outlive it; nothing for
/// a point that has none here. Fault::badInput: what the trial's file has to say for it.
Result<std::unique_ptr<CppUnit::Test>> suiteOf(std::string_view point, Trial& trial);

/// Why the suite of a point has nothing to ask here for this rule; empty where it asks.
std::string_view whyNotAsked(std::string_view point, std::string_view rule);

/// The points that have one: "a, b, c".
std::string testablePoints();

std::unique_ptr<CppUnit::Test> answerMemberSuite();
std::unique_ptr<CppUnit::Test> authorizationRuleSuite();
std::unique_ptr<CppUnit::Test> claimsSourceSuite();
std::unique_ptr<CppUnit::Test> clientMetadataRuleSuite();
std::unique_ptr<CppUnit::Test> clientSourceSuite();
std::unique_ptr<CppUnit::Test> eventSinkSuite();
std::unique_ptr<CppUnit::Test> grantSuite();
std::unique_ptr<CppUnit::Test> importFormatSuite();
std::unique_ptr<CppUnit::Test> loginStepSuite();
std::unique_ptr<CppUnit::Test> metricsSuite();
std::unique_ptr<CppUnit::Test> moduleSuite();
std::unique_ptr<CppUnit::Test> passwordRuleSuite();
std::unique_ptr<CppUnit::Test> responseModeSuite();
std::unique_ptr<CppUnit::Test> responseTypeSuite();
std::unique_ptr<CppUnit::Test> userStoreSuite();

}  // namespace gatehouse
