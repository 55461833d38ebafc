// SPDX-License-Identifier: Apache-2.0
#include "passwords/Argon2.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class Argon2Test : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(Argon2Test);
    CPPUNIT_TEST(aHashVerifiesItsPasswordAlone);
    CPPUNIT_TEST(hashesOfTheReferenceImplementationVerify);
    CPPUNIT_TEST(theCostIsReadFromTheHash);
    CPPUNIT_TEST(whatIsNoHashHasNoCostAndVerifiesNothing);
    CPPUNIT_TEST(aDecoyCostsTheSameAndVerifiesNothing);
    CPPUNIT_TEST(nulAndAllBytesBelongToThePassword);
    CPPUNIT_TEST_SUITE_END();

    void aHashVerifiesItsPasswordAlone() {
        const auto phc = argon2Hash(Secret("right"), "a salt of bytes", cheap_);
        CPPUNIT_ASSERT(argon2Verify(Secret("right"), phc));
        CPPUNIT_ASSERT(!argon2Verify(Secret("wrong"), phc));
        CPPUNIT_ASSERT(!argon2Verify(Secret(""), phc));
    }

    // From the test vectors of the reference implementation (test.c, argon2id, version 0x13).
    void hashesOfTheReferenceImplementationVerify() {
        CPPUNIT_ASSERT(argon2Verify(Secret("password"),
                                    "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ"
                                    "$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"));
        CPPUNIT_ASSERT(argon2Verify(Secret("password"),
                                    "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ"
                                    "$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc"));
    }

    void theCostIsReadFromTheHash() {
        const auto cost = argon2Cost(argon2Hash(Secret("right"), "a salt of bytes", {64, 3, 2}));
        CPPUNIT_ASSERT(cost);
        CPPUNIT_ASSERT(*cost == (Argon2Cost{64, 3, 2}));
    }

    void whatIsNoHashHasNoCostAndVerifiesNothing() {
        const std::string good = argon2Hash(Secret("right"), "a salt of bytes", cheap_);
        for (const std::string& text :
             {std::string(), std::string("right"), std::string("$2y$10$abcdefghijklmnopqrstuv"),
              replaced(good, "argon2id", "argon2i"), replaced(good, "v=19", "v=16"),
              replaced(good, "m=64", "m=0"), replaced(good, "m=64", "m=7"),
              replaced(good, "m=64", "m=-64"), replaced(good, "m=64", "m=4294967296"),
              replaced(good, "m=64", "m=1048577"), replaced(good, "t=1", "t=65"),
              replaced(good, "p=1", "p=17"), good + "$", good + " ", good + "=",
              good.substr(0, good.rfind('$')), good.substr(0, good.rfind('$') + 1)}) {
            CPPUNIT_ASSERT_MESSAGE(text, !argon2Cost(text));
            CPPUNIT_ASSERT_MESSAGE(text, !argon2Verify(Secret("right"), text));
        }
    }

    void aDecoyCostsTheSameAndVerifiesNothing() {
        const auto decoy = argon2Decoy(cheap_);
        CPPUNIT_ASSERT(argon2Cost(decoy) == cheap_);
        CPPUNIT_ASSERT(!argon2Verify(Secret("right"), decoy));
    }

    void nulAndAllBytesBelongToThePassword() {
        const std::string odd("\0\xFF pass\0word", 13);
        const auto phc = argon2Hash(Secret(odd), "a salt of bytes", cheap_);
        CPPUNIT_ASSERT(argon2Verify(Secret(odd), phc));
        CPPUNIT_ASSERT(!argon2Verify(Secret(odd.substr(0, 8)), phc));
    }

    static std::string replaced(std::string text, const std::string& part, const std::string& by) {
        return text.replace(text.find(part), part.size(), by);
    }

    const Argon2Cost cheap_{64, 1, 1};
};

CPPUNIT_TEST_SUITE_REGISTRATION(Argon2Test);

}  // namespace gatehouse
