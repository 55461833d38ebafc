# What CMakeLists.txt has to know of this plugin: its full name, a line about it, and more for gatehouse_plugin().
set(plugin authorization_rule.acme)
set(summary "A parameter of Acme's")
set(more)
