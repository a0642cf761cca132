import Foundation
import Hummingbird
import NIOCore
import Web

/// A body that is written aside while it comes.
enum UploadedFile {
  static func write(
    _ body: RequestBody, limit: Int, into folder: String,
    then work: @Sendable (_ path: String, _ bytes: Int) async throws -> WebReply
  ) async throws -> WebReply {
    let path = folder + "/.upload-\(UUID().uuidString)"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      return .text("the file cannot be written here\n", status: 507)
    }
    defer { unlink(path) }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    var bytes = 0
    for try await piece in body {
      bytes += piece.readableBytes
      if bytes > limit { return .text("the file is larger than \(limit) bytes\n", status: 413) }
      let data = Data(piece.readableBytesView)
      try await Blocking.run { try file.write(contentsOf: data) }
    }
    try file.synchronize()
    return try await work(path, bytes)
  }
}
