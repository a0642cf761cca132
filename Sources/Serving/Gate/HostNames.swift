import Foundation
import Web

/// The names under which this server is reached.
///
/// A page of another address can lead its own name to this machine (DNS rebinding), and then a browser
/// takes this server for that page's: so only names are answered that are this server's. A number is
/// no name that anybody could lead elsewhere; where it listens for other machines any number is
/// answered, for a machine need not know all of its own.
struct HostNames: Sendable {
  private let names: Set<String>
  private let isOnOwnAddress: Bool

  init(_ host: String) {
    isOnOwnAddress = ServeOrder.isOwnAddress(host)
    var names: Set = ["localhost"]
    if !isOnOwnAddress {
      names.insert(host.lowercased())
      let own = Self.own.lowercased()
      names.insert(own)
      names.insert(String(own.prefix { $0 != "." }))
    }
    self.names = names
  }

  /// The name that the machine has for itself; no server of names is asked.
  static let own: String = {
    var bytes = [CChar](repeating: 0, count: 256)
    guard gethostname(&bytes, bytes.count - 1) == 0 else { return "localhost" }
    return String(decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }()

  /// Whether a `Host` field, with or without a port, names this server.
  ///
  /// The port is not compared: `ssh -L 8080:127.0.0.1:5000` brings another one.
  func has(_ field: String) -> Bool {
    guard var name = Self.name(of: field) else { return false }
    name = name.lowercased()
    if name.hasSuffix(".") { name.removeLast() }
    if names.contains(name) { return true }
    if isOnOwnAddress { return ServeOrder.isOwnAddress(name) }
    return Self.isNumber(name)
  }

  /// The name before the port; `nil` where the field has another form.
  private static func name(of field: String) -> String? {
    if field.hasPrefix("[") {
      guard let end = field.firstIndex(of: "]") else { return nil }
      let rest = field[field.index(after: end)...]
      guard rest.isEmpty || isPort(rest) else { return nil }
      return String(field[...end])
    }
    guard let colon = field.firstIndex(of: ":") else { return field.isEmpty ? nil : field }
    return isPort(field[colon...]) ? String(field[..<colon]) : nil
  }

  private static func isPort(_ text: Substring) -> Bool {
    text.first == ":" && text.dropFirst().utf8.allSatisfy { (0x30...0x39).contains($0) }
      && UInt16(text.dropFirst()) != nil
  }

  private static func isNumber(_ name: String) -> Bool {
    var four = in_addr()
    var six = in6_addr()
    if inet_pton(AF_INET, name, &four) == 1 { return true }
    guard name.hasPrefix("["), name.hasSuffix("]") else { return false }
    return inet_pton(AF_INET6, String(name.dropFirst().dropLast()), &six) == 1
  }
}
