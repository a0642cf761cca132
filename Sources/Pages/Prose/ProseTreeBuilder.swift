import CMD4C

/// Makes a tree of what md4c tells.
final class ProseTreeBuilder: MarkdownListener {
  /// What is open: its blocks and the inline parts since the last of them.
  private struct Frame {
    var blocks: [ProseTree.Block] = []
    var inlines: [ProseTree.Inline] = []
    var target = LinkTarget.nowhere
  }

  private var frames = [Frame()]
  private var lists: [ProseTree.List] = []
  private var table = ProseTree.Table(alignments: [], header: [], rows: [])
  private var row: [[ProseTree.Inline]] = []
  private var isHeader = false
  /// The letters of the code or equation that is being read.
  private var letters: String?

  /// Whether more stood in each other than a page can hold; nothing more is read then.
  private(set) var isTooDeep = false

  /// So many quotes, lists and spans may stand in each other.
  private static let deepest = 100

  /// What has been read.
  var blocks: [ProseTree.Block] { frames.first?.blocks ?? [] }

  private func push(_ frame: Frame = Frame()) {
    frames.append(frame)
    if frames.count + lists.count > Self.deepest { isTooDeep = true }
  }

  // MARK: Blocks

  func enter(block: MD_BLOCKTYPE, _ detail: UnsafeMutableRawPointer?) {
    if isTooDeep { return }
    switch block {
    case MD_BLOCK_DOC: return
    case MD_BLOCK_UL:
      let own = detail?.assumingMemoryBound(to: MD_BLOCK_UL_DETAIL.self).pointee
      closeLine()
      open(list: nil, isTight: own?.is_tight != 0, mark: own?.mark)
    case MD_BLOCK_OL:
      let own = detail?.assumingMemoryBound(to: MD_BLOCK_OL_DETAIL.self).pointee
      closeLine()
      open(list: Int(own?.start ?? 1), isTight: own?.is_tight != 0, mark: own?.mark_delimiter)
    case MD_BLOCK_CODE:
      closeLine()
      letters = ""
    case MD_BLOCK_TABLE:
      closeLine()
      table = ProseTree.Table(alignments: [], header: [], rows: [])
    case MD_BLOCK_THEAD: isHeader = true
    case MD_BLOCK_TBODY: isHeader = false
    case MD_BLOCK_TR: row = []
    case MD_BLOCK_TH:
      table.alignments.append(Self.alignment(detail))
      push()
    default:
      if block != MD_BLOCK_TD { closeLine() }
      push()
    }
  }

  func leave(block: MD_BLOCKTYPE, _ detail: UnsafeMutableRawPointer?) {
    if isTooDeep { return }
    switch block {
    case MD_BLOCK_DOC: closeLine()
    case MD_BLOCK_HR: add(.rule, closing: true)
    case MD_BLOCK_H:
      let level = detail?.assumingMemoryBound(to: MD_BLOCK_H_DETAIL.self).pointee.level ?? 6
      add(.heading(Int(level), inlines), closing: true)
    case MD_BLOCK_P: add(.paragraph(inlines), closing: true)
    case MD_BLOCK_QUOTE:
      closeLine()
      add(.quote(frames.last?.blocks ?? []), closing: true)
    case MD_BLOCK_LI:
      closeLine()
      let item = frames.removeLast().blocks
      if !lists.isEmpty { lists[lists.count - 1].items.append(item) }
    case MD_BLOCK_UL, MD_BLOCK_OL: if let list = lists.popLast() { add(.list(list)) }
    case MD_BLOCK_CODE:
      add(ProseTree.Block.code(letters ?? ""))
      letters = nil
    case MD_BLOCK_TH, MD_BLOCK_TD: row.append(frames.removeLast().inlines)
    case MD_BLOCK_TR: if isHeader { table.header = row } else { table.rows.append(row) }
    case MD_BLOCK_TABLE: add(.table(table))
    default: break
    }
  }

