// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/Checkable.h>

#include "Broken.h"

namespace gatehouse {

class Sink final : public With<PlainSink, Checkable> {
public:
    Status check() const override {
        return Error::badInput("users.txt:3:1: not a user\nand so on");
    }
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::Sink, "wrong_file", "1.0.0", "Its file has mistakes")
