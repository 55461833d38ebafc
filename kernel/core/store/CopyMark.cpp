// SPDX-License-Identifier: Apache-2.0
#include "store/CopyMark.h"

namespace gatehouse {
namespace {

constexpr const char* kind = "copy";
constexpr const char* key = "unfinished";

}  // namespace

Record copyMark() {
    Record mark;
    mark.kind = kind;
    mark.key = key;
    return mark;
}

bool isCopyMark(const Record& record) {
    return record.kind == kind && record.key == key;
}

Status requireWhole(const Storage& storage, const Context& context, const std::string& name) {
    const auto mark = storage.find(context, kind, key);
    if (!mark) {
        return mark.error();
    }
    return *mark ? Status(Error::unavailable(name +
                                             " holds a copy that was not finished; drop it (or "
                                             "remove the file) and copy again"))
                 : done();
}

}  // namespace gatehouse
