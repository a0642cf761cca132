import Foundation
import Runs

/// Writes configurations as JSON with sorted keys; of those that differ in their learning rate alone the
/// rest is written once.
struct ConfigurationText {
  private struct Template {
    /// The configuration with a rate of 0.
    let configuration: RunConfiguration
    /// What stands before and behind the rate; `nil` where that is not clear.
    let parts: (before: String, behind: String)?
  }

  private var template: Template?

  /// The text of a configuration.
  mutating func json(of configuration: RunConfiguration) throws -> String {
    guard var network = configuration.network else { return try Self.encoded(configuration) }
    let rate = network.train.learningRate
    network.train.learningRate = 0
    var rest = configuration
    rest.body = .network(network)
    if template?.configuration != rest {
      template = Template(configuration: rest, parts: Self.parts(try Self.encoded(rest)))
    }
    guard let parts = template?.parts else { return try Self.encoded(configuration) }
    return try parts.before + Self.encoded(rate) + parts.behind
  }

  /// The text around the rate: a quoted key stands nowhere within a string of JSON.
  private static func parts(_ text: String) -> (before: String, behind: String)? {
    let key = "\"lr\":"
    let pieces = text.components(separatedBy: key)
    guard pieces.count == 2, pieces[1].hasPrefix("0,") || pieces[1].hasPrefix("0}") else {
      return nil
    }
    return (pieces[0] + key, String(pieces[1].dropFirst()))
  }

  private static func encoded(_ value: some Encodable) throws -> String {
    String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  private static let encoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }()
}
