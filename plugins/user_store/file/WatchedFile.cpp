// SPDX-License-Identifier: Apache-2.0
#include "WatchedFile.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace gatehouse {

namespace {

constexpr off_t largest = off_t{64} << 20U;

class Descriptor {
public:
    explicit Descriptor(const std::string& path)
        : number_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) {
            ::close(number_);
        }
    }
    int number() const noexcept { return number_; }

private:
    int number_;
};

Error unreadable(const std::string& path) {
    return Error::unavailable(path + ": " + std::generic_category().message(errno));
}

}  // namespace

Result<std::string> WatchedFile::read() {
    seen_ = Stamp{};
    const Descriptor file(path_);
    struct stat status {};
    if (file.number() < 0 || ::fstat(file.number(), &status) != 0) {
        return unreadable(path_);
    }
    seen_ = stampOf(status);
    if (!S_ISREG(status.st_mode)) {
        return Error::badInput(path_ + ": not a regular file");
    }
    if ((status.st_mode & S_IWOTH) != 0) {
        return Error::badInput(path_ + ": anybody can write it; chmod o-w it");
    }
    if (status.st_size > largest) {
        return Error::badInput(path_ + ": larger than 64 MiB");
    }
    std::string text;
    std::array<char, 65536> part{};
    ssize_t count = 0;
    while ((count = ::read(file.number(), part.data(), part.size())) > 0 &&
           text.size() <= static_cast<std::size_t>(largest)) {
        text.append(part.data(), static_cast<std::size_t>(count));
    }
    if (count < 0) {
        return unreadable(path_);
    }
    return text;
}

bool WatchedFile::isChanged() {
    struct stat status {};
    const Stamp now = ::stat(path_.c_str(), &status) == 0 ? stampOf(status) : Stamp{};
    return !(now == seen_);
}

WatchedFile::Stamp WatchedFile::stampOf(const struct stat& status) noexcept {
    return {status.st_dev, status.st_ino, status.st_size, status.st_mtim.tv_sec,
            status.st_mtim.tv_nsec};
}

bool WatchedFile::Stamp::operator==(const Stamp& other) const noexcept {
    return device == other.device && inode == other.inode && size == other.size &&
           changed == other.changed && changedNanoseconds == other.changedNanoseconds;
}

}  // namespace gatehouse
