// SPDX-License-Identifier: Apache-2.0
#include "file/GivenFile.h"

#include "file/Beneath.h"
#include "file/Way.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>

namespace gatehouse {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kibi = 1024;

struct Closer {
    void operator()(DIR* folder) const noexcept { ::closedir(folder); }
};

Error refuse(const std::string& path, const std::string& why) {
    return Error::badInput(path + " " + why);
}

Error unreadable(const std::string& path) {
    return Error::unavailable(path + " cannot be read: " + std::generic_category().message(errno));
}

std::string sizeText(std::size_t bytes) {
    return bytes % (kibi * kibi) == 0 ? std::to_string(bytes / kibi / kibi) + " MiB"
                                      : std::to_string(bytes / kibi) + " KiB";
}

/// Who can exchange a folder on the way can write what is below. In a sticky one only its owner
/// can.
Status checkWay(const fs::path& folder) {
    const auto wrong = wrongOnTheWay(
        folder,
        [](const fs::path& path, const FileDescriptor& opened) -> std::optional<std::string> {
            const FileFacts facts = factsOf(opened.number());
            const auto verdict = judge(facts, facts.owner, Keeping::own);
            if (!opened || (facts.mode & S_ISVTX) != 0 || verdict.refusal.empty()) {
                return std::nullopt;
            }
            return path.string() + " " + verdict.refusal;
        });
    return wrong ? Status(Error::badInput(*wrong)) : done();
}

/// As it is named and as it is, behind links.
Status checkWayTo(const std::string& path, Keeping keeping) {
    if (keeping == Keeping::shared) {
        return done();
    }
    const auto named = fs::absolute(path).lexically_normal().parent_path();
    std::error_code failure;
    const auto real = fs::canonical(path, failure).parent_path();
    const auto way = checkWay(named);
    return !way || failure || real == named ? way : checkWay(real);
}

/// `size`: what the file is thought to hold. Room for a byte more, to see that it is all.
Result<std::string> readAll(const FileDescriptor& file, std::size_t size, const std::string& path,
                            std::size_t most) {
    std::string text(std::min(size, most) + 1, '\0');
    std::size_t filled = 0;
    for (;;) {
        const auto count = ::read(file.number(), &text[filled], text.size() - filled);
        if (count < 0) {
            return unreadable(path);
        }
        if (count == 0) {
            text.resize(filled);
            return text;
        }
        filled += static_cast<std::size_t>(count);
        if (filled > most) {
            return refuse(path, "is larger than " + sizeText(most));
        }
        if (filled == text.size()) {  // it grows
            text.resize(std::min(2 * filled, most + 1));
        }
    }
}

Result<OpenedFile> judged(FileDescriptor file, const std::string& path, Keeping keeping) {
    struct stat facts {};
    if (!file || ::fstat(file.number(), &facts) != 0) {
        return unreadable(path);
    }
    if (!S_ISREG(facts.st_mode)) {
        return refuse(path,
                      S_ISDIR(facts.st_mode) ? "is a folder, not a file" : "is not a regular file");
    }
    const FileVerdict verdict = judge(factsOf(file.number()), ::geteuid(), keeping);
    if (!verdict.refusal.empty()) {
        return refuse(path, verdict.refusal);
    }
    return OpenedFile{std::move(file), static_cast<std::size_t>(facts.st_size),
                      verdict.doubt.empty() ? "" : path + " " + verdict.doubt};
}

Result<GivenFile> readOpened(FileDescriptor file, const std::string& path, const FileWish& wish) {
    auto opened = judged(std::move(file), path, wish.keeping);
    if (!opened) {
        return opened.error();
    }
    auto text = readAll(opened->descriptor, opened->size, path, wish.most);
    if (!text) {
        return text.error();
    }
    return GivenFile{*std::move(text), std::move(opened->doubt)};
}

FileDescriptor openPath(const std::string& path) {
    return FileDescriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
}

}  // namespace

Result<GivenFile> readGivenFile(const std::string& path, const FileWish& wish) {
    auto given = readOpened(openPath(path), path, wish);
    if (const auto way = checkWayTo(path, wish.keeping); given && !way) {
        return way.error();
    }
    return given;
}

Result<OpenedFile> openGivenFile(const std::string& path, Keeping keeping) {
    auto opened = judged(openPath(path), path, keeping);
    if (const auto way = checkWayTo(path, keeping); opened && !way) {
        return way.error();
    }
    return opened;
}

GivenFolder::GivenFolder(std::string path, FileDescriptor opened, std::string doubt)
    : path_(std::move(path)), opened_(std::move(opened)), doubt_(std::move(doubt)) {}

Result<GivenFolder> GivenFolder::open(const std::string& path, Keeping keeping) {
    FileDescriptor opened(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK));
    if (!opened) {
        return errno == ENOTDIR ? refuse(path, "is not a folder") : unreadable(path);
    }
    const FileVerdict verdict = judge(factsOf(opened.number()), ::geteuid(), keeping);
    if (!verdict.refusal.empty()) {
        return refuse(path, verdict.refusal);
    }
    if (const auto way = checkWayTo(path, keeping); !way) {
        return way.error();
    }
    return GivenFolder(path, std::move(opened),
                       verdict.doubt.empty() ? "" : path + " " + verdict.doubt);
}

Result<GivenFile> GivenFolder::read(const std::string& name, const FileWish& wish) const {
    const std::string path = at(name);
    FileDescriptor file = openBeneath(opened_, name);
    return file ? readOpened(std::move(file), path, wish) : notOpened(path);
}

Error GivenFolder::notOpened(const std::string& path) const {
    return errno == EXDEV
               ? refuse(path, "is a link that leads out of " + path_ +
                                  "; one that stays inside, written relative, is followed")
               : unreadable(path);
}

std::string GivenFolder::at(const std::string& name) const {
    return (fs::path(path_) / name).lexically_normal();
}

bool GivenFolder::has(const std::string& name) const {
    struct stat facts {};
    return ::fstatat(opened_.number(), name.c_str(), &facts, AT_SYMLINK_NOFOLLOW) == 0;
}

Result<std::vector<std::string>> GivenFolder::names(const std::string& folder) const {
    std::vector<std::string> names;
    FileDescriptor opened = openBeneath(opened_, folder);
    if (!opened) {
        return errno == ENOENT ? Result<std::vector<std::string>>(names) : notOpened(at(folder));
    }
    const std::unique_ptr<DIR, Closer> entries(::fdopendir(opened.number()));
    if (!entries) {
        return unreadable(at(folder));
    }
    opened.release();
    // One thread reads this stream, which is all that readdir() asks.
    while (const dirent* entry = ::readdir(entries.get())) {  // NOLINT(concurrency-mt-unsafe)
        names.emplace_back(entry->d_name);
    }
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace gatehouse
