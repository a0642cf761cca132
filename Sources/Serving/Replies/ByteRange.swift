/// The part of a file that a `Range` field asks for.
enum ByteRange: Equatable {
  /// The whole, also where the field asks for several parts or is none that is understood.
  case whole
  case part(Range<Int>)
  /// It lies behind the end.
  case outside

  init(_ field: String?, size: Int) {
    self = .whole
    guard let field, field.lowercased().hasPrefix("bytes="), !field.contains(",") else { return }
    let ends = field.dropFirst("bytes=".count)
      .split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
      .map { $0.filter { $0 != " " } }
    guard ends.count == 2,
      ends.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
    else { return }
    switch (ends[0].isEmpty, ends[1].isEmpty) {
    case (true, true): return
    case (true, false):
      let count = min(Int(ends[1]) ?? Int.max, size)
      self = count > 0 ? .part(size - count..<size) : .outside
    default:
      let first = Int(ends[0]) ?? Int.max
      let last = ends[1].isEmpty ? Int.max : Int(ends[1]) ?? Int.max
      guard first <= last else { return }
      self = first < size ? .part(first..<min(last, size - 1) + 1) : .outside
    }
  }
}
