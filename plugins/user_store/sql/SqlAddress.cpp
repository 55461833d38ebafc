// SPDX-License-Identifier: Apache-2.0
#include "SqlAddress.h"

#include <Poco/Exception.h>
#include <Poco/URI.h>

#include <libpq-fe.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <memory>
#include <sstream>
#include <string_view>

namespace gatehouse {

namespace {

using Keywords = std::map<std::string, std::string>;

constexpr seconds connectTimeout{3};

struct FreeOptions {
    void operator()(PQconninfoOption* options) const noexcept { PQconninfoFree(options); }
};

/// A folder with a socket, or a loopback address.
bool isThisMachine(const std::string& host) {
    return host.empty() || host[0] == '/' || host == "localhost" || host == "::1" ||
           host.rfind("127.", 0) == 0;
}

/// Of libpq's hosts or addresses, which commas part.
bool areThisMachine(const Keywords& keywords, const char* name) {
    const auto found = keywords.find(name);
    std::istringstream hosts(found == keywords.end() ? "" : found->second);
    for (std::string host; std::getline(hosts, host, ',');) {
        if (!isThisMachine(host)) {
            return false;
        }
    }
    return true;
}

/// Where Debian and Fedora keep the certificates that a machine trusts.
std::string systemRoots() {
    const std::string debian = "/etc/ssl/certs/ca-certificates.crt";
    return ::access(debian.c_str(), R_OK) == 0 ? debian : "/etc/pki/tls/certs/ca-bundle.crt";
}

/// Poco splits its texts at blanks and semicolons, and knows no quoting.
Status checkValue(const std::string& name, const std::string& value) {
    return value.find_first_of(" \t\n;='\\") == std::string::npos
               ? done()
               : Status{Error::badInput("has a character in \"" + name +
                                        "\" that Poco cannot hand over: blank, ; = ' or \\")};
}

Result<Keywords> libpqKeywords(const std::string& url) {
    const std::unique_ptr<PQconninfoOption, FreeOptions> options(
        PQconninfoParse(url.c_str(), nullptr));
    if (!options) {
        return Error::badInput("is not a URL of PostgreSQL (a password's special characters are "
                               "written as %40 and so on)");
    }
    Keywords keywords;
    for (const auto* option = options.get(); option->keyword != nullptr; ++option) {
        if (option->val != nullptr && option->val[0] != '\0') {
            keywords[option->keyword] = option->val;
        }
    }
    return keywords;
}

void setDefaults(Keywords& keywords, milliseconds timeout, bool isReadOnly) {
    if (!areThisMachine(keywords, "host") || !areThisMachine(keywords, "hostaddr")) {
        keywords.try_emplace("sslmode", "verify-full");
        keywords.try_emplace("sslrootcert", systemRoots());
    }
    keywords.try_emplace("connect_timeout", std::to_string(connectTimeout.count()));
    keywords.try_emplace("gssencmode", "disable");
    keywords.try_emplace("fallback_application_name", "gatehouse");
    keywords["client_encoding"] = "UTF8";
    keywords["options"] = "-cstatement_timeout=" + std::to_string(timeout.count()) +
                          (isReadOnly ? "\t-cdefault_transaction_read_only=on" : "");
}

Result<SqlAddress> postgresql(const std::string& url, milliseconds timeout, bool isReadOnly) {
    auto keywords = libpqKeywords(url);
    if (!keywords) {
        return keywords.error();
    }
    std::string text;
    for (const auto& [name, value] : *keywords) {
        if (const auto status = checkValue(name, value); !status && name != "options") {
            return status.error();
        }
    }
    setDefaults(*keywords, timeout, isReadOnly);
    for (const auto& [name, value] : *keywords) {
        text.append(text.empty() ? "" : " ").append(name).append("='").append(value).append("'");
    }
    return SqlAddress{SqlAddress::Kind::postgresql, text, connectTimeout};
}

struct Account {
    std::string user;
    std::string password;
};

Account accountIn(const Poco::URI& uri) {
    const std::string& info = uri.getUserInfo();
    const auto colon = info.find(':');
    Account account;
    Poco::URI::decode(info.substr(0, colon), account.user);
    Poco::URI::decode(colon == std::string::npos ? "" : info.substr(colon + 1), account.password);
    return account;
}

Result<SqlAddress> mysql(const std::string& url) {
    const Poco::URI uri(url);
    const auto account = accountIn(uri);
    const std::string host = uri.getHost().empty() ? "localhost" : uri.getHost();
    if (!isThisMachine(host)) {
        return Error::badInput("names a MySQL of another machine, and Poco cannot encrypt what is "
                               "said to it: use a tunnel that ends on 127.0.0.1");
    }
    const Keywords keywords{
        {"host", host},
        {"port", std::to_string(uri.getPort() == 0 ? 3306 : uri.getPort())},
        {"user", account.user},
        {"password", account.password},
        {"db", uri.getPath().substr(std::min<std::size_t>(uri.getPath().size(), 1))},
        {"character-set", "utf8mb4"},
    };
    std::string text;
    for (const auto& [name, value] : keywords) {
        if (const auto status = checkValue(name, value); !status) {
            return status.error();
        }
        text.append(text.empty() ? "" : ";").append(name).append("=").append(value);
    }
    return SqlAddress{SqlAddress::Kind::mysql, text, connectTimeout};
}

bool isDataSource(const std::string& name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char letter) {
        return std::isalnum(letter) != 0 || letter == '_' || letter == '-' || letter == '.';
    });
}

/// Not every driver takes braces off a UID.
Result<SqlAddress> odbc(const std::string& url) {
    const Poco::URI uri(url);
    const auto account = accountIn(uri);
    if (!isDataSource(uri.getHost()) || !uri.getPathEtc().empty() || uri.getPort() != 0) {
        return Error::badInput("is not odbc://USER:PASSWORD@NAME, the name of a data source of "
                               "odbc.ini");
    }
    if (account.user.find_first_of(";{}=") != std::string::npos ||
        account.password.find_first_of("{}") != std::string::npos) {
        return Error::badInput("has a character that ODBC cannot be handed: { or }, or ; or = in "
                               "the user's name");
    }
    std::string text = "DSN=" + uri.getHost();
    if (!uri.getUserInfo().empty()) {
        text.append(";UID=" + account.user + ";PWD={" + account.password + "}");
    }
    return SqlAddress{SqlAddress::Kind::odbc, text, connectTimeout};
}

}  // namespace

Result<SqlAddress> sqlAddressOf(const std::string& url, milliseconds timeout, bool isReadOnly) {
    const std::string scheme = url.substr(0, url.find(':'));
    if (scheme == "sqlite") {
        const std::string path = url.substr(std::min(url.size(), scheme.size() + 1));
        return path.rfind('/', 0) == 0 && path.rfind("//", 0) != 0
                   ? Result<SqlAddress>{SqlAddress{SqlAddress::Kind::sqlite, path, connectTimeout}}
                   : Result<SqlAddress>{Error::badInput("is not sqlite:/PATH")};
    }
    if (scheme == "postgresql" || scheme == "postgres") {
        return postgresql(url, timeout, isReadOnly);
    }
    try {
        if (scheme == "mysql" || scheme == "odbc") {
            return scheme == "mysql" ? mysql(url) : odbc(url);
        }
    } catch (const Poco::Exception&) {
        return Error::badInput("is not a URL of " + scheme +
                               " (a password's special characters are written as %40 and so on)");
    }
    return Error::badInput("is not of sqlite:, postgresql:, mysql: or odbc:");
}

}  // namespace gatehouse
