// SPDX-License-Identifier: Apache-2.0
#include "text/BrandColor.h"

#include <cppunit/extensions/HelperMacros.h>

#include <cmath>
#include <map>

namespace gatehouse {

class BrandColorTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(BrandColorTest);
    CPPUNIT_TEST(colorsAreReadAsTheyAreWritten);
    CPPUNIT_TEST(contrastIsThatOfTheStandard);
    CPPUNIT_TEST(whatIsHardToReadIsToldWithAWayOut);
    CPPUNIT_TEST(allTextsCanBeReadInEveryColorThatIsTaken);
    CPPUNIT_TEST_SUITE_END();

    static BrandColor color(const std::string& text) {
        const auto read = BrandColor::parse(text);
        CPPUNIT_ASSERT_MESSAGE(text, read);
        return *read;
    }
    /// The custom properties of a part of the style sheet.
    static std::map<std::string, BrandColor> read(const std::string& style) {
        std::map<std::string, BrandColor> all;
        for (auto begin = style.find("--"); begin != std::string::npos;
             begin = style.find("--", begin + 2)) {
            const auto colon = style.find(':', begin);
            all[style.substr(begin + 2, colon - begin - 2)] = color(style.substr(colon + 1, 7));
        }
        return all;
    }

public:
    void colorsAreReadAsTheyAreWritten() {
        for (const char* text : {"#000000", "#ffffff", "#2b50d4"}) {
            CPPUNIT_ASSERT_EQUAL(std::string(text), color(text).text());
        }
        CPPUNIT_ASSERT_EQUAL(std::string("#abcdef"), color("#ABCDEF").text());
        for (const char* none : {"", "#", "2b50d4", "#2b50d", "#2b50d44", "#2b50dg", "#-b50d4",
                                 "red", "#+1+1+1", "#2b50d4;}body{display:none"}) {
            CPPUNIT_ASSERT_MESSAGE(none, !BrandColor::parse(none));
        }
    }

    void contrastIsThatOfTheStandard() {
        const auto near = [](double wanted, double is) { return std::abs(wanted - is) < 0.01; };
        CPPUNIT_ASSERT(near(21, color("#000000").contrastWith(color("#ffffff"))));
        CPPUNIT_ASSERT(near(1, color("#123456").contrastWith(color("#123456"))));
        CPPUNIT_ASSERT(near(4.54, color("#767676").contrastWith(color("#ffffff"))));
        CPPUNIT_ASSERT(near(3.998, color("#ffffff").contrastWith(color("#ff0000"))));
    }

    void whatIsHardToReadIsToldWithAWayOut() {
        for (const char* hard : {"#ffcc00", "#ffffff", "#ff8800", "#7f7f7f", "#00ff00"}) {
            const auto problem = brandColorProblem(hard);
            CPPUNIT_ASSERT_MESSAGE(problem, problem.find("contrast") != std::string::npos);
            const auto nearest = problem.substr(problem.rfind('#'));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(nearest, std::string(), brandColorProblem(nearest));
        }
        CPPUNIT_ASSERT(brandColorProblem("blue").find("no color") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string(), brandColorProblem(""));
    }

    void allTextsCanBeReadInEveryColorThatIsTaken() {
        constexpr int step = 17;
        int taken = 0;
        for (int number = 0; number < 16 * 16 * 16; ++number) {
            const auto part = [&](int digit) {
                return static_cast<std::uint8_t>(((number >> digit) & 15) * step);
            };
            const BrandColor brand{part(0), part(4), part(8)};
            if (!brandColorProblem(brand.text()).empty()) {
                continue;
            }
            ++taken;
            const auto style = brandStyle(brand);
            const auto dark = style.find("@media");
            auto light = read(style.substr(0, dark));
            CPPUNIT_ASSERT_EQUAL(brand.text(), light["accent"].text());
            assertSeen(light, color("#ffffff"), color("#eef1f6"));
            auto night = read(style.substr(dark));
            assertSeen(night, color("#171b25"), color("#0e1118"));
        }
        CPPUNIT_ASSERT(taken > 500);
    }

private:
    static void assertSeen(std::map<std::string, BrandColor>& colors, BrandColor card,
                           BrandColor page) {
        CPPUNIT_ASSERT_EQUAL(std::size_t{5}, colors.size());
        const auto seen = [](BrandColor text, BrandColor ground) {
            CPPUNIT_ASSERT_MESSAGE(text.text() + " on " + ground.text(),
                                   text.contrastWith(ground) >= 4.5);
        };
        for (const char* name : {"accent", "accent-deep"}) {
            seen(colors[name], card);
            seen(colors[name], page);
            seen(colors["on-accent"], colors[name]);
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(BrandColorTest);

}  // namespace gatehouse
