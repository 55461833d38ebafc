// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/Capability.h>

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

namespace {

class Lamp : public Plugin {
public:
    virtual int answer() const { return 1; }
};

class Counts {
public:
    static constexpr Capability capability{"counts", 1};
    virtual ~Counts() = default;
    virtual int count() const = 0;
};

class Spells {
public:
    static constexpr Capability capability{"spells", 2};
    virtual ~Spells() = default;
    virtual char spell() const = 0;
};

/// What `spells` was before.
class SpelledBefore {
public:
    static constexpr Capability capability{"spells", 1};
};

class Both final : public With<Lamp, Counts, Spells> {
    int count() const override { return 7; }
    char spell() const override { return 'x'; }
};

class Onwards final : public With<With<Lamp, Counts>, Spells> {
    int count() const override { return 8; }
    char spell() const override { return 'y'; }
};

}  // namespace

class CapabilityTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CapabilityTest);
    CPPUNIT_TEST(whatAPluginHasIsFound);
    CPPUNIT_TEST(whatItHasNotIsNot);
    CPPUNIT_TEST(anotherVersionIsAnotherInterface);
    CPPUNIT_TEST(whatABaseHasIsKept);
    CPPUNIT_TEST_SUITE_END();

public:
    void whatAPluginHasIsFound() {
        Both both;
        CPPUNIT_ASSERT_EQUAL(7, capabilityOf<Counts>(both)->count());
        CPPUNIT_ASSERT_EQUAL('x', capabilityOf<Spells>(both)->spell());
    }

    void whatItHasNotIsNot() {
        Lamp plain;
        CPPUNIT_ASSERT(capabilityOf<Counts>(plain) == nullptr);
    }

    void anotherVersionIsAnotherInterface() {
        Both both;
        CPPUNIT_ASSERT(capabilityOf<SpelledBefore>(both) == nullptr);
    }

    void whatABaseHasIsKept() {
        Onwards onwards;
        CPPUNIT_ASSERT_EQUAL(8, capabilityOf<Counts>(onwards)->count());
        CPPUNIT_ASSERT_EQUAL('y', capabilityOf<Spells>(onwards)->spell());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CapabilityTest);

}  // namespace gatehouse
