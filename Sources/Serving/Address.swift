import Foundation
import NIOCore
import Tracking
import Web

/// Where the server listens, and how it is reached.
struct Address: Sendable {
  /// The number at which is listened.
  let number: String
  /// How others write it.
  let name: String
  /// Whether it is every address of the machine.
  let isEvery: Bool

  /// Finds the address of a host.
  ///
  /// - Throws: `LabbookError` where the host has none.
  init(_ host: String) throws(LabbookError) {
    let plain =
      host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
    // A browser may take ::1 for `localhost`, where another user may listen: a number is only one.
    let asked = plain.lowercased() == "localhost" ? "127.0.0.1" : plain
    guard let number = try? SocketAddress.makeAddressResolvingHost(asked, port: 0).ipAddress else {
      throw .input(
        "--host '\(host)' is not found: it is neither an address nor a name",
        hint: "such as --host 127.0.0.1, --host ::1 or --host 0.0.0.0")
    }
    self.number = number
    isEvery = number == "0.0.0.0" || number == "::"
    name = isEvery ? HostNames.own : asked == number ? number : asked
  }

  /// The beginnings of the addresses of its pages, the one for others first.
  func bases(_ port: Int) -> [String] {
    let names = isEvery ? [name, "127.0.0.1"] : [name]
    return names.map { name in
      name.contains(":") ? "http://[\(name)]:\(port)" : "http://\(name):\(port)"
    }
  }

  /// Why it cannot be listened there, with the way out.
  func failure(_ error: any Error, port: Int) -> LabbookError {
    guard let error = error as? IOError else {
      return .failure("port \(port) on \(number) cannot be opened: \(error)")
    }
    switch error.errnoCode {
    case EADDRINUSE:
      return .failure(
        "port \(port) on \(number) is in use: another program listens there",
        hint: "leave --port out for the first free one from 5000, or name another")
    case EACCES:
      return .failure(
        "port \(port) is one of those below 1024, which belong to the system",
        hint: "name one from 1024 to 65535, or leave --port out")
    case EADDRNOTAVAIL:
      return .input(
        "--host \(number) is no address of this machine",
        hint: "such as --host 127.0.0.1, or --host 0.0.0.0 for every address it has")
    default:
      return .failure(
        "port \(port) on \(number) cannot be opened: \(systemReason(error.errnoCode))")
    }
  }
}
