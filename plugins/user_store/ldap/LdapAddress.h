// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace gatehouse {

/// Why a URL cannot name a directory: nothing but a server is taken, and what leaves the machine
/// is encrypted. Empty: it can.
std::string ldapUrlProblem(const std::string& url, bool startsTls);

}  // namespace gatehouse
