import NIOCore
import Web

/// A body that is written into a file while it comes, piece after piece, beside the event loop.
///
/// Used on the event loop alone; pieces that are not written yet are counted there, and reading stops
/// where they are many.
final class Upload {
  /// Bytes that came.
  private(set) var bytes = 0
  /// Bytes that came and are not written yet.
  private(set) var waiting = 0
  private let pieces: AsyncStream<ByteBuffer>.Continuation
  private let task: Task<Void, Never>

  /// Whether more would only lie in memory.
  var isFull: Bool { waiting > 1 << 20 }

  /// Begins to write.
  ///
  /// - Parameters:
  ///   - wrote: is told, anywhere, how many bytes were written.
  ///   - done: is told the reply, or why there is none; nothing where the upload was ended before.
  init(
    into folder: String,
    then work: @escaping @Sendable (_ path: String, _ bytes: Int) async throws -> WebReply,
    wrote: @escaping @Sendable (Int) -> Void,
    done: @escaping @Sendable (Result<WebReply, any Error>) -> Void
  ) {
    let (stream, pieces) = AsyncStream.makeStream(of: ByteBuffer.self)
    self.pieces = pieces
    task = Task {
      do {
        let file = try await Blocking.run { try AsideFile(in: folder) }
        var bytes = 0
        for await piece in stream {
          bytes += piece.readableBytes
          try await Blocking.run { try file.write(piece) }
          wrote(piece.readableBytes)
        }
        // A stream ends too where its task is cancelled.
        if Task.isCancelled { return }
        try await Blocking.run { try file.finish() }
        done(.success(try await work(file.path, bytes)))
      } catch {
        done(.failure(error))
      }
    }
  }

  /// Takes the next piece.
  func take(_ piece: ByteBuffer) {
    bytes += piece.readableBytes
    waiting += piece.readableBytes
    pieces.yield(piece)
  }

  func wrote(_ count: Int) { waiting -= count }

  /// The body has ended.
  func finish() { pieces.finish() }

  /// Nothing more comes, and what came is thrown away.
  func abort() {
    task.cancel()
    pieces.finish()
  }
}
