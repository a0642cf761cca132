import CTables
import Machine
import Synchronization

/// Where a table's text may be cut: behind the ends of lines, which are ends of rows unless they stand
/// within quotes.
struct TableParts: Sendable {
  private(set) var starts: [Int] = [0]
  /// How many rows each part can have.
  private(set) var most: [Int] = []
  /// Where the text ends.
  let end: Int
  /// Whether no byte has its upper bit set, and whether all are letters of UTF-8.
  let isASCII: Bool
  let isUTF8: Bool
  /// False where a file lacked bytes that it had before.
  private(set) var isComplete: Bool
  private var isClosed = false

  /// Cuts a text and looks at all of it, side by side.
  ///
  /// A part that would begin within quotes, where all quotes before it are counted, begins behind the
  /// next line that does not end within quotes.
  init(_ text: TableText, _ pieces: TextPieces) {
    end = text.count
    let body = pieces.body ?? lb_tables_body()
    let size = max(pieces.part, text.count / (8 * Parallel.cores) + 1)
    let nominal = stride(from: 0, to: max(1, text.count), by: size).map { place in
      place == 0 ? 0 : Self.letter(text, from: place)
    }
    let ends = nominal.dropFirst() + [text.count]
    let scans = Gathered<PartScan>(nominal.count)
    Parallel.forEach(nominal.count) { part in
      scans.set(part, PartScan(text, nominal[part]..<ends[part + 1], body))
    }
    let all = scans.all
    isASCII = all.allSatisfy(\.isASCII)
    isUTF8 = all.allSatisfy(\.isUTF8)
    isComplete = all.allSatisfy(\.isComplete)
    var quotes = 0
    for (place, scan) in zip(nominal, all) {
      add(place, scan, text, isWithinQuotes: quotes % 2 == 1)
      quotes += scan.quotes
    }
    // The last line may have no end.
    most[most.count - 1] += 1
  }

  /// Where the next letter begins, so that none is cut.
  private static func letter(_ text: TableText, from place: Int) -> Int {
    withUnsafeTemporaryAllocation(byteCount: 3, alignment: 1) { buffer in
      let piece = UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(text.count - place))
      guard text.read(from: place, into: piece) else { return place }
      return place + piece.prefix { $0 & 0xC0 == 0x80 }.count
    }
  }

  private mutating func add(
    _ place: Int, _ scan: PartScan, _ text: TableText, isWithinQuotes: Bool
  ) {
    guard place > 0 else { return most.append(scan.lines) }
    var found: (start: Int, lines: Int)?
    if place > starts[starts.count - 1], isComplete, !isClosed {
      found = LineFinder(text).start(behind: place, isWithinQuotes: isWithinQuotes)
      if found == nil { isComplete = false }
    }
    guard let found, found.start < end else {
      most[most.count - 1] += scan.lines
      // Nothing begins before the end, so that nobody looks for it again.
      if found != nil { isClosed = true }
      return
    }
    most[most.count - 1] += found.lines
    starts.append(found.start)
    most.append(max(0, scan.lines - found.lines))
  }

  /// The parts of the text from `start` on, above which there are so many lines.
  func following(_ start: Int, lines: Int) -> TableParts {
    var parts = self
    while parts.starts.count > 1, parts.starts[1] <= start {
      parts.starts.removeFirst()
      parts.most.removeFirst()
    }
    if parts.starts[0] == 0 { parts.most[0] = max(0, parts.most[0] - lines) }
    parts.starts[0] = start
    return parts
  }

  var count: Int { starts.count }
  var mostRows: Int { most.reduce(0, +) }

  /// Where a part ends and the next one begins.
  func end(of part: Int) -> Int { part + 1 < starts.count ? starts[part + 1] : end }
}

/// What a piece of text is made of.
private struct PartScan: Sendable {
  private(set) var lines = 0
  private(set) var quotes = 0
  private(set) var isASCII = true
  private(set) var isUTF8 = true
  private(set) var isComplete = true

  /// Bytes that are looked at while they are near.
  private static let window = 1 << 18

