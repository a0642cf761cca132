import Foundation
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import Synchronization
public import Tracking
public import Web

/// The HTTP server: it listens, lets in who may come, and hands requests to services.
public final class Server: Sendable {
  private let order: ServeOrder
  private let services: [any WebService]
  private let limits: ServingLimits
  private let tokens: Tokens
  private let stopping = Mutex(Stopping())

  private typealias Listener = HummingbirdCore.Server<Doorway>

  private struct Stopping {
    var isAsked = false
    /// What listens; one that has only begun to cannot be told to stop.
    var listener: Listener?
    var isListening = false

    /// Whom the wish to stop can be told now.
    var told: Listener? { isAsked && isListening ? listener : nil }
  }

  /// Makes a server of its order and its services, of which the first that takes a request answers it.
  public init(
    _ order: ServeOrder, services: [any WebService], limits: ServingLimits = ServingLimits()
  ) {
    (self.order, self.services, self.limits) = (order, services, limits)
    tokens = Tokens(order)
  }

  /// Checks what can be checked of an order before anything is opened.
  ///
  /// - Throws: `LabbookError` where the options are wrong or the host is not found.
  public static func check(_ order: ServeOrder) throws(LabbookError) {
    try order.check()
    _ = try Address(order.host)
  }

  /// Listens until it is told to stop.
  ///
  /// - Parameter ready: is told, once the port is open, the lines that a person and a script read.
  /// - Throws: `LabbookError` where the options are wrong or the port cannot be opened.
  public func run(
    ready: @escaping @Sendable ([String]) -> Void
  ) async throws(LabbookError) {
    try order.check()
    let address = try Address(order.host)
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let ports = order.port.map { $0...$0 } ?? Self.ports
    for port in ports {
      do {
        try await listen(address, port, group, ready)
        return
      } catch let error as IOError where error.errnoCode == EADDRINUSE && order.port == nil {
        // Bound at once or not at all: there is no time in which another could take it.
        continue
      } catch {
        throw address.failure(error, port: port)
      }
    }
    throw .failure(
      "the ports from \(Self.ports.lowerBound) to \(Self.ports.upperBound) are all in use",
      hint: "name another with --port")
  }

  /// The ports of which the first free one is taken.
  private static let ports = 5000...5999

  /// Ends `run`: what is being written to the store is brought to its end, all else is closed at once.
  public func stop() {
    _ = note { $0.isAsked = true }
  }

  /// Notes something, and lets the listener end where that is wanted and can be; whether it is.
  private func note(_ change: (inout Stopping) -> Void) -> Bool {
    let (isAsked, listener) = stopping.withLock { stopping in
      change(&stopping)
      return (stopping.isAsked, stopping.told)
    }
    if let listener { Task { try? await listener.shutdownGracefully() } }
    return isAsked
  }

  private func listen(
    _ address: Address, _ port: Int, _ group: MultiThreadedEventLoopGroup,
    _ ready: @escaping @Sendable ([String]) -> Void
  ) async throws {
    let gate = Gate(
      tokens: tokens, isReadOnly: order.readOnly, names: HostNames(order.host), port: port)
    let reception = Reception(gate: gate, services: services, limits: limits)
    let loop = group.next()
    let limits = self.limits
    let house = try await loop.submit {
      NIOLoopBound(House(loop, limits), eventLoop: loop)
    }.get()
    let lines = announcement(address, port)
    let listener = Listener(
      childChannelSetup: Doorway(reception: reception, house: house),
      configuration: ServerConfiguration(
        address: .hostname(address.number, port: port), backlog: 1024),
      onServerRunning: { [self] _ in
        if !note({ $0.isListening = true }) { ready(lines) }
      }, eventLoopGroup: group,
      logger: Logger(label: "labbook-serve", factory: { _ in SwiftLogNoOpLogHandler() }))
    if note({ $0.listener = listener }) { return }
    try await listener.run()
  }

  private func announcement(_ address: Address, _ port: Int) -> [String] {
    let bases = address.bases(port)
    var lines = bases.map { base in tokens.pages.map { "\(base)/?token=\($0)" } ?? "\(base)/" }
    if let sharing = tokens.sharing {
      lines += bases.map { "\($0)/?token=\(sharing)   (to read only)" }
    }
    lines.append("export MLFLOW_TRACKING_URI=\(bases[0])")
    if let tracking = tokens.tracking { lines.append("export MLFLOW_TRACKING_TOKEN=\(tracking)") }
    return lines
  }
}
