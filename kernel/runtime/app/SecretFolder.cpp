// SPDX-License-Identifier: Apache-2.0
#include "app/SecretFolder.h"

#include "config/SecretFile.h"
#include "crypto/RandomPool.h"
#include "file/FileDescriptor.h"
#include "text/Base64Url.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::size_t leastBytes = 32;

std::string reason() {
    return std::generic_category().message(errno);
}

bool giveToOwnerOf(const std::filesystem::path& folder, int file) {
    struct stat facts {};
    return ::geteuid() != 0 ||
           (::stat(folder.c_str(), &facts) == 0 && ::fchown(file, facts.st_uid, facts.st_gid) == 0);
}

}  // namespace

SecretFolder::SecretFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

Result<std::optional<Secret>> SecretFolder::read(const std::string& name) const {
    const auto path = folder_ / name;
    std::error_code failure;
    if (std::filesystem::symlink_status(path, failure).type() ==
        std::filesystem::file_type::not_found) {
        return std::optional<Secret>{};
    }
    auto given = readSecretFile(path.string());
    if (!given) {
        return Error::unavailable(given.error().detail);
    }
    if (given->secret.view().size() < leastBytes) {
        return Error::unavailable(path.string() + " holds no secret (32 bytes or more)");
    }
    return std::optional<Secret>(std::move(given->secret));
}

Result<std::optional<Secret>> SecretFolder::make(const std::string& name,
                                                 const Secret& secret) const {
    const auto path = folder_ / name;
    const auto unfinished = folder_ / (name + "." + base64url(randomBytes(6)));
    auto status = write(unfinished, secret);
    // A link is not made when another process made one since.
    if (status && ::link(unfinished.c_str(), path.c_str()) != 0 && errno != EEXIST) {
        status = Error::unavailable("cannot make " + path.string() + ": " + reason());
    }
    ::unlink(unfinished.c_str());
    if (!status) {
        return status.error();
    }
    sync();
    return read(name);
}

Status SecretFolder::rename(const std::string& from, const std::string& to) const {
    const auto path = folder_ / from;
    if (::link(path.c_str(), (folder_ / to).c_str()) != 0) {
        return errno == ENOENT || errno == EEXIST
                   ? done()
                   : Status(Error::unavailable("cannot rename " + path.string() + ": " + reason()));
    }
    sync();
    ::unlink(path.c_str());
    return done();
}

void SecretFolder::sync() const {
    const FileDescriptor folder(::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    ::fsync(folder.number());
}

Status SecretFolder::write(const std::filesystem::path& path, const Secret& secret) const {
    const FileDescriptor file(
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
    const Secret text(std::string(secret.view()) + "\n");
    const auto size = static_cast<ssize_t>(text.view().size());
    if (file.number() < 0 ||
        ::write(file.number(), text.view().data(), text.view().size()) != size ||
        ::fsync(file.number()) != 0 || !giveToOwnerOf(folder_, file.number())) {
        return Error::unavailable("cannot make a secret in " + folder_.string() + ": " + reason());
    }
    return done();
}

}  // namespace gatehouse
