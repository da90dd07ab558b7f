"""The model to views: what a page says, before anybody decides how it looks. A view is a pure function of the site."""
