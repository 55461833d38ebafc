// SPDX-License-Identifier: Apache-2.0
#include "config/SecretFile.h"

#include "file/GivenFile.h"
#include "text/LineBreak.h"

#include <cstring>

namespace gatehouse {

namespace {

constexpr FileWish secretWish{Keeping::secret, std::size_t{64} * 1024};

}  // namespace

Result<GivenSecret> readSecretFile(const std::string& path) {
    auto file = readGivenFile(path, secretWish);
    if (!file) {
        return Error::badInput(file.error().detail);
    }
    GivenSecret given{Secret(withoutLineBreak(file->text)), std::move(file->doubt)};
    ::explicit_bzero(file->text.data(), file->text.size());
    return given.secret.empty() ? Result<GivenSecret>(Error::badInput(path + " is empty"))
                                : Result<GivenSecret>(std::move(given));
}

}  // namespace gatehouse
