import Foundation
import Web

/// A connection of raw bytes, so that requests can be wrong in every way.
final class Wire: @unchecked Sendable {
  private let descriptor: Int32
  private var received: [UInt8] = []

  /// No answer within so many seconds is none: generous, for no test waits so long.
  private static let bound = 60

  init(_ port: Int) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var time = timeval(tv_sec: Self.bound, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, size)
      }
    }
    guard result == 0 else { throw WireError(text: "no connection: errno \(errno)") }
  }

  deinit { close(descriptor) }

  struct WireError: Error { let text: String }

  /// Sends bytes; false where the other end is closed.
  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count <= 0 { return false }
      rest.removeFirst(count)
    }
    return true
  }

  @discardableResult
  func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  /// Says that nothing more is sent.
  func finish() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Reads more; false at the end.
  private func more() throws -> Bool {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    if count < 0, errno == EAGAIN { throw WireError(text: "no answer") }
    if count <= 0 { return false }
    received += buffer[..<count]
    return true
  }

  /// Whether the other end closes, whatever it still sends.
  func closes() -> Bool {
    while let isOpen = try? more() {
      if !isOpen { return true }
    }
    return false
  }

  /// Reads until bytes are there, which are taken with all before them.
  func until(_ end: String) throws -> String {
    while true {
      if let place = received.firstRange(of: Array(end.utf8)) {
        defer { received.removeFirst(place.upperBound) }
        return String(decoding: received[..<place.upperBound], as: UTF8.self)
      }
      guard try more() else {
        throw WireError(text: "closed: \(String(decoding: received, as: UTF8.self))")
      }
    }
  }

  private func take(_ count: Int) throws -> [UInt8] {
    while received.count < count {
      guard try more() else { throw WireError(text: "closed within a body") }
    }
    defer { received.removeFirst(count) }
    return Array(received[..<count])
  }

  /// One reply; `hasBody` is false where a HEAD was asked.
  func answer(hasBody: Bool = true) throws -> Answer {
    let lines = try until("\r\n\r\n").components(separatedBy: "\r\n").filter { !$0.isEmpty }
    let fields = lines.dropFirst().map { line in
      let parts = line.split(separator: ":", maxSplits: 1)
      return (parts[0].lowercased(), parts[1].trimmingCharacters(in: .whitespaces))
    }
    let words = lines[0].split(separator: " ")
    var answer = Answer(status: Int(words[1]) ?? 0, fields: Array(fields), body: [])
    guard hasBody, answer.status != 204, answer.status != 304, answer.status >= 200 else {
      return answer
    }
    if let length = answer["content-length"].flatMap(Int.init) {
      answer.body = try take(length)
    } else if answer["transfer-encoding"] == "chunked" {
      while let size = Int(try until("\r\n").dropLast(), radix: 16), size > 0 {
        answer.body += try take(size)
        _ = try until("\r\n")
      }
      _ = try until("\r\n")
    }
    return answer
  }
}

/// A reply that came.
struct Answer: Sendable {
  let status: Int
  let fields: [(String, String)]
  var body: [UInt8]

  subscript(_ name: String) -> String? { fields.first { $0.0 == name }?.1 }
  var text: String { String(decoding: body, as: UTF8.self) }
}