  private func open(list start: Int?, isTight: Bool, mark: CChar?) {
    let sign = Character(Unicode.Scalar(UInt8(bitPattern: mark ?? 0x2D)))
    lists.append(ProseTree.List(start: start, isTight: isTight, mark: sign, items: []))
  }

  private var inlines: [ProseTree.Inline] { frames.last?.inlines ?? [] }

  private func add(_ block: ProseTree.Block, closing: Bool = false) {
    if closing { frames.removeLast() }
    frames[frames.count - 1].blocks.append(block)
  }

  /// Ends the text of a tight item before a block or the item's end.
  private func closeLine() {
    guard !inlines.isEmpty else { return }
    frames[frames.count - 1].blocks.append(.line(inlines))
    frames[frames.count - 1].inlines = []
  }

  private static func alignment(_ detail: UnsafeMutableRawPointer?) -> ProseTree.Alignment {
    switch detail?.assumingMemoryBound(to: MD_BLOCK_TD_DETAIL.self).pointee.align {
    case MD_ALIGN_LEFT: .left
    case MD_ALIGN_CENTER: .middle
    case MD_ALIGN_RIGHT: .right
    default: .none
    }
  }

  // MARK: Spans and text

  func enter(span: MD_SPANTYPE, _ detail: UnsafeMutableRawPointer?) {
    if isTooDeep { return }
    switch span {
    case MD_SPAN_CODE, MD_SPAN_LATEXMATH, MD_SPAN_LATEXMATH_DISPLAY: letters = ""
    default:
      var frame = Frame()
      if span == MD_SPAN_A {
        frame.target = LinkTarget(
          detail?.assumingMemoryBound(to: MD_SPAN_A_DETAIL.self).pointee.href)
      } else if span == MD_SPAN_IMG {
        frame.target = LinkTarget(
          detail?.assumingMemoryBound(to: MD_SPAN_IMG_DETAIL.self).pointee.src)
      }
      push(frame)
    }
  }

  func leave(span: MD_SPANTYPE, _ detail: UnsafeMutableRawPointer?) {
    if isTooDeep { return }
    switch span {
    case MD_SPAN_CODE: add(.code(takeLetters()))
    case MD_SPAN_LATEXMATH: add(.equation(takeLetters(), isDisplayed: false))
    case MD_SPAN_LATEXMATH_DISPLAY: add(.equation(takeLetters(), isDisplayed: true))
    default:
      let frame = frames.removeLast()
      switch span {
      case MD_SPAN_EM: add(.styled(.emphasis, frame.inlines))
      case MD_SPAN_STRONG: add(.styled(.strong, frame.inlines))
      case MD_SPAN_DEL: add(.styled(.struck, frame.inlines))
      case MD_SPAN_A: add(.link(frame.target, frame.inlines))
      case MD_SPAN_IMG: add(.picture(frame.target, frame.inlines))
      default: for inline in frame.inlines { add(inline) }
      }
    }
  }

  private func takeLetters() -> String {
    defer { letters = nil }
    return letters ?? ""
  }

  private func add(_ inline: ProseTree.Inline) {
    // md4c tells one stretch of text in pieces.
    if case .text(let more) = inline, case .text(let text)? = inlines.last {
      let last = frames[frames.count - 1].inlines.count - 1
      frames[frames.count - 1].inlines[last] = .text(text + more)
      return
    }
    frames[frames.count - 1].inlines.append(inline)
  }

  func text(_ kind: MD_TEXTTYPE, _ bytes: UnsafeBufferPointer<CChar>) {
    if isTooDeep { return }
    let text = kind == MD_TEXT_NULLCHAR ? "\u{FFFD}" : MarkdownParser.string(bytes)
    if letters != nil {
      letters? += kind == MD_TEXT_SOFTBR || kind == MD_TEXT_BR ? " " : text
      return
    }
    switch kind {
    case MD_TEXT_BR: add(.hardBreak)
    case MD_TEXT_SOFTBR: add(.softBreak)
    case MD_TEXT_ENTITY: add(.reference(text))
    default: add(.text(text))
    }
  }
}
