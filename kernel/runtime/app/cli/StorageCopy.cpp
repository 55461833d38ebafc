// SPDX-License-Identifier: Apache-2.0
#include "app/cli/StorageCopy.h"

#include "app/cli/Offline.h"
#include "crypto/Digest.h"
#include "store/CopyMark.h"

#include <algorithm>
#include <vector>

namespace gatehouse {

namespace {

constexpr std::size_t pageSize = 500;

void addText(std::string& bytes, std::string_view text) {
    bytes += std::to_string(text.size());
    bytes += ':';
    bytes += text;
}

/// All of a record but its version, which counts the writes of one storage.
std::string bytesOf(const Record& record) {
    std::string bytes;
    addText(bytes, record.kind);
    addText(bytes, record.key);
    addText(bytes, std::to_string(record.issuer));
    addText(bytes, record.family);
    addText(bytes, std::to_string(record.expires.time_since_epoch().count()));
    addText(bytes, record.payload);
    std::vector<std::string> links;
    for (const auto& link : record.links) {
        addText(links.emplace_back(), link.name);
        addText(links.back(), link.value);
    }
    std::sort(links.begin(), links.end());
    for (const auto& link : links) {
        bytes += link;
    }
    return bytes;
}

void addOne(StorageDigest& sum, const Record& record) {
    const auto one = sha256(bytesOf(record));
    for (std::size_t at = 0; at < one.size(); ++at) {
        sum.digest[at] = static_cast<char>(sum.digest[at] ^ one[at]);
    }
    ++sum.records;
}

void add(StorageDigest& sum, const std::vector<Record>& page) {
    for (const auto& record : page) {
        if (!isCopyMark(record)) {
            addOne(sum, record);
        }
    }
}

template <class Use> void eachPage(const LoneStorage& storage, const Use& use) {
    RecordKey after;
    for (;;) {
        const auto page = valueOrFail(storage.maintenance().everything(after, pageSize));
        if (!page.empty()) {
            after = {page.back().kind, page.back().key};
            use(page);
        }
        if (page.size() < pageSize) {
            return;
        }
    }
}

void write(const LoneStorage& to, Batch batch) {
    valueOrFail(to.storage().apply(to.context(), {std::move(batch)}));
}

/// The change feed holds the revocations of tokens that are still alive.
void copyNotices(const LoneStorage& from, const LoneStorage& to) {
    std::uint64_t number = 0;
    for (;;) {
        const auto changes = valueOrFail(from.storage().changesSince(from.context(), number));
        if (changes.empty()) {
            return;
        }
        Batch batch;
        for (const auto& change : changes) {
            batch.notices.push_back(change.notice);
        }
        number = changes.back().number;
        write(to, std::move(batch));
    }
}

}  // namespace

StorageDigest copyStorage(const LoneStorage& from, const LoneStorage& to,
                          const Progress& progress) {
    Batch marking;
    marking.puts.push_back(copyMark());
    write(to, std::move(marking));
    StorageDigest sum;
    eachPage(from, [&](const std::vector<Record>& page) {
        add(sum, page);
        Batch batch;
        batch.puts = page;
        write(to, std::move(batch));
        progress(sum.records);
    });
    copyNotices(from, to);
    return sum;
}

StorageDigest digestOf(const LoneStorage& storage) {
    StorageDigest sum;
    eachPage(storage, [&](const std::vector<Record>& page) { add(sum, page); });
    return sum;
}

void finishCopy(const LoneStorage& to) {
    const auto mark = copyMark();
    Batch batch;
    batch.erases.push_back({mark.kind, mark.key});
    write(to, std::move(batch));
}

}  // namespace gatehouse
