import Dashboard
import Foundation
import Machine
import RunStorage
import Serving
import Tracking
import TrackingAPI
import Web

@main
enum Main {
  static func main() async {
    FreeMemory.keepNoLargeBlocks()
    // A reader that goes is an error where it is written to, not the end.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    // Swift's runtime would print a backtrace.
    signal(SIGQUIT, SIG_DFL)
    do throws(LabbookError) { try await serve(try handedOrder()) } catch {
      Output.error("error: \(error)\n")
      // A notebook may be drawn already, by threads that `exit` would take the libraries from.
      _exit(error.status)
    }
  }

  /// The order that `labbook serve` has left in the environment, from which it is taken.
  private static func handedOrder() throws(LabbookError) -> ServeOrder {
    guard let text = ProcessInfo.processInfo.environment[ServeOrder.variable] else {
      throw .input(
        "labbook-serve is started by 'labbook serve'", hint: "type: labbook serve --help")
    }
    unsetenv(ServeOrder.variable)
    guard let order = try? JSONDecoder().decode(ServeOrder.self, from: Data(text.utf8)) else {
      throw .failure(
        "this labbook-serve is not of the same version as the labbook that started it",
        hint: "build and install both together")
    }
    return order
  }

  private static func serve(_ order: ServeOrder) async throws(LabbookError) {
    try Server.check(order)
    let files = OpenFiles.raiseLimit()
    let limits = limits(files)
    let store = try open(order)
    AsideFiles.removeLeft(in: store.uploadFolder)
    let tracking = TrackingService(
      store, readOnly: order.readOnly, forwarder: ProgramForwarder(store))
    // What is trained ends by itself where this process ends.
    let notebook = try NotebookService(order, store)
    var services: [any WebService] = [ProgramDoor(store, to: tracking), tracking]
    if let notebook { services.append(notebook) }
    services.append(DashboardService(store))
    let server = Server(order, services: services, limits: limits)
    try EndSignals.watch { server.stop() }
    if order.endsWithInput { endWithInput() }
    try StoreWatch.begin(store) { error in
      Output.error("error: \(error)\n")
      finish(store, status: error.status)
    }
    try await server.run { lines in Output.lines(lines) }
    finish(store, status: 0)
  }

  /// Ends the process where its standard input ends: whoever started it is gone.
  private static func endWithInput() {
    let watch = Thread {
      while !FileHandle.standardInput.availableData.isEmpty {}
      AsideFiles.removeAll()
      _exit(0)
    }
    watch.start()
  }

  /// Opens the store; who waits for another program that writes is told so.
  private static func open(_ order: ServeOrder) throws(LabbookError) -> RunStore {
    let note = DelayedNote(
      "'\(order.store)' is kept by another program; waiting for it (Ctrl-C ends)")
    defer { note.cancel() }
    do {
      let store = try RunStore(at: order.store, .create)
      try store.keepPages(kilobytes: 4096)
      return store
    } catch let error as LabbookError {
      throw error
    } catch { throw .failure("\(error)") }
  }

  /// The limits of connections, of which each is an open file, as is much else.
  private static func limits(_ files: Int) -> ServingLimits {
    var limits = ServingLimits()
    let room = max(16, files - 256)
    if room < limits.connections {
      Output.error(
        "note: at most \(room) connections at a time, for 'ulimit -Hn' is \(files)\n")
      limits.connections = room
      limits.eventStreams = min(limits.eventStreams, room / 2)
    }
    return limits
  }

  /// Ends the process: nothing that waits for a reader or a sender keeps it.
  ///
  /// A thread that still draws would meet the libraries that `exit` takes down.
  private static func finish(_ store: RunStore, status: Int32) -> Never {
    AsideFiles.removeAll()
    store.close()
    _exit(status)
  }
}
