// SPDX-License-Identifier: Apache-2.0
#include "page/Branding.h"

#include "file/GivenFile.h"
#include "text/Base64.h"

#include <array>
#include <string_view>

namespace gatehouse {

namespace {

constexpr FileWish logoWish{Keeping::shared, 64 << 10U};

struct ImageType {
    std::string_view beginning;
    std::string_view mediaType;
};
constexpr std::array<ImageType, 5> imageTypes{{{"\x89PNG\r\n", "image/png"},
                                               {"\xff\xd8\xff", "image/jpeg"},
                                               {"RIFF", "image/webp"},
                                               {"<svg", "image/svg+xml"},
                                               {"<?xml", "image/svg+xml"}}};

std::string_view mediaTypeOf(std::string_view image) {
    for (const auto& type : imageTypes) {
        if (image.substr(0, type.beginning.size()) == type.beginning) {
            return type.mediaType;
        }
    }
    return {};
}

}  // namespace

Result<ValueMap> brandValues(const Branding& branding) {
    ValueMap values;
    if (!branding.name.empty()) {
        values.set("name", branding.name);
    }
    if (branding.logo.empty()) {
        return values;
    }
    const auto image = readGivenFile(branding.logo, logoWish);
    if (!image) {
        return image.error();
    }
    const auto type = mediaTypeOf(image->text);
    if (type.empty()) {
        return Error::badInput(branding.logo + " is no image: PNG, JPEG, WebP or SVG is wanted");
    }
    values.set("logo", "data:" + std::string(type) + ";base64," + base64(image->text));
    return values;
}

}  // namespace gatehouse
