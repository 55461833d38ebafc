// SPDX-License-Identifier: Apache-2.0
#include "file/Beneath.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <array>
#include <cerrno>
#include <climits>
#include <string_view>
#include <vector>

namespace gatehouse {

namespace {

constexpr int flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
/// As many as Linux itself follows.
constexpr int mostLinks = 40;
constexpr int mostTries = 16;

FileDescriptor failed(int reason) {
    errno = reason;
    return FileDescriptor();
}

FileDescriptor openByKernel(const FileDescriptor& folder, const std::string& path) {
    open_how how{};
    how.flags = flags;
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
    long opened = -1;
    int tries = 0;
    do {  // EAGAIN: something was renamed on the way
        opened = ::syscall(SYS_openat2, folder.number(), path.c_str(), &how, sizeof how);
    } while (opened < 0 && errno == EAGAIN && ++tries < mostTries);
    return FileDescriptor(static_cast<int>(opened));
}

/// EPERM is what sandboxes say to system calls they do not know.
bool isUnknownCall(int reason) {
    return reason == ENOSYS || reason == EPERM;
}

/// Goes down one name at a time and follows each link itself, so that nothing on the way can be
/// exchanged for a way out.
class Walk {
public:
    Walk(const FileDescriptor& folder, std::string_view path) : folder_(folder) { add(path); }

    FileDescriptor open() {
        while (!names_.empty()) {
            const std::string name = std::move(names_.back());
            names_.pop_back();
            if (name.empty() || name == ".") {
                continue;
            }
            if (const int reason = name == ".." ? goUp() : goTo(name); reason != 0) {
                return failed(reason);
            }
        }
        return file_ ? std::move(file_) : FileDescriptor(::openat(here(), ".", flags));
    }

private:
    int here() const { return way_.empty() ? folder_.number() : way_.back().number(); }

    /// The first name last, where it is taken from.
    void add(std::string_view path) {
        for (auto slash = path.rfind('/'); !path.empty(); slash = path.rfind('/')) {
            names_.emplace_back(path.substr(slash + 1));
            path = path.substr(0, slash == std::string_view::npos ? 0 : slash);
        }
    }

    int goUp() {
        if (way_.empty()) {
            return EXDEV;
        }
        way_.pop_back();
        return 0;
    }

    int goTo(const std::string& name) {
        FileDescriptor next(::openat(here(), name.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
        struct stat facts {};
        if (!next || ::fstat(next.number(), &facts) != 0) {
            return errno;
        }
        if (S_ISLNK(facts.st_mode)) {
            return follow(next);
        }
        if (S_ISDIR(facts.st_mode)) {
            way_.push_back(std::move(next));
            return 0;
        }
        if (!names_.empty()) {
            return ENOTDIR;
        }
        file_ = FileDescriptor(::openat(here(), name.c_str(), flags | O_NOFOLLOW));
        return file_ ? 0 : errno;
    }

    int follow(const FileDescriptor& link) {
        std::array<char, PATH_MAX> target{};
        const auto size = ::readlinkat(link.number(), "", target.data(), target.size());
        if (size <= 0) {
            return ENOENT;
        }
        if (target.front() == '/') {
            return EXDEV;
        }
        if (++links_ > mostLinks) {
            return ELOOP;
        }
        add({target.data(), static_cast<std::size_t>(size)});
        return 0;
    }

    const FileDescriptor& folder_;
    std::vector<FileDescriptor> way_;
    std::vector<std::string> names_;
    FileDescriptor file_;
    int links_ = 0;
};

}  // namespace

FileDescriptor openBeneath(const FileDescriptor& folder, const std::string& path) {
    FileDescriptor opened = openByKernel(folder, path);
    return opened || !isUnknownCall(errno) ? std::move(opened) : openBeneathByHand(folder, path);
}

FileDescriptor openBeneathByHand(const FileDescriptor& folder, const std::string& path) {
    return path.empty() || path.front() == '/' ? failed(EXDEV) : Walk(folder, path).open();
}

}  // namespace gatehouse
