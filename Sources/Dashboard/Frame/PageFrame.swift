import Pages
import Web

/// The frame of every live page: its head, the way to the others, its body.
struct PageFrame {
  /// What stands in the window's title, as plain text.
  var title: String
  /// What the page shows, as HTML.
  var body: String
  /// Names of scripts in `/assets/` beside those that every page has.
  var scripts: [String] = []
  /// Names of styles in `/assets/` beside those that every page has.
  var styles: [String] = []
  /// The part of the pages that it belongs to.
  var part = Part.other
  /// The status of the reply.
  var status = 200
  /// Whether the page takes the whole width, as tables and charts do.
  var isWide = false

  /// What the links at the top of every page lead to.
  enum Part: String, CaseIterable {
    case experiments = "Experiments"
    case runs = "Runs"
    case compare = "Compare"
    case notebook = "Notebook"
    case other

    var address: String? {
      switch self {
      case .experiments: "/"
      case .runs: "/runs"
      case .compare: "/compare"
      case .notebook: Navigation.notebook
      case .other: nil
      }
    }
  }

  /// The page.
  var reply: WebReply {
    .html(
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(escapedHTML(title)) · Labbook</title>
      <link rel="icon" href="/assets/labbook.svg" type="image/svg+xml">
      \(links)
      </head>
      <body>
      <a class="skip" href="#main">Skip to the page</a>
      <header class="top"><nav aria-label="Pages">
      <a class="name" href="/" aria-label="Labbook">labbook</a>
      \(ways)
      </nav><button type="button" class="keys" data-keys aria-haspopup="dialog">Keys <kbd>?</kbd></button></header>
      <main id="main"\(isWide ? " class=\"wide-page\"" : "") tabindex="-1">
      \(body)
      </main>
      \(Self.keys)
      </body>
      </html>
      """, status: status)
  }

  private var links: String {
    let styles = (["labbook.css"] + styles).map {
      "<link rel=\"stylesheet\" href=\"/assets/\($0)\">"
    }
    let scripts = (["labbook.js", "rows.js"] + scripts).map {
      "<script defer src=\"/assets/\($0)\"></script>"
    }
    return (styles + scripts).joined(separator: "\n")
  }

  private var ways: String {
    Part.allCases.compactMap { other in
      guard let address = other.address else { return nil }
      let here = other == part ? " aria-current=\"page\"" : ""
      return "<a href=\"\(address)\"\(here)>\(other.rawValue)</a>"
    }.joined(separator: "\n")
  }

  private static let keys = """
    <dialog id="keys" aria-labelledby="keys-title">
    <h2 id="keys-title">Keys</h2>
    <dl>
    <div><dt><kbd>j</kbd> <kbd>k</kbd></dt><dd>next and previous row</dd></div>
    <div><dt><kbd>Enter</kbd></dt><dd>open the row</dd></div>
    <div><dt><kbd>Space</kbd></dt><dd>select the row</dd></div>
    <div><dt><kbd>p</kbd></dt><dd>pin the row to the top</dd></div>
    <div><dt><kbd>c</kbd></dt><dd>compare what is selected</dd></div>
    <div><dt><kbd>/</kbd></dt><dd>to the filter</dd></div>
    <div><dt><kbd>Esc</kbd></dt><dd>out of it</dd></div>
    <div><dt><kbd>?</kbd></dt><dd>these keys</dd></div>
    </dl>
    <form method="dialog"><button>Close</button></form>
    </dialog>
    """
}
