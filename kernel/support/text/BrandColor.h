// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// A color of sRGB. Pure.
struct BrandColor {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;

    /// "#rrggbb"; nullopt: it is none.
    static std::optional<BrandColor> parse(std::string_view text);
    std::string text() const;
    /// So much of the other, 0 to 1.
    BrandColor mixedWith(BrandColor other, double part) const;
    /// WCAG 2.2: 1 to 21.
    double contrastWith(BrandColor other) const;
};

/// Why texts cannot be in this color, going on from its name; empty: they can, or there is none.
std::string brandColorProblem(std::string_view color);

/// What pages' style sheet says anew for it, in light and dark: each text has a contrast of 4.5 or
/// more (WCAG 2.2, success criterion 1.4.3). `color` has no problem.
std::string brandStyle(BrandColor color);

}  // namespace gatehouse
