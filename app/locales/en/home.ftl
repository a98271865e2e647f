# The home page.
home-title = Home
home-greeting = Hello, { $name }
