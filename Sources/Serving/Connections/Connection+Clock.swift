import NIOCore
import NIOHTTP1

/// When what happened on a connection.
struct ConnectionClock {
  var timer: Scheduled<Void>?
  var timerAt = NIODeadline.now()
  var waitingSince = NIODeadline.now()
  /// When the first bytes of a head came whose rest is missing.
  var headSince: NIODeadline?
  var bodySince = NIODeadline.now()
  var bodyBytes = 0
  var wroteAt = NIODeadline.now()
  var lingerSince: NIODeadline?
  /// Bytes that the reader has not taken, and since when there are so many.
  var unread = 0
  var unreadSince = NIODeadline.now()
  /// Whether a part of a request came in the reading at work.
  var hasPart = false
}

/// What takes too long ends. One timer a connection: while requests come it is left alone, and when it
/// rings it looks at what became of the connection.
extension Connection {
  /// After a reading: bytes that made no part of a request are the beginning of a head.
  func noteRead() {
    defer { clock.hasPart = false }
    guard case .waiting = state, !clock.hasPart, queue.isEmpty, clock.headSince == nil else {
      return
    }
    clock.headSince = .now()
    watch()
  }

  func beginBody() {
    clock.bodySince = .now()
    clock.bodyBytes = 0
    watch()
  }

  /// Sets the timer where it would ring too late.
  func watch() {
    guard let context, let next = nextLook() else { return }
    if clock.timer != nil {
      if clock.timerAt <= next { return }
      clock.timer?.cancel()
    }
    let this = NIOLoopBound(self, eventLoop: context.eventLoop)
    clock.timerAt = next
    clock.timer = context.eventLoop.scheduleTask(deadline: next) { this.value.look() }
  }

  private func nextLook() -> NIODeadline? {
    switch state {
    // A reply that is long lies here until its reader takes it.
    case .waiting where !(context?.channel.isWritable ?? true):
      .now() + seconds(limits.stalledSeconds / 4)
    case .waiting:
      clock.headSince.map { $0 + seconds(limits.headSeconds) }
        ?? clock.waitingSince + seconds(limits.idleSeconds)
    case .collecting, .uploading, .passing: clock.bodySince + seconds(limits.bodySeconds)
    case .streaming(_, isEvents: true):
      min(
        clock.wroteAt + seconds(limits.silentSeconds), .now() + seconds(limits.stalledSeconds / 4))
    case .streaming: .now() + seconds(limits.stalledSeconds / 4)
    case .ending:
      clock.lingerSince.map { $0 + seconds(limits.lingerSeconds) }
        ?? .now() + seconds(limits.stalledSeconds / 4)
    case .answering, .closed: nil
    }
  }

  private func look() {
    clock.timer = nil
    guard let context else { return }
    let now = NIODeadline.now()
    noteUnread(context, now)
    if clock.unread > 0, now >= clock.unreadSince + seconds(limits.stalledSeconds) {
      return close()
    }
    switch state {
    case .waiting where clock.unread == 0:
      if let since = clock.headSince {
        if now >= since + seconds(limits.headSeconds) { return refuse(tooSlow) }
      } else if now >= clock.waitingSince + seconds(limits.idleSeconds) {
        return close()
      }
    case .waiting: clock.waitingSince = now
    case .collecting, .uploading, .passing: lookAtBody(now)
    case .streaming(_, isEvents: true):
      if clock.unread == 0, now >= clock.wroteAt + seconds(limits.silentSeconds) {
        clock.wroteAt = now
        // A comment of the form of events: nobody sees it, and a reader that is gone shows itself.
        let comment = HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(string: ":\n\n")))
        context.writeAndFlush(wrapOutboundOut(comment), promise: nil)
      }
    case .ending:
      if let since = clock.lingerSince, now >= since + seconds(limits.lingerSeconds) {
        return close()
      }
    case .streaming, .answering, .closed: break
    }
    watch()
  }

  private func lookAtBody(_ now: NIODeadline) {
    guard now >= clock.bodySince + seconds(limits.bodySeconds) else { return }
    var bytes = bodyBytes
    if case .uploading(let upload) = state {
      bytes = upload.bytes
      // Then it is the disk that is slow.
      if upload.isFull { bytes = Int.max }
    }
    if bytes == Int.max || bytes - clock.bodyBytes >= limits.bodyBytes {
      clock.bodySince = now
      clock.bodyBytes = bytes == Int.max ? clock.bodyBytes : bytes
    } else {
      refuse(tooSlow)
    }
  }

  private func noteUnread(_ context: ChannelHandlerContext, _ now: NIODeadline) {
    let options = context.channel.syncOptions
    let unread = (try? options?.getOption(ChannelOptions.bufferedWritableBytes)) ?? 0
    if unread != clock.unread { clock.unreadSince = now }
    clock.unread = unread
  }

  private var tooSlow: Refusal { Refusal(408, "the request came too slowly") }

  private func seconds(_ seconds: Double) -> TimeAmount {
    .nanoseconds(Int64(seconds * 1e9))
  }
}
