// SPDX-License-Identifier: Apache-2.0
#include "config/SecretFile.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace gatehouse {

namespace {

constexpr std::size_t mostSecretBytes = 64 * 1024;

class OpenFile {
public:
    // Without O_NONBLOCK a named pipe would hang the server's start.
    explicit OpenFile(const std::string& path)
        : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    ~OpenFile() {
        if (descriptor_ >= 0) {
            ::close(descriptor_);
        }
    }
    int descriptor() const noexcept { return descriptor_; }

private:
    int descriptor_;
};

Error refuse(const std::string& path, const std::string& why) {
    return Error::badInput(path + " " + why);
}

std::string octal(mode_t mode) {
    char digits[8];
    std::snprintf(digits, sizeof digits, "%04o", static_cast<unsigned>(mode & 07777U));
    return digits;
}

Status checkStatus(const std::string& path, int descriptor) {
    struct stat status {};
    if (::fstat(descriptor, &status) != 0) {
        return refuse(path, std::string("cannot be read: ") + std::strerror(errno));
    }
    if (!S_ISREG(status.st_mode)) {
        return refuse(path, "is not a regular file");
    }
    if ((status.st_mode & (S_IROTH | S_IWOTH)) != 0) {
        return refuse(path, "is open to everybody (mode " + octal(status.st_mode) +
                                "); take that away with chmod o=");
    }
    if (static_cast<std::size_t>(status.st_size) > mostSecretBytes) {
        return refuse(path, "is larger than 64 KiB");
    }
    return done();
}

Result<Secret> readAll(const std::string& path, int descriptor) {
    char bytes[mostSecretBytes];
    std::size_t size = 0;
    ssize_t count = 0;
    while (size < sizeof bytes &&
           (count = ::read(descriptor, bytes + size, sizeof bytes - size)) > 0) {
        size += static_cast<std::size_t>(count);
    }
    std::string_view text(bytes, size);
    if (!text.empty() && text.back() == '\n') {
        text.remove_suffix(1);
    }
    if (!text.empty() && text.back() == '\r') {
        text.remove_suffix(1);
    }
    Secret secret(text);
    ::explicit_bzero(bytes, sizeof bytes);
    if (count < 0) {
        return refuse(path, std::string("cannot be read: ") + std::strerror(errno));
    }
    if (secret.empty()) {
        return refuse(path, "is empty");
    }
    return secret;
}

}  // namespace

Result<Secret> readSecretFile(const std::string& path) {
    const OpenFile file(path);
    if (file.descriptor() < 0) {
        return refuse(path, std::string("cannot be read: ") + std::strerror(errno));
    }
    const Status status = checkStatus(path, file.descriptor());
    if (!status) {
        return status.error();
    }
    return readAll(path, file.descriptor());
}

}  // namespace gatehouse
