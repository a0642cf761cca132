import ArgumentParser
import Foundation
import Machine
import Tracking
import Web

struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Show the store live in a browser, and take what MLflow's clients log.",
    discussion: """
      With FILE it follows the file: at every save what is new is trained, and the notebook's page follows. \
      The address that is printed opens the pages until the server ends (Ctrl-C). The two exports let any \
      program that logs to MLflow log into this store; their token logs and reads there, and opens no page.

      EXAMPLES:
        labbook serve
        labbook serve spiral.yaml
        labbook serve --read-only --share --port 8080
        labbook serve --host 0.0.0.0 --token "$(openssl rand -hex 16)"
      """)

  @Argument(
    help: ArgumentHelp("The experiment file to follow.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var file: String?
  @OptionGroup var store: StoreOptions
  @Option(
    help: "The address to listen at, or a name of it; any but this machine's own needs --token.")
  var host = "127.0.0.1"
  @Option(help: "The port. (default: the first free one from 5000)") var port: Int?
  @Option(
    help: """
      The token that opens the pages, of at least 16 letters and digits, instead of one made at start; \
      'none', at this machine's own address alone, for pages that only read and a tracking API that asks \
      for nothing.
      """)
  var token: String?
  @Flag(help: "Neither take nor train anything: pages and the tracking API only read.")
  var readOnly = false
  @Flag(help: "Print a second address, to give to others, whose pages only read.") var share = false

  func run() throws {
    let own = OwnExecutable.url
    let folder = own.deletingLastPathComponent().path
    let order = ServeOrder(
      store: store.resolvedPath, file: file, host: host, port: port, token: token,
      readOnly: readOnly, share: share, labbook: own.path)
    try order.check()
    if let file, !FileManager.default.fileExists(atPath: file) {
      throw LabbookError.input("'\(file)' is not there", hint: "labbook init makes a first file")
    }
    let program = folder + "/labbook-serve"
    guard FileManager.default.isExecutableFile(atPath: program) else {
      throw LabbookError.failure(
        "the server 'labbook-serve' is not beside this program, in '\(folder)'",
        hint: "scripts/install and scripts/package put both there; or build it: "
          + "swift build -c release --product labbook-serve")
    }
    setenv(ServeOrder.variable, String(decoding: try JSONEncoder().encode(order), as: UTF8.self), 1)
    // The server's many short threads share one heap, of which what is free goes back.
    setenv("MALLOC_ARENA_MAX", "1", 0)
    setenv("MALLOC_TRIM_THRESHOLD_", "131072", 0)
    let words = [strdup(program), nil]
    execv(program, words)
    throw LabbookError.failure("'\(program)' cannot be started: \(systemReason(errno))")
  }
}
