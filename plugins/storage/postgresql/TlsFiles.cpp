// SPDX-License-Identifier: Apache-2.0
#include "TlsFiles.h"

#include "file/GivenFile.h"

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
        for (const auto& file : files) {
            if (keyword != file.keyword || value.empty() || value == systemRoots) {
                continue;
            }
            if (const auto read = readGivenFile(value, {file.keeping, largest}); !read) {
                problems += (problems.empty() ? "" : "\n") + keyword + ": " + read.error().detail;
            }
        }
    }
    return problems.empty() ? done() : Status{Error::badInput(problems)};
}

}  // namespace gatehouse
