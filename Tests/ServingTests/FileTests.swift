import Foundation
import Serving
import Testing
import Web

/// Files that are sent and uploads that are written aside.
struct FileTests {
  @Test func aFileIsSentWholeOrInParts() async throws {
    let folder = try TestFolder()
    let text = String((0..<100_000).map { Character(Unicode.Scalar(UInt8(97 + $0 % 26))) })
    try folder.write("a", text)
    let server = try await Hosted(service: TestService(folder: folder.path))
    let whole = try await server.get("/files/a", server.bearer)
    #expect(whole.text == text && whole["content-length"] == "100000")
    #expect(whole["accept-ranges"] == "bytes")
    let tag = try #require(whole["etag"])
    let cases = [
      ("bytes=0-0", 206, "a", "bytes 0-0/100000"),
      ("bytes=26-28", 206, "abc", "bytes 26-28/100000"),
      ("bytes=99998-", 206, String(text.suffix(2)), "bytes 99998-99999/100000"),
      ("bytes=-3", 206, String(text.suffix(3)), "bytes 99997-99999/100000"),
      ("bytes=100000-", 416, "", "bytes */100000"), ("bytes=-0", 416, "", "bytes */100000"),
    ]
    for (range, status, body, said) in cases {
      let part = try await server.get("/files/a", server.bearer + "Range: \(range)\r\n")
      #expect(
        part.status == status && part.text == body && part["content-range"] == said, "\(range)")
    }
    for range in ["bytes=5-2", "bytes=1-2,4-5", "bytes=a-b", "lines=1-2", "bytes=-"] {
      let part = try await server.get("/files/a", server.bearer + "Range: \(range)\r\n")
      #expect(part.status == 200 && part.text == text, "\(range)")
    }
    let known = try await server.get(
      "/files/a", server.bearer + "If-None-Match: \"x\", W/\(tag)\r\n")
    #expect(known.status == 304 && known.body.isEmpty && known["etag"] == tag)
    let changed = try await server.get(
      "/files/a", server.bearer + "Range: bytes=0-0\r\nIf-Range: \"other\"\r\n")
    #expect(changed.status == 200)
  }

  @Test func whatIsKeptByABrowserHasATag() async throws {
    let server = try await Hosted()
    let first = try await server.get("/kept", server.bearer)
    let tag = try #require(first["etag"])
    #expect(first["cache-control"] == "max-age=60")
    let again = try await server.get("/kept", server.bearer + "If-None-Match: \(tag)\r\n")
    #expect(again.status == 304 && again.body.isEmpty)
    #expect(try await server.get("/runs", server.bearer)["etag"] == nil)
  }

  @Test func onlyAFileIsSent() async throws {
    let folder = try TestFolder()
    try folder.write("a", "secret")
    symlink("a", folder.path + "/link")
    mkfifo(folder.path + "/pipe", 0o600)
    mkdir(folder.path + "/folder", 0o700)
    try folder.write("empty", "")
    let server = try await Hosted(service: TestService(folder: folder.path))
    for name in ["link", "pipe", "folder", "missing"] {
      #expect(try await server.get("/files/\(name)", server.bearer).status == 404, "\(name)")
    }
    let empty = try await server.get("/files/empty", server.bearer)
    #expect(empty.status == 200 && empty["content-length"] == "0")
  }

  @Test func aNameCannotEndItsHeader() async throws {
    let folder = try TestFolder()
    try folder.write("a\r\nSet-Cookie: x=1\"ü", "text")
    let server = try await Hosted(service: TestService(folder: folder.path))
    let answer = try await server.get("/files/a%0D%0ASet-Cookie:%20x=1%22%C3%BC", server.bearer)
    #expect(answer.status == 200 && answer["set-cookie"] == nil)
    #expect(
      answer["content-disposition"]?.hasPrefix("attachment; filename=\"a__Set-Cookie: x=1__\"")
        == true)
  }

  @Test func anUploadIsWrittenAsideAndKept() async throws {
    let folder = try TestFolder()
    let server = try await Hosted(service: TestService(folder: folder.path))
    let body = String(repeating: "labbook ", count: 100_000)
    let answer = try await server.post("/upload", server.bearer, body: body)
    #expect(answer.text == "800000" && folder.names == ["stored"])
    #expect(try String(contentsOfFile: folder.path + "/stored", encoding: .utf8) == body)
    let chunks = try await server.ask(
      "POST /upload HTTP/1.1\r\n\(server.host)\(server.bearer)Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    )
    // The name is taken: the work throws, and nothing stays.
    #expect(chunks.status == 500 && folder.names == ["stored"])
  }

  @Test func whoHangsUpLeavesNothing() async throws {
    let folder = try TestFolder()
    let server = try await Hosted(service: TestService(folder: folder.path))
    try await server.talk { [server] wire in
      wire.send(
        "POST /upload HTTP/1.1\r\n\(server.host)\(server.bearer)Content-Length: 900000\r\n\r\nsome of it"
      )
      let end = Date(timeIntervalSinceNow: 60)
      while folder.names.isEmpty, Date() < end { usleep(1000) }
      #expect(folder.names.first?.hasPrefix(".upload-") == true)
    }
    #expect(try await becomes { folder.names.isEmpty })
    let large = try await server.talk { [server] wire in
      wire.send(
        "POST /upload HTTP/1.1\r\n\(server.host)\(server.bearer)Transfer-Encoding: chunked\r\n\r\n")
      let chunk = "10000\r\n" + String(repeating: "x", count: 65_536) + "\r\n"
      for _ in 0..<20 { wire.send(chunk) }
      return try wire.answer()
    }
    #expect(large.status == 413)
    #expect(try await becomes { folder.names.isEmpty })
  }

  /// What a killed server left goes; what another one writes at this moment stays.
  @Test func whatAKilledServerLeftIsRemoved() async throws {
    let folder = try TestFolder()
    try folder.write(".upload-left", "half")
    try folder.write(".upload-locked", "half")
    try folder.write("kept", "whole")
    let locked = open(folder.path + "/.upload-locked", O_RDONLY)
    #expect(flock(locked, LOCK_EX) == 0)
    AsideFiles.removeLeft(in: folder.path)
    #expect(folder.names == [".upload-locked", "kept"])
    close(locked)
    let server = try await Hosted(service: TestService(folder: folder.path))
    #expect(try await server.post("/upload", server.bearer, body: "x").status == 200)
    #expect(folder.names == ["kept", "stored"])
  }

  @Test func aFolderThatCannotBeWrittenIsTold() async throws {
    let folder = try TestFolder()
    try folder.write("file", "")
    let server = try await Hosted(service: TestService(folder: folder.path + "/file"))
    let answer = try await server.post("/upload", server.bearer, body: "x")
    #expect(answer.status == 507 && answer.text.contains("cannot be written"))
  }
}
