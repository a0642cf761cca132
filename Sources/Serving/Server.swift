public import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
public import Web

/// The HTTP server: it listens, lets in who may come, and hands requests to services.
public struct Server: Sendable {
  private let order: ServeOrder
  private let services: [any WebService]
  private let tokens: Tokens

  /// Makes a server of its order and its services, of which the first that takes a request answers it.
  public init(_ order: ServeOrder, services: [any WebService]) {
    (self.order, self.services) = (order, services)
    tokens = Tokens(order)
  }

  /// Listens until it is told to end.
  ///
  /// - Parameter ready: is told the lines that a person reads once the port is open.
  public func run(ready: @escaping @Sendable ([String]) -> Void) async throws {
    let port = order.port ?? Self.freePort(on: order.host)
    let gate = Gate(
      tokens: tokens, isReadOnly: order.readOnly, hosts: Self.hosts(order.host, port))
    var logger = Logger(label: "labbook-serve")
    logger.logLevel = .critical
    let lines = announcement(port)
    let application = Application(
      responder: ServiceResponder(gate: gate, services: services),
      server: .http1(configuration: .init(idleTimeout: .seconds(75))),
      configuration: ApplicationConfiguration(
        address: .hostname(order.host, port: port), serverName: nil),
      onServerRunning: { _ in ready(lines) }, logger: logger)
    try await application.runService()
  }

  private func announcement(_ port: Int) -> [String] {
    let base = "http://\(order.host):\(port)"
    var lines = [tokens.pages.map { "\(base)/?token=\($0)" } ?? "\(base)/"]
    if let sharing = tokens.sharing { lines.append("\(base)/?token=\(sharing)   (to read only)") }
    lines.append("export MLFLOW_TRACKING_URI=\(base)")
    if let tracking = tokens.tracking { lines.append("export MLFLOW_TRACKING_TOKEN=\(tracking)") }
    return lines
  }

  private static func hosts(_ host: String, _ port: Int) -> Set<String> {
    Set([host.lowercased(), "localhost", "127.0.0.1", "[::1]"].map { "\($0):\(port)" })
  }

  /// The first port from 5000 on which nobody listens.
  private static func freePort(on host: String) -> Int {
    (5000...5999).first { isFree($0, host) } ?? 0
  }

  private static func isFree(_ port: Int, _ host: String) -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var yes: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = inet_addr(host)
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}
