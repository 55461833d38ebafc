// SPDX-License-Identifier: Apache-2.0
#include "DatabaseFile.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace gatehouse {
namespace {

std::string reason(int number) {
    return std::generic_category().message(number);
}

std::string folderOf(const std::string& path) {
    const auto slash = path.rfind('/');
    if (slash == std::string::npos) {
        return ".";
    }
    return slash == 0 ? "/" : path.substr(0, slash);
}

/// Root may tend the files of the user the server runs as.
bool isOurs(const struct stat& found) {
    return found.st_uid == ::geteuid() || found.st_uid == 0 || ::geteuid() == 0;
}

Status checkFolder(const std::string& folder) {
    struct stat found {};
    if (::stat(folder.c_str(), &found) != 0) {
        return Error::unavailable("folder " + folder + ": " + reason(errno));
    }
    if (!S_ISDIR(found.st_mode)) {
        return Error::unavailable(folder + " is not a folder");
    }
    const bool isSticky = (found.st_mode & S_ISVTX) != 0;
    const bool canBeTampered = (found.st_mode & S_IWOTH) != 0 && !isSticky;
    if (!isOurs(found) || canBeTampered) {
        return Error::unavailable("folder " + folder +
                                  " belongs to another user or can be written by everybody");
    }
    return done();
}

/// Who can write the folder can put another file in this one's place already, as the group of a
/// mounted volume can (fsGroup in Kubernetes): there the file may be the group's too.
bool isOpenToGroup(const struct stat& found, const std::string& path) {
    struct stat folder {};
    const bool isSharedFolder = ::stat(folderOf(path).c_str(), &folder) == 0 &&
                                (folder.st_mode & S_IWGRP) != 0 && folder.st_gid == found.st_gid;
    return (found.st_mode & S_IWGRP) != 0 && !isSharedFolder;
}

Status checkKeeping(const struct stat& found, const std::string& path) {
    return isOurs(found) && (found.st_mode & S_IWOTH) == 0 && !isOpenToGroup(found, path)
               ? done()
               : Status(Error::unavailable(path +
                                           " belongs to another user or can be written by others"));
}

/// The database and the two files SQLite keeps beside it.
Status checkFile(const std::string& path) {
    struct stat found {};
    if (::lstat(path.c_str(), &found) != 0) {
        return errno == ENOENT ? done() : Status(Error::unavailable(path + ": " + reason(errno)));
    }
    if (S_ISLNK(found.st_mode)) {
        // A link is the operator's choice when the folder is; what it points to is what counts.
        if (::stat(path.c_str(), &found) != 0) {
            return Error::unavailable(path + ": " + reason(errno));
        }
    }
    if (!S_ISREG(found.st_mode)) {
        return Error::unavailable(path + " is not a file");
    }
    return checkKeeping(found, path);
}

/// What root makes belongs to the folder's owner, as SQLite does it with the files beside.
bool giveToFolderOwner(int file, const std::string& folder) {
    struct stat found {};
    if (::geteuid() != 0 || ::stat(folder.c_str(), &found) != 0 || found.st_uid == 0) {
        return true;
    }
    return ::fchown(file, found.st_uid, found.st_gid) == 0;
}

/// None: it is there.
Result<FileDescriptor> makeFile(const std::string& path) {
    FileDescriptor file(
        ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (!file) {
        return errno == EEXIST ? Result<FileDescriptor>(std::move(file))
                               : Error::unavailable("cannot create " + path + ": " + reason(errno));
    }
    return giveToFolderOwner(file.number(), folderOf(path))
               ? Result<FileDescriptor>(std::move(file))
               : Error::unavailable("cannot give " + path + " its owner");
}

Status checkOwnFolder(const std::string& path) {
    struct stat found {};
    if (::lstat(path.c_str(), &found) != 0) {
        return Error::unavailable(path + ": " + reason(errno));
    }
    if (!S_ISDIR(found.st_mode)) {
        return Error::unavailable(path + " is not a folder");
    }
    return checkKeeping(found, path);
}

Status checkWritable(const std::string& path) {
    // Closing would drop another connection's locks, so the file is only asked about.
    return ::access(path.c_str(), R_OK | W_OK) == 0
               ? done()
               : Status(Error::unavailable("cannot write " + path + ": " + reason(errno)));
}

}  // namespace

Result<std::string> pathOfUrl(const std::string& url) {
    const std::string scheme = "sqlite:";
    if (url.compare(0, scheme.size(), scheme) != 0) {
        return Error::badInput(url + ": begins with \"sqlite:\"");
    }
    std::string path = url.substr(scheme.size());
    if (path.compare(0, 2, "//") == 0) {
        path.erase(0, 2);
    }
    if (path.empty() || path == ":memory:") {
        return Error::badInput(url + " names no file; for a database in memory use \"memory:\"");
    }
    if (path.find_first_of("?#") != std::string::npos) {
        return Error::badInput(url + ": takes no parameters");
    }
    return path;
}

bool isWritableByGroup(const std::string& path) {
    struct stat found {};
    return ::stat(path.c_str(), &found) == 0 && (found.st_mode & S_IWGRP) != 0;
}

Status prepareFile(const std::string& path) {
    auto status = checkFolder(folderOf(path));
    for (const char* suffix : {"", "-wal", "-shm"}) {
        status = status ? checkFile(path + suffix) : status;
    }
    if (!status) {
        return status;
    }
    const auto made = makeFile(path);
    return made ? checkWritable(path) : made.error();
}

Status makeFolderBeside(const std::string& path) {
    if (::mkdir(path.c_str(), S_IRWXU) != 0) {
        return errno == EEXIST
                   ? checkOwnFolder(path)
                   : Status(Error::unavailable("cannot create " + path + ": " + reason(errno)));
    }
    const FileDescriptor made(
        ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW));
    return made && giveToFolderOwner(made.number(), folderOf(path))
               ? done()
               : Status(Error::unavailable("cannot give " + path + " its owner"));
}

Result<FileDescriptor> openOwnFile(const std::string& path) {
    auto made = makeFile(path);
    if (!made || *made) {
        return made;
    }
    FileDescriptor file(::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
    return file ? Result<FileDescriptor>(std::move(file))
                : Error::unavailable("cannot open " + path + ": " + reason(errno));
}

Status flushFolder(const std::string& path) {
    const FileDescriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return folder && ::fsync(folder.number()) == 0
               ? done()
               : Status(Error::unavailable("cannot flush " + path + ": " + reason(errno)));
}

}  // namespace gatehouse
