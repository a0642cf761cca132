import Foundation
import NIOCore
import NIOHTTP1
import Web

/// From a reply to what is written.
extension Connection {
  /// Answers with a refusal, also before the request is whole.
  func refuse(_ refusal: Refusal) {
    if case .uploading(let upload) = state { upload.abort() }
    send(.failure(refusal))
  }

  func send(_ result: Result<PreparedReply, any Error>) {
    guard let context, context.channel.isActive else { return }
    switch result {
    case .success(let reply):
      if case .events = reply.body, !(exchange?.isHead ?? false) {
        guard house.eventStreams < limits.eventStreams else {
          return refuse(
            Refusal(503, "\(limits.eventStreams) pages are open and follow what happens"))
        }
      }
      write(reply, context)
    case .failure(let error):
      if error is CancellationError { return close() }
      let refusal = Refusal(error).reply(isTracking: exchange?.isTracking ?? false)
      guard let reply = try? PreparedReply(refusal, to: nil) else { return close() }
      write(reply, context)
    }
  }

  private func write(_ reply: PreparedReply, _ context: ChannelHandlerContext) {
    let isWhole = if case .answering = state { true } else { false }
    var head = HTTPResponseHead(
      version: exchange?.version ?? .http1_1,
      status: HTTPResponseStatus(statusCode: reply.status), headers: ReplyHeaders.fields(of: reply))
    // What of a body has not come yet is not waited for; a length that is unknown needs frames.
    let isKept =
      exchange?.isKept ?? false && (isWhole || !(exchange?.hasBody ?? true)) && !isLeaving
      && (reply.length != nil || head.version != .http1_0)
    exchange?.isKept = isKept
    head.headers.add(name: "Connection", value: isKept ? "keep-alive" : "close")
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    let wantsBody = !(exchange?.isHead ?? false)
    switch reply.body {
    case .data(let buffer) where wantsBody && buffer.readableBytes > 0:
      context.write(wrapOutboundOut(.body(.byteBuffer(buffer))), promise: nil)
      end(isWhole: isWhole)
    case .file(let file, let range) where wantsBody && !range.isEmpty:
      stream(context, isEvents: false) { try await $0.send(file, range) }
    case .events(let events) where wantsBody:
      house.eventStreams += 1
      stream(context, isEvents: true) { try await $0.send(events) }
    default: end(isWhole: isWhole)
    }
  }

  private func stream(
    _ context: ChannelHandlerContext, isEvents: Bool,
    _ send: @escaping @Sendable (BodyWriter) async throws -> Void
  ) {
    context.flush()
    let loop = context.eventLoop
    let this = NIOLoopBound(self, eventLoop: loop)
    let writer = BodyWriter(channel: context.channel)
    let task = Task {
      do {
        try await send(writer)
        loop.execute { this.value.streamed() }
      } catch {
        // The length was said before: a reader notices that it is not whole.
        loop.execute { this.value.close() }
      }
    }
    clock.wroteAt = .now()
    state = .streaming(task, isEvents: isEvents)
    watch()
    resumeReading()
  }

  private func streamed() {
    guard case .streaming(_, let isEvents) = state else { return }
    if isEvents { house.eventStreams -= 1 }
    state = .answering
    end(isWhole: true)
  }

  /// The reply is written: the next request, or the end of the connection.
  private func end(isWhole: Bool) {
    guard let context else { return }
    work = nil
    guard exchange?.isKept ?? false else { return endLast(context) }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    exchange = nil
    handling = .other
    state = isWhole ? .waiting : .passing
    clock.waitingSince = .now()
    clock.bodySince = clock.waitingSince
    watch()
    takeQueue()
  }

  /// Ends the connection: no reply follows, and what still comes is read past for a while, for a system
  /// that closes over bytes nobody read throws away what was sent before.
  private func endLast(_ context: ChannelHandlerContext) {
    state = .ending
    queue.removeAll()
    let this = NIOLoopBound(self, eventLoop: context.eventLoop)
    let written = context.eventLoop.makePromise(of: Void.self)
    written.futureResult.whenComplete { _ in this.value.linger() }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
    watch()
    resumeReading()
  }

  private func linger() {
    if isInputClosed || isLeaving || exchange?.isUpgrade ?? false { return close() }
    clock.lingerSince = .now()
    context?.close(mode: .output, promise: nil)
    watch()
  }
}

/// Writes a body piece by piece, the next one when the last one is on its way.
struct BodyWriter: Sendable {
  let channel: any Channel

  /// A file is shorter than it was when it was opened.
  struct Shortened: Error {}

  func send(_ file: OpenedFile, _ range: Range<Int>) async throws {
    var place = range.lowerBound
    while place < range.upperBound {
      let (start, count) = (place, min(1 << 18, range.upperBound - place))
      guard let piece = try await Blocking.run({ try file.piece(at: start, count: count) }) else {
        throw Shortened()
      }
      place += piece.readableBytes
      try await write(piece)
    }
  }

  func send(_ events: WebEvents) async throws {
    for await lines in events.make() {
      if Task.isCancelled { return }
      try await write(ByteBuffer(bytes: lines))
    }
  }

  private func write(_ piece: ByteBuffer) async throws {
    try await channel.writeAndFlush(HTTPServerResponsePart.body(.byteBuffer(piece)))
  }
}
