# `cpack -G DEB` and `cpack -G RPM`. A plugin fits the servers of the SDK it was built with; their package provides this name.
string(REGEX MATCH "^[0-9]+\\.[0-9]+" sdk "${Gatehouse_VERSION}")
set(sdk "gatehouse-sdk-abi-${sdk}")

set(CPACK_PACKAGE_CONTACT "Acme <it@acme.example>")
set(CPACK_PACKAGE_VENDOR "Acme")
set(CPACK_PACKAGING_INSTALL_PREFIX ${GATEHOUSE_PREFIX})
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
