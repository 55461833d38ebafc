// SPDX-License-Identifier: Apache-2.0
#include "DatabaseUrl.h"

#include "ConnectionText.h"
#include "text/Suggest.h"

#include <libpq-fe.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <map>
#include <memory>
#include <string_view>

namespace gatehouse {
namespace {

using Keywords = std::map<std::string, std::string>;

constexpr seconds connectTimeout{3};
constexpr int newestWithSystemRootsUnknown = 159999;

/// Where Debian and Fedora keep the certificates a machine trusts.
constexpr std::array<const char*, 2> rootFiles{"/etc/ssl/certs/ca-certificates.crt",
                                               "/etc/pki/tls/certs/ca-bundle.crt"};

struct FreeOptions {
    void operator()(PQconninfoOption* options) const noexcept { PQconninfoFree(options); }
};

bool hasScheme(std::string_view url) {
    const std::string_view scheme = url.substr(0, url.find("://"));
    return scheme == "postgresql" || scheme == "postgres";
}

/// libpq quotes what it does not understand, and that may be a part of the password.
std::string withoutQuotation(const char* message) {
    std::string text = message == nullptr ? "" : message;
    text.erase(std::min(text.find_first_of(":\"\n"), text.size()));
    return text;
}

std::vector<std::string> split(std::string_view list, char separator = ',') {
    std::vector<std::string> parts;
    while (true) {
        const std::size_t end = list.find(separator);
        parts.emplace_back(list.substr(0, end));
        if (end == std::string_view::npos) {
            return parts;
        }
        list.remove_prefix(end + 1);
    }
}

std::vector<std::string> knownParameters() {
    const std::unique_ptr<PQconninfoOption, FreeOptions> options(PQconndefaults());
    std::vector<std::string> names{"ssl"};
    for (const auto* option = options.get(); option->keyword != nullptr; ++option) {
        names.emplace_back(option->keyword);
    }
    return names;
}

bool isName(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](unsigned char letter) {
        return std::isalnum(letter) != 0 || letter == '_';
    });
}

/// What libpq would refuse with a quotation. An @ behind the ? says that the ? is a password's.
Status checkParameters(std::string_view url) {
    const std::size_t mark = url.find('?');
    if (mark == std::string_view::npos || url.find('@', mark) != std::string_view::npos) {
        return done();
    }
    const auto known = knownParameters();
    for (const auto& parameter : split(url.substr(mark + 1), '&')) {
        const std::string name = parameter.substr(0, parameter.find('='));
        if (name != parameter && isName(name) &&
            std::find(known.begin(), known.end(), name) == known.end()) {
            return Error::badInput("has the parameter \"" + name +
                                   "\" behind the ?, which PostgreSQL's client does not know" +
                                   suggestion(name, known));
        }
    }
    return done();
}

Result<Keywords> parse(const std::string& url) {
    if (!hasScheme(url)) {
        return Error::badInput("is not a URL of PostgreSQL (try "
                               "postgresql://USER:PASSWORD@HOST:5432/DATABASE)");
    }
    if (const Status known = checkParameters(url); !known) {
        return known.error();
    }
    char* message = nullptr;
    const std::unique_ptr<PQconninfoOption, FreeOptions> options(
        PQconninfoParse(url.c_str(), &message));
    const std::unique_ptr<char, decltype(&PQfreemem)> freeing(message, PQfreemem);
    if (!options) {
        return Error::badInput("is not a URL of PostgreSQL: " + withoutQuotation(message) +
                               " (a password's special characters are written as %40 and so on)");
    }
    Keywords keywords;
    for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
        if (option->val != nullptr) {
            keywords[option->keyword] = option->val;
        }
    }
    return keywords;
}

std::string takeFrom(Keywords& keywords, const std::string& name) {
    const auto found = keywords.find(name);
    if (found == keywords.end()) {
        return {};
    }
    std::string value = std::move(found->second);
    keywords.erase(found);
    return value;
}

/// A folder with a socket, or a loopback address.
bool isThisMachine(const std::string& host) {
    return host.empty() || host[0] == '/' || host[0] == '@' || host == "localhost" ||
           host == "::1" || host.rfind("127.", 0) == 0;
}

std::string systemRoots() {
    if (PQlibVersion() > newestWithSystemRootsUnknown) {
        return "system";
    }
    for (const char* file : rootFiles) {
        if (::access(file, R_OK) == 0) {
            return file;
        }
    }
    return {};
}

bool isVerifying(const Keywords& keywords) {
    const auto mode = keywords.find("sslmode");
    return mode != keywords.end() && (mode->second == "verify-full" || mode->second == "verify-ca");
}

