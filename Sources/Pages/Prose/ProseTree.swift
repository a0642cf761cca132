/// A text of the user as md4c reads it: what HTML and Markdown are written of.
///
/// Raw HTML is text in it, and links lead where `LinkTarget` lets them.
struct ProseTree {
  /// The blocks from the top; `nil` where md4c gave up or too much stands in each other.
  let blocks: [Block]?

  /// Reads Markdown of GitHub with tables and `$...$`, `$$...$$` for mathematics.
  init(_ markdown: String) {
    let builder = ProseTreeBuilder()
    let isRead = MarkdownParser.parse(markdown, flags: MarkdownParser.flags, builder)
    blocks = isRead && !builder.isTooDeep ? builder.blocks : nil
  }

  /// What stands below what.
  indirect enum Block {
    case paragraph([Inline])
    /// Text of an item of a list without blank lines.
    case line([Inline])
    case heading(Int, [Inline])
    case quote([Block])
    case list(List)
    case code(String)
    case rule
    case table(Table)
  }

  /// What stands within a line.
  indirect enum Inline {
    case text(String)
    /// A character by its name or number: `&copy;`.
    case reference(String)
    case softBreak
    case hardBreak
    case styled(Style, [Inline])
    case code(String)
    case equation(String, isDisplayed: Bool)
    case link(LinkTarget, [Inline])
    case picture(LinkTarget, [Inline])
  }

  enum Style { case emphasis, strong, struck }

  struct List {
    /// The first number; `nil` where it has none.
    let start: Int?
    let isTight: Bool
    /// What follows a number or stands before an item.
    let mark: Character
    var items: [[Block]]
  }

  struct Table {
    var alignments: [Alignment]
    var header: [[Inline]]
    var rows: [[[Inline]]]
  }

  enum Alignment { case none, left, middle, right }

  /// Whether it is a paragraph and nothing else.
  var isOneParagraph: Bool {
    guard let blocks, blocks.count == 1, case .paragraph? = blocks.first else { return false }
    return true
  }

  /// Whether there is a heading of the first level.
  var hasTitle: Bool { (blocks ?? []).contains(where: Self.hasTitle) }

  private static func hasTitle(_ block: Block) -> Bool {
    switch block {
    case .heading(let level, _): level == 1
    case .quote(let blocks): blocks.contains(where: hasTitle)
    case .list(let list): list.items.joined().contains(where: hasTitle)
    default: false
    }
  }
}
