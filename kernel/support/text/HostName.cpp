// SPDX-License-Identifier: Apache-2.0
#include "text/HostName.h"

#include "text/Lower.h"

namespace gatehouse {

std::string hostName(std::string_view authority) {
    auto name = lowered(authority);
    for (const std::string_view port : {":443", ":80"}) {
        if (name.size() > port.size() &&
            name.compare(name.size() - port.size(), port.size(), port) == 0) {
            name.resize(name.size() - port.size());
            break;
        }
    }
    return name;
}

}  // namespace gatehouse
