// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sqlite3.h>

#include <atomic>
#include <map>
#include <mutex>

namespace gatehouse {

/// Sits between SQLite and the disk, for every database opened while it lives: a test makes writing
/// fail.
class FaultyDisk {
public:
    FaultyDisk() {
        real() = sqlite3_vfs_find(nullptr);
        shim() = *real();
        shim().zName = "faulty";
        shim().xOpen = &open;
        sqlite3_vfs_register(&shim(), 1);
    }
    FaultyDisk(const FaultyDisk&) = delete;
    FaultyDisk& operator=(const FaultyDisk&) = delete;
    ~FaultyDisk() {
        sqlite3_vfs_unregister(&shim());
        sqlite3_vfs_register(real(), 1);
        answer() = flushAnswer() = SQLITE_OK;
    }

    /// What every write and flush answers from now on: SQLITE_FULL, SQLITE_READONLY ...; SQLITE_OK:
    /// they work again.
    static void answerWritesWith(int code) { answer() = flushAnswer() = code; }
    /// Writes work, and what every flush answers from now on.
    static void answerFlushesWith(int code) { flushAnswer() = code; }

private:
    static std::atomic<int>& answer() {
        static std::atomic<int> code{SQLITE_OK};
        return code;
    }
    static std::atomic<int>& flushAnswer() {
        static std::atomic<int> code{SQLITE_OK};
        return code;
    }
    static sqlite3_vfs*& real() {
        static sqlite3_vfs* vfs = nullptr;
        return vfs;
    }
    static sqlite3_vfs& shim() {
        static sqlite3_vfs vfs;
        return vfs;
    }
    /// SQLite's own methods for one kind of file, with ours in front. The methods come first: a
    /// file points at them.
    struct Patched {
        sqlite3_io_methods methods;
        const sqlite3_io_methods* real;
    };
    static const Patched& patched(const sqlite3_io_methods* real) {
        static std::mutex mutex;
        static std::map<const sqlite3_io_methods*, Patched> known;
        const std::lock_guard<std::mutex> lock(mutex);
        Patched& entry = known[real];
        if (entry.real == nullptr) {
            entry = {*real, real};
            entry.methods.xWrite = &write;
            entry.methods.xSync = &sync;
        }
        return entry;
    }
    static const sqlite3_io_methods& realMethods(sqlite3_file* file) {
        return *reinterpret_cast<const Patched*>(file->pMethods)->real;
    }
    static int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* outFlags) {
        const int code = real()->xOpen(real(), name, file, flags, outFlags);
        if (code == SQLITE_OK && file->pMethods != nullptr) {
            file->pMethods = &patched(file->pMethods).methods;
        }
        return code;
    }
    static int write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
        const int code = answer();
        return code == SQLITE_OK ? realMethods(file).xWrite(file, bytes, count, offset) : code;
    }
    static int sync(sqlite3_file* file, int flags) {
        const int code = flushAnswer();
        return code == SQLITE_OK ? realMethods(file).xSync(file, flags) : code;
    }
};

}  // namespace gatehouse
