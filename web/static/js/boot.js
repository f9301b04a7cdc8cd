// Runs in <head>: marks that scripts work, so that menus and filters may fold. Without it everything stays open.
document.documentElement.dataset.js = "";
