# gatehouse_plugin(<point>.<name> SOURCES ... [LIBRARIES ...] [PAGES <folder>] [ALSO <point>.<name> ...])
#
# Builds <point>.<name>.so, which the server loads when its configuration says `use: <point>.<name>`, of the object library
# <point>.<name>.objects, which tests link. PAGES holds its templates and, in `locale`, their texts. ALSO are the other
# plugins that the library holds (GATEHOUSE_LIBRARY): each is a link to it.
include_guard(GLOBAL)
include(GNUInstallDirs)

if(NOT DEFINED GATEHOUSE_PLUGIN_DIR)
    set(GATEHOUSE_PLUGIN_DIR ${CMAKE_INSTALL_LIBDIR}/gatehouse/plugins)
endif()

# The library shows its entry point and nothing else, not even what it shares with libstdc++.
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/gatehouse-plugin.map
    CONTENT "{ global: gatehouse_plugin; local: *; };\n")

function(gatehouse_plugin name)
    cmake_parse_arguments(PARSE_ARGV 1 plugin "" "PAGES" "SOURCES;LIBRARIES;ALSO")
    if(TARGET gatehouse_sdk)
        set(sdk gatehouse_sdk)
    else()
        set(sdk Gatehouse::sdk)
    endif()

    add_library(${name}.objects OBJECT ${plugin_SOURCES})
    target_compile_features(${name}.objects PRIVATE cxx_std_17)
    target_include_directories(${name}.objects PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
    target_link_libraries(${name}.objects PUBLIC ${sdk} ${plugin_LIBRARIES})
    set_target_properties(${name}.objects PROPERTIES
        CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON POSITION_INDEPENDENT_CODE ON)

    add_library(${name} MODULE)
    target_link_libraries(${name} PRIVATE ${name}.objects)
    set_target_properties(${name} PROPERTIES
        PREFIX "" OUTPUT_NAME ${name} LINKER_LANGUAGE CXX LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/plugins)
    # Bound when loaded, never unloaded, and an undefined symbol fails the build (but a sanitizer's are the program's).
    target_link_options(${name} PRIVATE -Wl,-z,now,-z,nodelete
        -Wl,--version-script=${CMAKE_BINARY_DIR}/gatehouse-plugin.map)
    if(NOT GATEHOUSE_SANITIZE)
        target_link_options(${name} PRIVATE -Wl,-z,defs)
    endif()
    install(TARGETS ${name} LIBRARY DESTINATION ${GATEHOUSE_PLUGIN_DIR})
    foreach(also ${plugin_ALSO})
        set(link ${CMAKE_BINARY_DIR}/plugins/${also}.so)
        add_custom_command(TARGET ${name} POST_BUILD
            COMMAND ${CMAKE_COMMAND} -E create_symlink ${name}.so ${link})
        install(FILES ${link} DESTINATION ${GATEHOUSE_PLUGIN_DIR})
    endforeach()
    if(plugin_PAGES)
        set(pages ${CMAKE_CURRENT_SOURCE_DIR}/${plugin_PAGES})
        add_custom_command(TARGET ${name} POST_BUILD
            COMMAND ${CMAKE_COMMAND} -E copy_directory ${pages} ${CMAKE_BINARY_DIR}/plugins/${name})
        install(DIRECTORY ${pages}/ DESTINATION ${GATEHOUSE_PLUGIN_DIR}/${name})
    endif()
endfunction()
