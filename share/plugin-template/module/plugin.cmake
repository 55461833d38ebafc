# What CMakeLists.txt has to know of this plugin: its full name, a line about it, and more for gatehouse_plugin().
set(plugin module.acme)
set(summary "An endpoint of Acme's")
set(more)
