// SPDX-License-Identifier: Apache-2.0
#include "file/Way.h"

#include <fcntl.h>

namespace gatehouse {

std::optional<std::string> wrongOnTheWay(const std::filesystem::path& folder,
                                         const FolderJudge& judge) {
    std::filesystem::path path;
    for (const auto& part : folder) {
        path /= part;
        const FileDescriptor opened(::open(path.c_str(), O_PATH | O_CLOEXEC));
        if (auto wrong = judge(path, opened)) {
            return wrong;
        }
    }
    return std::nullopt;
}

}  // namespace gatehouse
