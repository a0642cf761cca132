package import Tracking

/// The resolved values of one run in the order of the file, as parts that the runs of a large plan share.
///
/// Two are equal that hold the same values in the same order, however they are divided.
package struct Hyperparameters: Sendable {
  private var parts: [[Hyperparameter]]

  /// Makes one of parts that stand one behind the other.
  package init(parts: [[Hyperparameter]]) { self.parts = parts }

  init(_ list: [Hyperparameter]) { parts = [list] }

  /// All values as one list.
  var list: [Hyperparameter] { parts.count == 1 ? parts[0] : Array(parts.joined()) }

  /// The value at a full path; `nil` where there is none.
  func value(at path: String) -> ParameterValue? {
    for part in parts {
      for parameter in part where parameter.path == path { return parameter.value }
    }
    return nil
  }

  /// Whether there is a value at a full path, or one below it.
  func uses(_ key: String) -> Bool {
    parts.contains { part in
      part.contains {
        $0.path.hasPrefix(key)
          && ($0.path.utf8.count == key.utf8.count
            || $0.path.utf8.dropFirst(key.utf8.count).first == UInt8(ascii: "."))
      }
    }
  }

  /// Gives the value at a path another one, where there is such a path.
  mutating func replace(_ path: String, with value: ParameterValue) {
    for (index, part) in parts.enumerated() {
      guard let place = part.firstIndex(where: { $0.path == path }) else { continue }
      parts[index][place] = Hyperparameter(path, value)
      return
    }
  }
}

extension Hyperparameters: Hashable {
  package static func == (a: Hyperparameters, b: Hyperparameters) -> Bool {
    a.parts == b.parts || a.parts.joined().elementsEqual(b.parts.joined())
  }

  package func hash(into hasher: inout Hasher) {
    for parameter in parts.joined() { hasher.combine(parameter) }
  }
}

extension Hyperparameters: Codable {
  package init(from decoder: any Decoder) throws { self.init(try [Hyperparameter](from: decoder)) }

  package func encode(to encoder: any Encoder) throws { try list.encode(to: encoder) }
}
