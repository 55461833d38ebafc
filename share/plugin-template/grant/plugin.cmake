# What CMakeLists.txt has to know of this plugin: its full name, a line about it, and more for gatehouse_plugin().
set(plugin grant.acme)
set(summary "Tokens for a voucher of Acme's")
set(more)
