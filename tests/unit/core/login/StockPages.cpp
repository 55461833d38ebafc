// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeHost.h>

#include "page/PageBook.h"

#include <memory>
#include <stdexcept>

namespace gatehouse {

const PageBook& stockPages() {
    static testkit::FakeHost host;
    static const std::unique_ptr<PageBook> book = [] {
        auto read =
            PageBook::load({SHARE_DIR "/pages", SHARE_DIR "/locale", {}}, "en", {}, {}, host);
        return read ? *std::move(read) : throw std::runtime_error(read.error().detail);
    }();
    return *book;
}

}  // namespace gatehouse
