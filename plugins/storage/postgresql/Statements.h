// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Connection.h"
#include "PostgresFailure.h"

#include <Poco/Exception.h>

namespace gatehouse {

/// What Poco says of a statement that failed, with the SQLSTATE that it has in its text only.
PostgresFailure failureOf(const Poco::Exception& problem);

/// Runs Poco's statements on a session: `work` gets it. Failures are thrown as PostgresFailure.
template <class Work> auto withStatements(Connection& connection, const Work& work) {
    try {
        return work(connection.statements());
    } catch (const Poco::Exception& problem) {
        throw failureOf(problem);
    }
}

}  // namespace gatehouse
