// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "file/FileDescriptor.h"

#include <string>

namespace gatehouse {

/// Opens a file or folder to read, without waiting for anybody. `path` is relative to `folder`, and
/// no link on the way leads out of it: links that stay inside are followed. No descriptor and
/// errno, EXDEV for a way out, when it cannot be opened.
FileDescriptor openBeneath(const FileDescriptor& folder, const std::string& path);

/// The same without openat2(), for kernels and sandboxes that lack it.
FileDescriptor openBeneathByHand(const FileDescriptor& folder, const std::string& path);

}  // namespace gatehouse
