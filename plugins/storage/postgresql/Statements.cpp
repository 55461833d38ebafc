// SPDX-License-Identifier: Apache-2.0
#include "Statements.h"

#include <regex>

namespace gatehouse {

/// Sessions are told to be verbose, so that every message begins "ERROR:  55P03: words".
PostgresFailure failureOf(const Poco::Exception& problem) {
    static const std::regex answer("[A-Z]+:  ([0-9A-Z]{5}): ([^\n]*)");
    const std::string& text = problem.message();
    std::smatch found;
    if (!std::regex_search(text, found, answer)) {
        return {PostgresFailure::Kind::lost, oneLine(text)};
    }
    return {found[1].str(), found[2].str()};
}

}  // namespace gatehouse