  init(_ text: TableText, _ range: Range<Int>, _ body: Int32) {
    withUnsafeTemporaryAllocation(byteCount: min(Self.window, range.count), alignment: 64) {
      buffer in
      var place = range.lowerBound
      while place < range.upperBound {
        let piece = UnsafeMutableRawBufferPointer(
          rebasing: buffer.prefix(range.upperBound - place))
        guard text.read(from: place, into: piece) else {
          isComplete = false
          return
        }
        let isLast = place + piece.count == text.count
        let count = isLast ? piece.count : Self.wholeLetters(UnsafeRawBufferPointer(piece))
        scan(piece, count, body)
        place += count
      }
    }
  }

  private mutating func scan(_ piece: UnsafeMutableRawBufferPointer, _ count: Int, _ body: Int32) {
    guard let base = piece.baseAddress else { return }
    var scan = lb_text_scan()
    lb_scan_text(base.assumingMemoryBound(to: UInt8.self), Int64(count), body, &scan)
    lines += Int(scan.lines)
    quotes += Int(scan.quotes)
    if scan.is_ascii == 0 { isASCII = false }
    if scan.is_utf8 == 0 { isUTF8 = false }
  }

  /// How many bytes there are before a letter that may go on behind the last.
  private static func wholeLetters(_ bytes: UnsafeRawBufferPointer) -> Int {
    for back in 1...3 where back < bytes.count {
      let byte = bytes[bytes.count - back]
      if byte < 0x80 { return bytes.count - back + 1 }
      if byte >= 0xC0 { return bytes.count - back }
    }
    return bytes.count
  }
}

/// Looks for the end of a line near a place.
private struct LineFinder {
  private let text: TableText
  /// Quotes that are open for longer are none.
  private static let mostQuoted = 1 << 20

  init(_ text: TableText) { self.text = text }

  /// Where the next line begins, and how many ends of lines stand before it; the end of the text where
  /// none begins, `nil` where its bytes cannot be read.
  func start(behind place: Int, isWithinQuotes: Bool) -> (start: Int, lines: Int)? {
    let most = min(text.count, place + Self.mostQuoted)
    var isOpen = isWithinQuotes
    let quoted = find(from: place, to: most) { byte in
      if byte == TableScanner.quote { isOpen.toggle() }
      return !isOpen
    }
    guard let quoted else { return nil }
    if quoted.start < most || most == text.count { return quoted }
    return find(from: place, to: text.count) { _ in true }
  }

  /// - Parameter isOutside: told of every byte; whether a line that ends there ends a row.
  private func find(
    from place: Int, to end: Int, _ isOutside: (UInt8) -> Bool
  ) -> (start: Int, lines: Int)? {
    withUnsafeTemporaryAllocation(byteCount: 1 << 14, alignment: 64) { buffer in
      var (position, lines) = (place, 0)
      // Whether the byte before was a return, and one that ends a row.
      var (wasReturn, endsRow) = (false, false)
      while position < end {
        let piece = UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(end - position))
        guard text.read(from: position, into: piece) else { return nil }
        for (offset, byte) in piece.enumerated() {
          let isFeed = byte == TableScanner.lineFeed
          if endsRow { return (position + offset + (isFeed ? 1 : 0), lines) }
          let isReturn = byte == TableScanner.carriageReturn
          if isReturn || (isFeed && !wasReturn) { lines += 1 }
          let isOutside = isOutside(byte)
          if isFeed, isOutside { return (position + offset + 1, lines) }
          wasReturn = isReturn
          endsRow = isReturn && isOutside
        }
        position += piece.count
      }
      return (end, lines)
    }
  }
}

/// Values made side by side, one for each number.
final class Gathered<Value: Sendable>: Sendable {
  private let values: Mutex<[Value?]>

  init(_ count: Int) { values = Mutex(Array(repeating: nil, count: count)) }

  func set(_ place: Int, _ value: Value) { values.withLock { $0[place] = value } }

  var all: [Value] { values.withLock { $0.compactMap { $0 } } }
}
