# What CMakeLists.txt has to know of this plugin: its full name, a line about it, and more for gatehouse_plugin().
set(plugin claims_source.acme)
set(summary "A claim of Acme's")
set(more)
