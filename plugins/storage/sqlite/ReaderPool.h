// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Connection.h"
#include "Names.h"
#include "RecordReader.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace gatehouse {

/// Reading connections that are not in use; the one used last is used next, so there are only as
/// many as read at the same moment. Threads: any.
class ReaderPool {
public:
    struct Reader {
        Reader(const std::string& path, Names& names);
        Connection connection;
        RecordReader records;
    };

    explicit ReaderPool(Names& names) : names_(names) {}
    void open(std::string path);
    void close() noexcept;

    /// Runs `work` with a reader of its own. A reader that fails for good is closed, not given
    /// back.
    template <class Work> auto with(const Work& work) {
        Lease lease = take();
        auto answer = work(lease.reader->records);
        giveBack(std::move(lease));
        return answer;
    }

private:
    struct Lease {
        std::unique_ptr<Reader> reader;
        std::uint64_t generation;
    };

    Lease take();
    void giveBack(Lease lease);

    Names& names_;
    std::mutex mutex_;
    std::string path_;
    std::vector<std::unique_ptr<Reader>> idle_;
    std::uint64_t generation_ = 0;
};

}  // namespace gatehouse
