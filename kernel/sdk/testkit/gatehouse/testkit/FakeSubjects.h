// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>

#include <string>
#include <string_view>

namespace gatehouse::testkit {

/// Subs that a test can read: "sub of local/42". Threads: any.
class FakeSubjects final : public Subjects {
public:
    Result<std::string> of(const Context&, std::string_view store, std::string_view id) override {
        return std::string("sub of ").append(store).append("/").append(id);
    }
};

}  // namespace gatehouse::testkit
