// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include "SqlQuery.h"

#include <Poco/Data/Session.h>

#include <string>
#include <utility>
#include <vector>

namespace gatehouse {

/// The columns of a query, with whether they are whole numbers.
using SqlColumns = std::vector<std::pair<std::string, bool>>;

/// What a statement gives, its placeholders bound: a column is a member by its name in small
/// letters, null included. Throws std::exception, as columnsOf().
std::vector<ValueMap> rowsOf(Poco::Data::Session& session, const std::string& text,
                             std::vector<SqlValue> values);
SqlColumns columnsOf(Poco::Data::Session& session, const std::string& query);

}  // namespace gatehouse
