// SPDX-License-Identifier: Apache-2.0
#include "file/FileRule.h"

#include <sys/stat.h>
#include <sys/statvfs.h>

#include <cstdio>

namespace gatehouse {

namespace {

std::string modeText(mode_t mode) {
    char digits[8];
    std::snprintf(digits, sizeof digits, "%04o", static_cast<unsigned>(mode & 07777U));
    return digits;
}

std::string openToEverybody(mode_t mode, Keeping keeping) {
    const bool isSecret = keeping == Keeping::secret;
    return std::string(isSecret ? "is open to" : "can be written by") + " everybody (mode " +
           modeText(mode) + "); take that away with chmod " + (isSecret ? "o=" : "o-w");
}

std::string foreign(uid_t owner) {
    return "belongs to user " + std::to_string(owner) +
           "; it must belong to root or to the user the server runs as";
}

FileVerdict judgeForeign(const FileFacts& facts, bool isRoot, Keeping keeping) {
    if (keeping == Keeping::own && !isRoot && !facts.isReadOnly) {
        return {foreign(facts.owner), {}};
    }
    // Root tends the secrets of the user the server runs as.
    return {{}, isRoot && keeping == Keeping::secret ? "" : foreign(facts.owner)};
}

}  // namespace

FileVerdict judge(const FileFacts& facts, uid_t self, Keeping keeping) {
    const bool isRoot = self == 0;
    const bool isWritable = (facts.mode & S_IWOTH) != 0 && !facts.isReadOnly;
    const bool isReadable = (facts.mode & S_IROTH) != 0 && keeping == Keeping::secret;
    const bool canMend = !facts.isReadOnly && (isRoot || facts.owner == self);
    if (isWritable || (isReadable && canMend)) {
        return {openToEverybody(facts.mode, keeping), {}};
    }
    if (isReadable) {
        return {{}, openToEverybody(facts.mode, keeping)};
    }
    const bool isOurs = facts.owner == 0 || facts.owner == self;
    return keeping == Keeping::shared || isOurs ? FileVerdict{}
                                                : judgeForeign(facts, isRoot, keeping);
}

FileFacts factsOf(int descriptor) {
    struct stat facts {};
    struct statvfs mount {};
    ::fstat(descriptor, &facts);
    const bool isKnown = ::fstatvfs(descriptor, &mount) == 0;
    return {facts.st_mode, facts.st_uid, isKnown && (mount.f_flag & ST_RDONLY) != 0};
}

}  // namespace gatehouse
