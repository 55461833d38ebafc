// SPDX-License-Identifier: Apache-2.0
#include "QrCode.h"

#include <qrencode.h>

#include <memory>

namespace gatehouse {

namespace {

constexpr int quietZone = 4;  // ISO/IEC 18004 section 6.3.8
constexpr int detectedByAll = 1;

/// A row's dark modules: each run is a bar.
void addRow(std::string& path, const unsigned char* row, int width, int y) {
    for (int x = 0; x < width; ++x) {
        const int begin = x;
        while (x < width && (row[x] & 1U) != 0) {
            ++x;
        }
        if (x > begin) {
            path.append("M").append(std::to_string(begin + quietZone));
            path.append(" ").append(std::to_string(y + quietZone));
            path.append("h").append(std::to_string(x - begin)).append("v1H");
            path.append(std::to_string(begin + quietZone)).append("z");
        }
    }
}

}  // namespace

std::optional<std::string> qrCode(const std::string& text) {
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeString(text.c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, detectedByAll), &QRcode_free);
    if (code == nullptr) {
        return std::nullopt;
    }
    const int width = code->width;
    std::string path;
    for (int y = 0; y < width; ++y) {
        addRow(path, code->data + static_cast<std::ptrdiff_t>(y) * width, width, y);
    }
    const auto size = std::to_string(width + 2 * quietZone);
    return R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 )" + size + " " + size +
           R"(" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h)" + size + "v" + size +
           R"(H0z"/><path d=")" + path + "\"/></svg>\n";
}

}  // namespace gatehouse
