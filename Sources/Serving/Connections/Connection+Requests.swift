import Foundation
import NIOCore
import NIOHTTP1
import Web

/// From a request's head and body to the work that answers it.
extension Connection {
  func begin(_ request: HTTPRequestHead) {
    exchange = Exchange(request)
    body = ByteBuffer()
    bodyBytes = 0
    clock.headSince = nil
    do throws(Refusal) {
      let head = try reception.head(of: request)
      exchange?.head = head
      handling = try reception.handling(of: head)
      if (exchange?.announced ?? 0) > bodyLimit { throw tooLarge }
      try receive()
    } catch {
      refuse(error)
    }
  }

  /// Gets ready for the body.
  private func receive() throws(Refusal) {
    if case .upload(_, let folder, let work) = handling {
      state = .uploading(upload(into: folder, then: work))
    } else {
      state = .collecting
      let expected = exchange?.announced ?? 0
      if case .answer(let limit, _) = handling, limit > 0, expected > 0 {
        body.reserveCapacity(min(expected, 1 << 20))
      }
    }
    beginBody()
    if exchange?.waitsForGo ?? false {
      let go = HTTPResponseHead(version: .http1_1, status: .continue)
      context?.writeAndFlush(wrapOutboundOut(.head(go)), promise: nil)
    }
  }

  /// The most bytes of a body.
  var bodyLimit: Int {
    switch handling {
    case .answer(let limit, _): limit > 0 ? limit : limits.unwantedBody
    case .upload(let limit, _, _): limit
    case .other: limits.unwantedBody
    }
  }

  var tooLarge: Refusal { Refusal(413, "a body here has at most \(bodyLimit) bytes") }

  func collect(_ piece: ByteBuffer) {
    bodyBytes += piece.readableBytes
    if bodyBytes > bodyLimit { return refuse(tooLarge) }
    guard case .answer(let limit, _) = handling, limit > 0 else { return }
    var piece = piece
    if body.readableBytes == 0, bodyBytes == exchange?.announced {
      // The whole in one piece: taken as it is.
      body = piece
    } else {
      body.writeBuffer(&piece)
    }
  }

  /// The request is whole: its answer is made beside the event loop.
  func answer() {
    guard case .answer(_, let work) = handling, let context else { return close() }
    state = .answering
    let data = Data(body.readableBytesView)
    body = ByteBuffer()
    let loop = context.eventLoop
    let this = NIOLoopBound(self, eventLoop: loop)
    let head = exchange?.head
    self.work = Task {
      let result: Result<PreparedReply, any Error>
      do { result = .success(try await prepared(try await work(data), head)) } catch {
        result = .failure(error)
      }
      loop.execute { this.value.send(result) }
    }
  }

  private func upload(
    into folder: String,
    then work: @escaping @Sendable (_ path: String, _ bytes: Int) async throws -> WebReply
  ) -> Upload {
    let loop = house.loop
    let this = NIOLoopBound(self, eventLoop: loop)
    return Upload(into: folder, then: work) { count in
      loop.execute { this.value.wrote(count) }
    } done: { result in
      loop.execute { this.value.uploaded(result) }
    }
  }

  private func wrote(_ count: Int) {
    guard case .uploading(let upload) = state else { return }
    upload.wrote(count)
    resumeReading()
  }

  private func uploaded(_ result: Result<WebReply, any Error>) {
    switch state {
    case .uploading, .answering:
      send(result.flatMap { reply in Result { try PreparedReply(reply, to: exchange?.head) } })
    default: break
    }
  }
}

/// Prepares a reply; a file is opened where its disk may be waited for.
private func prepared(_ reply: WebReply, _ head: WebHead?) async throws -> PreparedReply {
  guard case .file = reply.body else { return try PreparedReply(reply, to: head) }
  return try await Blocking.run { try PreparedReply(reply, to: head) }
}
