// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/Time.h>

#include <string>

namespace gatehouse {

/// Where the people are, as Poco::Data is told.
struct SqlAddress {
    enum class Kind { sqlite, postgresql, mysql, odbc };
    Kind kind;
    std::string text;  ///< holds the password: not for logs
    seconds connectTimeout;
};

/// Of sqlite:/PATH, postgresql://…, mysql://USER:PASSWORD@HOST:3306/DATABASE or
/// odbc://USER:PASSWORD@NAME. What leaves this machine is encrypted and the server's name verified;
/// MySQL that would not be is refused, and over ODBC the data source says. A statement ends by
/// itself after `timeout` where the server can do that. An error never holds the password.
Result<SqlAddress> sqlAddressOf(const std::string& url, milliseconds timeout, bool isReadOnly);

}  // namespace gatehouse
