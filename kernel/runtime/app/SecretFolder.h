// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/Secret.h>

#include <filesystem>
#include <optional>
#include <string>

namespace gatehouse {

/// Keeps secrets in files that only their owner can read.
class SecretFolder {
public:
    explicit SecretFolder(std::filesystem::path folder);

    /// What readSecretFile() makes of it; nullopt: there is no such file.
    Result<std::optional<Secret>> read(const std::string& name) const;
    /// Keeps `secret`, a line of text, unless another process was faster: then that one's secret is
    /// given. The file belongs to the folder's owner, so that root can make it for the server.
    Result<std::optional<Secret>> make(const std::string& name, const Secret& secret) const;
    /// Nothing happens when there is no such file, or one of the new name already.
    Status rename(const std::string& from, const std::string& to) const;

private:
    void sync() const;
    Status write(const std::filesystem::path& path, const Secret& secret) const;

    std::filesystem::path folder_;
};

}  // namespace gatehouse
