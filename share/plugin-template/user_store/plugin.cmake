# What CMakeLists.txt has to know of this plugin: its full name, a line about it, and more for gatehouse_plugin().
set(plugin user_store.acme)
set(summary "Gatehouse users from Acme's CSV export")
set(more LIBRARIES crypt)
