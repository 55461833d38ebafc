// SPDX-License-Identifier: Apache-2.0
#include "text/BrandColor.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>

namespace gatehouse {

namespace {

constexpr double least = 4.5;
constexpr BrandColor white{0xff, 0xff, 0xff};
constexpr BrandColor black{};

// Grounds of the style sheet.
constexpr BrandColor lightPage{0xee, 0xf1, 0xf6};
constexpr BrandColor darkPage{0x0e, 0x11, 0x18};
constexpr BrandColor darkCard{0x17, 0x1b, 0x25};

/// WCAG 2.2, relative luminance.
double linear(std::uint8_t part) {
    const double value = part / 255.0;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminanceOf(BrandColor color) {
    return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue);
}

/// The color itself, or with as little of the other as makes it seen on that ground.
BrandColor seenOn(BrandColor ground, BrandColor color, BrandColor other, double contrast) {
    constexpr int steps = 100;
    auto seen = color;
    for (int part = 1; part <= steps && seen.contrastWith(ground) < contrast; ++part) {
        seen = color.mixedWith(other, static_cast<double>(part) / steps);
    }
    return seen;
}

std::string contrastText(double contrast) {
    const auto tenths = static_cast<int>(contrast * 10);
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

std::string variables(BrandColor accent, BrandColor deep, BrandColor on, BrandColor tint,
                      BrandColor glow) {
    return "--accent:" + accent.text() + ";--accent-deep:" + deep.text() +
           ";--on-accent:" + on.text() + ";--tint:" + tint.text() + ";--glow:" + glow.text();
}

}  // namespace

std::optional<BrandColor> BrandColor::parse(std::string_view text) {
    if (text.size() != 7 || text.front() != '#') {
        return std::nullopt;
    }
    std::array<std::uint8_t, 3> parts{};
    for (std::size_t part = 0; part < parts.size(); ++part) {
        const char* begin = text.data() + 1 + 2 * part;
        const auto [end, failure] = std::from_chars(begin, begin + 2, parts[part], 16);
        if (failure != std::errc() || end != begin + 2) {
            return std::nullopt;
        }
    }
    return BrandColor{parts[0], parts[1], parts[2]};
}

std::string BrandColor::text() const {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text = "#";
    for (const unsigned part : {red, green, blue}) {
        text += digits[part >> 4U];
        text += digits[part & 15U];
    }
    return text;
}

BrandColor BrandColor::mixedWith(BrandColor other, double part) const {
    const auto mixed = [part](std::uint8_t own, std::uint8_t others) {
        return static_cast<std::uint8_t>(std::lround(own + (others - own) * part));
    };
    return {mixed(red, other.red), mixed(green, other.green), mixed(blue, other.blue)};
}

double BrandColor::contrastWith(BrandColor other) const {
    const auto [darker, lighter] = std::minmax({luminanceOf(*this), luminanceOf(other)});
    return (lighter + 0.05) / (darker + 0.05);
}

/// Buttons are white on it, and links are in it on a page that is nearly white.
std::string brandColorProblem(std::string_view text) {
    if (text.empty()) {
        return {};
    }
    const auto color = BrandColor::parse(text);
    if (!color) {
        return "is no color; try #2b50d4";
    }
    const double contrast = color->contrastWith(lightPage);
    if (contrast >= least) {
        return {};
    }
    return "is hard to read: its contrast with the page is " + contrastText(contrast) + ", and " +
           contrastText(least) + " is wanted (WCAG 2.2, 1.4.3); the nearest that has it is " +
           seenOn(lightPage, *color, black, least).text();
}

std::string brandStyle(BrandColor color) {
    constexpr double easily = 6.5;
    const auto light = seenOn(darkCard, color, white, easily);
    return "\n:root{" +
           variables(color, color.mixedWith(black, 0.2), white, white.mixedWith(color, 0.08),
                     lightPage.mixedWith(color, 0.14)) +
           "}\n@media (prefers-color-scheme: dark){:root{" +
           variables(light, light.mixedWith(white, 0.3), darkPage, darkCard.mixedWith(light, 0.14),
                     darkPage.mixedWith(light, 0.14)) +
           "}}\n";
}

}  // namespace gatehouse
