import Pages
import Web

/// The frame of every live page: its head, the way to the others, its body.
struct PageFrame {
  /// What stands in the window's title, as plain text.
  var title: String
  /// What the page shows, as HTML.
  var body: String
  /// Names of scripts in `/assets/` beside the one that every page has.
  var scripts: [String] = []
  /// Names of styles in `/assets/` beside the one that every page has.
  var styles: [String] = []

  /// The page.
  var reply: WebReply {
    .html(
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(escapedHTML(title)) · Labbook</title>
      <link rel="icon" href="data:,">
      \((["labbook.css"] + styles).map { "<link rel=\"stylesheet\" href=\"/assets/\($0)\">" }.joined(separator: "\n"))
      \((["labbook.js"] + scripts).map { "<script defer src=\"/assets/\($0)\"></script>" }.joined(separator: "\n"))
      </head>
      <body>
      <nav>\(Navigation.notebook)<a href="/">Experiments</a> <a href="/runs">Runs</a> <a href="/compare">Compare</a></nav>
      <main>
      \(body)
      </main>
      </body>
      </html>
      """)
  }
}
