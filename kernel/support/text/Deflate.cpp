// SPDX-License-Identifier: Apache-2.0
#include "text/Deflate.h"

#include <Poco/DeflatingStream.h>
#include <Poco/Exception.h>
#include <Poco/InflatingStream.h>
#include <Poco/MemoryStream.h>

#include <ios>
#include <sstream>

namespace gatehouse {

std::string deflated(std::string_view text) {
    std::ostringstream packed;
    Poco::DeflatingOutputStream stream(packed, Poco::DeflatingStreamBuf::STREAM_ZLIB);
    stream.write(text.data(), static_cast<std::streamsize>(text.size()));
    stream.close();
    return packed.str();
}

std::optional<std::string> inflated(std::string_view packed, std::size_t limit) {
    Poco::MemoryInputStream bytes(packed.data(), static_cast<std::streamsize>(packed.size()));
    Poco::InflatingInputStream stream(bytes);
    stream.exceptions(std::ios::badbit);
    std::string text(limit + 1, '\0');
    try {
        stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    } catch (const std::exception&) {
        return std::nullopt;
    }
    text.resize(static_cast<std::size_t>(stream.gcount()));
    return text.size() <= limit ? std::optional(std::move(text)) : std::nullopt;
}

}  // namespace gatehouse
