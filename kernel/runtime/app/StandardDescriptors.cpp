// SPDX-License-Identifier: Apache-2.0
#include "app/StandardDescriptors.h"

#include <fcntl.h>
#include <unistd.h>

namespace gatehouse {

bool holdStandardDescriptors() noexcept {
    for (int wanted = STDIN_FILENO; wanted <= STDERR_FILENO; ++wanted) {
        // Those below are open, so the lowest free number is this one.
        if (::fcntl(wanted, F_GETFD) < 0 && ::open("/dev/null", O_RDWR) != wanted) {
            return false;
        }
    }
    return true;
}

}  // namespace gatehouse
