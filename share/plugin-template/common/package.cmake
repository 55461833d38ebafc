# `cpack -G DEB` and `cpack -G RPM`. A plugin fits the servers of the SDK it was built with; their package provides this name.
string(REGEX MATCH "^[0-9]+\\.[0-9]+" sdk "${Gatehouse_VERSION}")
set(sdk "gatehouse-sdk-abi-${sdk}")

set(CPACK_PACKAGE_CONTACT "Acme <it@acme.example>")
set(CPACK_PACKAGE_VENDOR "Acme")
# Where the SDK was found is where its server looks, unless the SDK stands alone in a folder of somebody's own.
if(NOT DEFINED CPACK_PACKAGING_INSTALL_PREFIX)
    set(CPACK_PACKAGING_INSTALL_PREFIX ${GATEHOUSE_PREFIX})
    if(NOT GATEHOUSE_PREFIX MATCHES "^/(usr|usr/local|opt/[^/]+)$")
        message(WARNING "The package will put the plugin under ${GATEHOUSE_PREFIX}, where the SDK was found. "
            "For servers elsewhere say -DCPACK_PACKAGING_INSTALL_PREFIX=/usr")
    endif()
endif()
set(CPACK_STRIP_FILES ON)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "${sdk}")

set(CPACK_RPM_FILE_NAME RPM-DEFAULT)
set(CPACK_RPM_PACKAGE_LICENSE "Apache-2.0")
set(CPACK_RPM_PACKAGE_REQUIRES "${sdk}")
set(CPACK_RPM_PACKAGE_AUTOREQ ON)

include(CPack)
