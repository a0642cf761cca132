import Foundation
import Testing

/// `labbook serve` as a person starts it.
struct ServeTests {
  @Test func itPrintsWhereItIsAndEndsWhenItIsTold() throws {
    let place = try Workplace()
    let server = try ServedTool(place)
    #expect(server.lines.count == 3)
    #expect(server.lines[0].hasPrefix("http://127.0.0.1:5"))
    #expect(server.lines[1] == "export MLFLOW_TRACKING_URI=\(server.base)")
    #expect(try server.ask("/health") == "200 OK\n")
    #expect(try server.ask("/").hasPrefix("401"))
    #expect(try server.ask("/", server.token).hasPrefix("200 <!doctype html>"))
    // No other user reads the token in the list of processes.
    let words = try String(
      contentsOfFile: "/proc/\(server.tool.id)/cmdline", encoding: .utf8)
    #expect(words.contains("labbook-serve") && !words.contains(server.token))
    server.tool.terminate()
    let outcome = try server.tool.wait()
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    #expect(place.exists("labbook.sqlite"))
  }

  @Test func anInterruptEndsItWithPagesOpen() throws {
    let place = try Workplace()
    let server = try ServedTool(place)
    let port = try #require(UInt16(server.base.split(separator: ":").last ?? ""))
    let half = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(half) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isConnected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(half, $0, size) == 0 }
    }
    #expect(isConnected)
    send(half, "GET /half", 9, 0)
    server.tool.interrupt()
    #expect(try server.tool.wait().status == 0)
  }

  @Test(arguments: [
    (["--host", "0.0.0.0"], "needs --token"), (["--token", "short"], "from 16 to 256"),
    (["--host", "0.0.0.0", "--token", "none"], "--token none"), (["--port", "0"], "--port"),
    (["--token", "none", "--share"], "--share"),
    (["absent.yaml"], "absent.yaml: error: there is no such file"),
    (["--host", "no-such-host.invalid", "--token", "0123456789abcdef"], "is not found"),
  ])
  func wrongOptionsAreToldBeforeAnythingIsOpened(_ arguments: [String], _ said: String) throws {
    let place = try Workplace()
    let outcome = try place.labbook(["serve"] + arguments)
    #expect(outcome.status == 2 && outcome.output.isEmpty)
    #expect(outcome.errors.contains(said), "\(outcome.errors)")
    #expect(place.files().isEmpty)
  }

  @Test func aPortInUseIsTold() throws {
    let place = try Workplace()
    let server = try ServedTool(place)
    let port = String(server.base.split(separator: ":").last ?? "")
    let outcome = try place.labbook("serve", "--port", port)
    #expect(outcome.status == 1 && outcome.errors.contains("port \(port) on 127.0.0.1 is in use"))
    #expect(outcome.errors.contains("leave --port out"))
    server.tool.terminate()
    #expect(try server.tool.wait().status == 0)
  }

  @Test func aStoreThatIsDeletedEndsIt() throws {
    let place = try Workplace()
    let server = try ServedTool(place)
    try FileManager.default.removeItem(atPath: place.path + "/labbook.sqlite")
    let outcome = try server.tool.wait()
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("was deleted or moved while it was in use"))
  }

  @Test func aStoreThatIsNoneIsTold() throws {
    let place = try Workplace()
    try place.write("labbook.sqlite", "this is text, and no store of runs")
    let outcome = try place.labbook("serve")
    #expect(outcome.status == 2 && outcome.errors.contains("not a Labbook store"))
  }

  @Test func aMissingServerIsTold() throws {
    let place = try Workplace()
    let lone = place.path + "/labbook"
    if link(toolPath, lone) != 0 {
      try FileManager.default.copyItem(atPath: toolPath, toPath: lone)
    }
    let outcome = try RunningTool(
      executable: lone, ["serve"], folder: place.path, environment: [:]
    ).wait()
    #expect(outcome.status == 1 && outcome.errors.contains("'labbook-serve' is not beside"))
    #expect(outcome.errors.contains("scripts/install"))
    #expect(!place.exists("labbook.sqlite"))
  }

  @Test func theServerAloneSaysWhatStartsIt() throws {
    let place = try Workplace()
    let program = toolPath + "-serve"
    let alone = try RunningTool(
      executable: program, [], folder: place.path, environment: [:]
    ).wait()
    #expect(alone.status == 2 && alone.errors.contains("started by 'labbook serve'"))
    let other = try RunningTool(
      executable: program, [], folder: place.path, environment: ["LABBOOK_SERVE": "{}"]
    ).wait()
    #expect(other.status == 1 && other.errors.contains("not of the same version"))
  }

  /// A reader of its lines that goes ends nothing.
  @Test func aReaderThatGoesEndsNothing() throws {
    let place = try Workplace()
    try place.write("first", "")
    let tool = try RunningTool(
      executable: "/bin/sh",
      [
        "-c",
        "sh -c 'echo $$ >pid; exec \"$0\" serve' \"$1\" | head -n 1 >first; exec sleep 1000", "sh",
        toolPath,
      ],
      folder: place.path, environment: [:])
    #expect(try tool.reaches { try place.read("first").hasSuffix("\n") })
    let base = try #require(try place.read("first").split(separator: "/?").first)
    let outcome = try RunningTool(
      executable: "/usr/bin/python3",
      [
        "-c", "import sys, urllib.request; print(urllib.request.urlopen(sys.argv[1]).read())",
        base + "/health",
      ], folder: place.path, environment: [:]
    ).wait()
    #expect(outcome.output.contains("OK"))
    let server = try #require(Int32(try place.read("pid").dropLast()))
    #expect(kill(server, SIGTERM) == 0)
    // A shell may have been started with other signals held back.
    kill(tool.id, SIGKILL)
    _ = try tool.wait()
  }
}