void setDefaults(Keywords& keywords, bool isLocal, bool hasSeveral) {
    if (!isLocal && keywords.count("sslmode") == 0) {
        keywords["sslmode"] = "verify-full";
    }
    if (isVerifying(keywords)) {
        keywords.try_emplace("sslrootcert", systemRoots());
    }
    if (hasSeveral) {
        keywords.try_emplace("target_session_attrs", "read-write");
    }
    // Kerberos would ask its own servers first, without a time limit.
    keywords.try_emplace("gssencmode", "disable");
    // A peer that vanished is noticed while nothing is asked.
    keywords.try_emplace("keepalives_idle", "30");
    keywords.try_emplace("keepalives_interval", "10");
    keywords.try_emplace("keepalives_count", "3");
    keywords.try_emplace("tcp_user_timeout", "10000");
    keywords.try_emplace("fallback_application_name", "gatehouse");
    keywords["client_encoding"] = "UTF8";
}

Result<milliseconds> timeoutOf(const std::string& text) {
    int number = static_cast<int>(connectTimeout.count());
    const auto* end = text.data() + text.size();
    if (!text.empty() && std::from_chars(text.data(), end, number).ptr != end) {
        return Error::badInput("connect_timeout is not a number of seconds");
    }
    return milliseconds(number > 0 ? seconds{number} : connectTimeout);
}

/// The item for the server at `index`; one item stands for all.
std::string itemAt(const std::vector<std::string>& items, std::size_t index) {
    return items.size() == 1 ? items.front() : items.at(index);
}

std::string nameOf(const std::string& host, const std::string& port) {
    const std::string name = host.empty() ? "the local socket" : host;
    return port.empty() ? name : name + ":" + port;
}

void setIfGiven(Keywords& keywords, const char* name, const std::string& value) {
    if (!value.empty()) {
        keywords[name] = value;
    }
}

/// What the URL says of one server each; a list has one item for all of them or one for each.
struct Lists {
    std::vector<std::string> hosts;
    std::vector<std::string> addresses;
    std::vector<std::string> ports;

    std::size_t size() const { return std::max(hosts.size(), addresses.size()); }
    bool fit() const {
        const auto fits = [this](const auto& list) {
            return list.size() == 1 || list.size() == size();
        };
        return fits(hosts) && fits(addresses) && fits(ports);
    }
};

/// Poco cannot hand over every value with a blank.
Status checkBlanks(const Keywords& keywords) {
    for (const auto& [keyword, value] : keywords) {
        const bool isBroken = value.find('\n') != std::string::npos;
        if (isBroken ||
            (value.find(' ') != std::string::npos && !ConnectionText::takesBlanks(keyword))) {
            return Error::badInput("has a " + std::string(isBroken ? "line break" : "blank") +
                                   " in \"" + keyword + "\", where none can be used");
        }
    }
    return done();
}

ServerAddress serverAt(const Lists& lists, std::size_t index, Keywords keywords,
                       milliseconds timeout) {
    const std::string host = itemAt(lists.hosts, index);
    const std::string address = itemAt(lists.addresses, index);
    const std::string port = itemAt(lists.ports, index);
    setIfGiven(keywords, "host", host);
    setIfGiven(keywords, "hostaddr", address);
    setIfGiven(keywords, "port", port);
    const bool isLocal = isThisMachine(address.empty() ? host : address);
    setDefaults(keywords, isLocal, lists.size() > 1);
    return {nameOf(host.empty() ? address : host, port),
            {keywords.begin(), keywords.end()},
            timeout,
            isLocal || isVerifying(keywords)};
}

}  // namespace

Result<std::vector<ServerAddress>> serversOf(const std::string& url) {
    auto keywords = parse(url);
    if (!keywords) {
        return keywords.error();
    }
    if (const Status checked = checkBlanks(*keywords); !checked) {
        return checked.error();
    }
    const auto timeout = timeoutOf(takeFrom(*keywords, "connect_timeout"));
    if (!timeout) {
        return timeout.error();
    }
    const Lists lists{split(takeFrom(*keywords, "host")), split(takeFrom(*keywords, "hostaddr")),
                      split(takeFrom(*keywords, "port"))};
    if (!lists.fit()) {
        return Error::badInput("names another number of hosts than of addresses or ports");
    }
    std::vector<ServerAddress> servers;
    for (std::size_t index = 0; index < lists.size(); ++index) {
        servers.push_back(serverAt(lists, index, *keywords, *timeout));
    }
    return servers;
}

}  // namespace gatehouse
