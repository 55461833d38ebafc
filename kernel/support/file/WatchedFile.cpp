// SPDX-License-Identifier: Apache-2.0
#include "file/WatchedFile.h"

#include <sys/stat.h>

namespace gatehouse {

namespace {

WatchedFile::Stamp stampOf(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
        return {};
    }
    return {status.st_dev, status.st_ino, status.st_size, status.st_mtim.tv_sec,
            status.st_mtim.tv_nsec};
}

}  // namespace

Result<GivenFile> WatchedFile::read() {
    seen_ = stampOf(path_);
    return readGivenFile(path_, wish_);
}

bool WatchedFile::isChanged() const {
    return !(stampOf(path_) == seen_);
}

bool WatchedFile::Stamp::operator==(const Stamp& other) const noexcept {
    return device == other.device && inode == other.inode && size == other.size &&
           changed == other.changed && changedNanoseconds == other.changedNanoseconds;
}

}  // namespace gatehouse
