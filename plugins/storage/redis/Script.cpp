// SPDX-License-Identifier: Apache-2.0
#include "Script.h"

#include <Poco/SHA1Engine.h>

#include <utility>

namespace gatehouse {

Script::Script(std::string lua) : text(std::move(lua)) {
    Poco::SHA1Engine engine;
    engine.update(text);
    sha1 = Poco::DigestEngine::digestToHex(engine.digest());
}

}  // namespace gatehouse
