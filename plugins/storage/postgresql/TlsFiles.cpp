// SPDX-License-Identifier: Apache-2.0
#include "TlsFiles.h"

#include "file/GivenFile.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace gatehouse {

namespace {

constexpr std::size_t largest = 4U << 20U;

struct TlsFile {
    const char* keyword;
    Keeping keeping;
};

constexpr TlsFile files[] = {{"sslrootcert", Keeping::own},
                             {"sslcrl", Keeping::own},
                             {"sslcert", Keeping::own},
                             {"sslkey", Keeping::secret}};

/// The authorities of the system, by libpq's word for them.
constexpr const char* systemRoots = "system";

}  // namespace

Status checkTlsFiles(const ServerAddress& server) {
    std::string problems;
    for (const auto& [keyword, value] : server.keywords) {
        const auto* file = std::find_if(
            std::begin(files), std::end(files),
            [&, &keyword = keyword](const TlsFile& each) { return keyword == each.keyword; });
        if (file == std::end(files) || value.empty() || value == systemRoots) {
            continue;
        }
        if (const auto read = readGivenFile(value, {file->keeping, largest}); !read) {
            problems.append(problems.empty() ? "" : "\n")
                .append(keyword)
                .append(": ")
                .append(read.error().detail);
        }
    }
    return problems.empty() ? done() : Status{Error::badInput(problems)};
}

}  // namespace gatehouse
