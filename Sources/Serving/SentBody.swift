import Foundation
import Hummingbird
import NIOCore
import Web

extension WebReply.Body {
  /// The body as it is written to the connection.
  func sent() -> ResponseBody {
    switch self {
    case .data(let data): ResponseBody(byteBuffer: ByteBuffer(bytes: data))
    case .file(let path): Self.sent(fileAt: path)
    case .events(let events): Self.sent(events)
    }
  }

  private static func sent(fileAt path: String) -> ResponseBody {
    ResponseBody { writer in
      let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      while let piece = try await Blocking.run({ try file.read(upToCount: 1 << 16) }) {
        if piece.isEmpty { break }
        try await writer.write(ByteBuffer(bytes: piece))
      }
      try await writer.finish(nil)
    }
  }

  private static func sent(_ events: WebEvents) -> ResponseBody {
    ResponseBody { writer in
      for await lines in events.make() { try await writer.write(ByteBuffer(bytes: lines)) }
      try await writer.finish(nil)
    }
  }
}
