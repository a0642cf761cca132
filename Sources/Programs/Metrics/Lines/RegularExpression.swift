import CPCRE2
import Synchronization

/// What is wrong with a regular expression.
public struct PatternProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was found.
  public let message: String
  /// The way out; empty where the message already says it.
  public let hint: String
  /// The first character that is wrong, from 1, counted in code points; `nil` where something is missing.
  public let column: Int?

  /// The message with its column and, on a line of its own, the way out.
  public var description: String {
    (column.map { "column \($0): " } ?? "") + message + (hint.isEmpty ? "" : "\n" + hint)
  }
}

/// A regular expression of PCRE2 with named groups, which never backtracks for ever.
///
/// One match takes at most a million steps at first. Where that is not enough the next may take half as
/// many, down to ten thousand, so that a costly pattern over many lines has an end too.
final class RegularExpression: @unchecked Sendable {
  /// What became of a match.
  enum Outcome {
    case matched, none
    /// The steps or the memory of one match were used up.
    case givenUp
    /// PCRE2's number of another refusal.
    case failed(Int32)
  }

  /// The groups by name; those of equal names together.
  let groups: [(name: String, numbers: [Int])]

  private let code: OpaquePointer
  private let matchData: OpaquePointer
  private let limits: OpaquePointer
  /// Match data are used by one match at a time.
  private let steps = Mutex<UInt32>(most)

  private static let most: UInt32 = 1_000_000
  private static let least: UInt32 = 10_000
  private static let heapKiB: UInt32 = 4_096

  /// - Throws: why the pattern is none, with the place.
  init(_ pattern: String) throws(PatternProblem) {
    var error: Int32 = 0
    var offset = 0
    let bytes = Array(pattern.utf8)
    let options = UInt32(PCRE2_UTF) | UInt32(PCRE2_MATCH_INVALID_UTF)
    guard let code = pcre2_compile_8(bytes, bytes.count, options, &error, &offset, nil) else {
      let before = String(decoding: bytes.prefix(offset), as: UTF8.self)
      throw PatternProblem(
        message: "the pattern is no regular expression: " + Self.message(error),
        hint: "the syntax is PCRE2's, as in 'epoch (?<epoch>\\d+) loss (?<loss>\\S+)'",
        column: before.unicodeScalars.count + 1)
    }
    guard let matchData = pcre2_match_data_create_from_pattern_8(code, nil),
      let limits = pcre2_match_context_create_8(nil)
    else {
      pcre2_code_free_8(code)
      throw PatternProblem(message: "there is no memory for the pattern", hint: "", column: nil)
    }
    pcre2_set_heap_limit_8(limits, Self.heapKiB)
    self.code = code
    self.matchData = matchData
    self.limits = limits
    groups = Self.groups(of: code)
  }

  deinit {
    pcre2_match_context_free_8(limits)
    pcre2_match_data_free_8(matchData)
    pcre2_code_free_8(code)
  }

  /// Looks for the first match in bytes, which need not be UTF-8, and hands over where a group stands.
  ///
  /// - Parameter isCut: whether the line goes on behind the bytes, so that its end is not theirs, and what
  ///   reaches theirs might go on.
  func match(
    _ bytes: UnsafeBufferPointer<UInt8>, isCut: Bool,
    _ body: ((_ group: Int) -> Range<Int>?) -> Void
  ) -> Outcome {
    steps.withLock { steps in
      pcre2_set_match_limit_8(limits, steps)
      let empty: [UInt8] = [0]
      let found = empty.withUnsafeBufferPointer { nothing in
        pcre2_match_8(
          code, bytes.baseAddress ?? nothing.baseAddress, bytes.count, 0,
          isCut ? UInt32(PCRE2_NOTEOL) : 0, matchData, limits)
      }
      switch found {
      case 1...:
        if isCut, self.place(of: 0, in: bytes.count)?.upperBound ?? bytes.count == bytes.count {
          return .none
        }
        body { self.place(of: $0, in: bytes.count) }
        return .matched
      case PCRE2_ERROR_NOMATCH: return .none
      case PCRE2_ERROR_MATCHLIMIT, PCRE2_ERROR_DEPTHLIMIT, PCRE2_ERROR_HEAPLIMIT:
        steps = max(Self.least, steps / 2)
        return .givenUp
      default: return .failed(found)
      }
    }
  }

  /// What PCRE2 calls an error by its number.
  static func message(_ code: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 256)
    let length = pcre2_get_error_message_8(code, &buffer, buffer.count)
    return String(decoding: buffer.prefix(max(0, Int(length))), as: UTF8.self)
  }

  private func place(of group: Int, in length: Int) -> Range<Int>? {
    guard group < Int(pcre2_get_ovector_count_8(matchData)),
      let places = pcre2_get_ovector_pointer_8(matchData)
    else { return nil }
    let (start, end) = (places[2 * group], places[2 * group + 1])
    // Both are -1 where the group took no part.
    return start >= 0 && start <= end && end <= length ? start..<end : nil
  }

  private static func groups(of code: OpaquePointer) -> [(name: String, numbers: [Int])] {
    var count: UInt32 = 0
    var size: UInt32 = 0
    var table: UnsafePointer<UInt8>?
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMECOUNT), &count)
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMEENTRYSIZE), &size)
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMETABLE), &table)
    guard let table else { return [] }
    var groups: [(name: String, numbers: [Int])] = []
    for index in 0..<Int(count) {
      let entry = table + index * Int(size)
      let name = String(cString: entry + 2)
      let number = Int(entry[0]) << 8 | Int(entry[1])
      if groups.last?.name == name {
        groups[groups.count - 1].numbers.append(number)
      } else {
        groups.append((name, [number]))
      }
    }
    return groups.sorted { $0.numbers[0] < $1.numbers[0] }
  }
}
