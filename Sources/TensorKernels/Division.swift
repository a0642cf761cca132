/// How an instruction is parted among threads, so that every number comes to the same bits wherever
/// the parts begin.
///
/// What decides is the instruction alone: its kernel, its sizes and the rows of its pass. A sum is taken
/// whole by one thread, in the order in which it is taken by one thread alone.
package struct Division: Hashable, Sendable {
  /// What the parts are parts of.
  package enum Axis: Hashable, Sendable {
    /// Rows of the pass: what belongs to a row is read and written by one thread.
    case rows
    /// Lines of an operand that are no rows of the pass.
    case lines
    /// Numbers of vectors of one length.
    case numbers
    /// Columns or channels, which the kernel finds by itself.
    case columns
    /// Nothing: one thread takes the whole.
    case whole
  }

  package let axis: Axis
  /// How many places there are along the axis.
  package var count = 0
  /// A part begins at a multiple of so many.
  package var grain = 1
  /// Of the size that says how many there are, what one place takes.
  package var each = 1
  /// Whether the second size says how many there are, not the first.
  package var isSecondSize = false
  /// Numbers of each operand from one place to the next; 0 for those that every thread reads whole.
  package var steps: [Int] = []
  /// How many times a part is taken, each time so many numbers further in every operand; `nil` for once.
  package var lines: Lines?
  /// Where in every operand it begins.
  package var offset = 0
  /// The operands that are written.
  package let writes: [Int]
  /// The operand that is memory of each thread's own.
  package var memory: Int?
  /// The sizes that a part is told beside its own.
  package var sizes: [Int]

  /// Lines of a matrix of which each thread takes its columns.
  package struct Lines: Hashable, Sendable {
    package let count: Int
    package let step: Int
  }

  /// The numbers of a flat vector that it is about; `nil` where it is about whole operands.
  package var places: Range<Int>? {
    isPart ? offset..<offset + sizes[0] : nil
  }

  private var isPart = false

  /// Rows of a pass from which on parts begin at a multiple of 4, which the thin kernels take at once.
  private static let manyRows = 64
  /// Numbers between whose multiples no part of a vector begins: whole cache lines of all bodies.
  private static let line = 16

  /// The whole for one thread.
  static func whole(_ sizes: [Int], writes: [Int]) -> Division {
    Division(axis: .whole, writes: writes, sizes: sizes)
  }

  /// Rows of the pass, or what belongs to one: `each` lines of the first size a row.
  static func rows(
    _ sizes: [Int], each: Int = 1, steps: [Int], writes: [Int], memory: Int? = nil
  ) -> Division {
    let rows = sizes[0] / max(1, each)
    return Division(
      axis: .rows, count: rows, grain: rows >= manyRows ? 4 : 1, each: each, steps: steps,
      writes: writes, memory: memory, sizes: sizes)
  }

  /// Columns, or channels, which the kernel is told by the first and the end of them.
  static func columns(
    _ count: Int, grain: Int, _ sizes: [Int], writes: [Int], memory: Int? = nil
  ) -> Division {
    Division(
      axis: .columns, count: count, grain: grain, writes: writes, memory: memory, sizes: sizes)
  }

  /// Numbers of `operands` vectors of one length; those of a row together where they are of rows.
  static func numbers(
    _ sizes: [Int], _ operands: Int, writes: [Int], rows: Int
  ) -> Division {
    if rows > 0, sizes[0] > 0, sizes[0].isMultiple(of: rows) {
      let each = sizes[0] / rows
      return .rows(
        sizes, each: each, steps: Array(repeating: each, count: operands), writes: writes)
    }
    return Division(
      axis: .numbers, count: sizes[0], grain: 4 * line,
      steps: Array(repeating: 1, count: operands), writes: writes, sizes: sizes)
  }

  /// A product (M, N) with inner size K: by columns where the kernel would make the same copy of a large
  /// B for every part of the rows, or rows are few; else by rows.
  ///
  /// The gradients of a weight go by rows: parts that lie apart in memory cost cores less than a copy, where
  /// both write them.
  static func product(_ sizes: [Int], rows: Int) -> Division {
    let (m, n, k, flags) = (sizes[0], sizes[1], sizes[2], sizes[3])
    let (turnsA, turnsB) = (flags & 1 != 0, flags & 2 != 0)
    let told = [m, n, k, flags, m, n]
    let copies = turnsB || m >= 32 && n * k > copied
    if n >= 4 * line, copies && !(turnsA && m >= 4 * line) || m < 4 * line && m < n {
      return Division(
        axis: .columns, count: n, grain: line, isSecondSize: true,
        steps: [0, turnsB ? k : 1, 1, 1, 1], writes: [2], sizes: told)
    }
    let steps = [turnsA ? 1 : k, 0, n, 0, n]
    if !turnsA, m == rows { return .rows(told, steps: steps, writes: [2]) }
    return Division(
      axis: .lines, count: m, grain: 8, steps: steps, writes: [2], sizes: told)
  }

  /// Numbers of B from which on the product copies it: DIRECT_BYTES of dense.inc in single precision.
  private static let copied = 32_768

  /// A part of an optimizer's vectors from `offset` on, parted as a product parts the gradient (M, N)
  /// there, so that each core keeps the weights it has; `nil` where its columns are no whole lines.
  package func following(_ product: Division, offset: Int) -> Division? {
    let (m, n) = (product.sizes[0], product.sizes[1])
    var own = self
    (own.offset, own.isPart) = (offset, true)
    own.sizes[0] = m * n
    if product.axis == .columns, n.isMultiple(of: Self.line) {
      (own.count, own.grain, own.lines) = (n, product.grain, Lines(count: m, step: n))
      return own
    }
    guard product.axis == .lines, n.isMultiple(of: 2) else { return nil }
    (own.count, own.grain, own.each) = (m, product.grain, n)
    own.steps = own.steps.map { _ in n }
    return own
  }

  /// The numbers of the same vectors within some places.
  package func numbers(_ places: Range<Int>) -> Division {
    var own = self
    (own.offset, own.isPart) = (places.lowerBound, true)
    own.sizes[0] = places.count
    own.count = places.count
    return own
  }

  /// Columns of a thin product's gradient.
  static func thinColumns(_ sizes: [Int], writes: [Int]) -> Division {
    .columns(sizes[2], grain: line, sizes, writes: writes)
  }

  /// Columns of rows, whole lines of the cache.
  static func wideColumns(_ count: Int, _ sizes: [Int], writes: [Int]) -> Division {
    .columns(count, grain: line, sizes, writes: writes)
  }

  /// Channels: one by one where a channel has many numbers, else as columns.
  static func channels(_ sizes: [Int], writes: [Int]) -> Division {
    .columns(sizes[1], grain: sizes[2] > 1 ? 1 : line, sizes, writes: writes)
  }
}
