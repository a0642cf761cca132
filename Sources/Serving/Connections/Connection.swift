import NIOCore
import NIOHTTP1
import Web

/// One connection: requests come in, one after the other, and replies go out in their order.
///
/// Everything happens on the event loop; work is done in tasks beside it, which come back to it.
final class Connection: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  enum State {
    /// For a request, or for the rest of its head.
    case waiting
    /// A body comes, to be kept or read past.
    case collecting
    case uploading(Upload)
    /// The request is whole, and its reply is being made.
    case answering
    /// A reply is sent piece by piece.
    case streaming(Task<Void, Never>, isEvents: Bool)
    /// The reply is out, and the end of a request without a body is still to come.
    case passing
    /// The last reply is out; what still comes is read past, so that a sender gets to read it.
    case ending
    case closed
  }

  let reception: Reception
  let house: House
  var limits: ServingLimits { reception.limits }

  var context: ChannelHandlerContext?
  var state = State.waiting
  var exchange: Exchange?
  var handling: WebHandling = .other
  var body = ByteBuffer()
  /// Bytes of the body that came, kept or not.
  var bodyBytes = 0
  /// The work of the request at hand.
  var work: Task<Void, Never>?
  /// What came while a reply was being made: the next requests.
  var queue = CircularBuffer<HTTPServerRequestPart>(initialCapacity: 2)
  private var isTakingQueue = false
  /// Whether something was asked to be read while nothing is wanted.
  var isReadAsked = false
  var isInputClosed = false
  var isLeaving = false
  /// Why nothing that comes can be understood any more.
  var malformed: Refusal?
  var clock = ConnectionClock()

  init(_ reception: Reception, _ house: House) {
    (self.reception, self.house) = (reception, house)
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    house.enter(self)
    watch()
  }

  func handlerRemoved(context: ChannelHandlerContext) { leave() }

  func channelInactive(context: ChannelHandlerContext) {
    leave()
    context.fireChannelInactive()
  }

  private func leave() {
    if case .closed = state { return }
    if case .uploading(let upload) = state { upload.abort() }
    if case .streaming(let task, let isEvents) = state {
      task.cancel()
      if isEvents { house.eventStreams -= 1 }
    }
    // What writes is brought to its end; what only reads need not be.
    if exchange?.head?.method == "GET" { work?.cancel() }
    state = .closed
    clock.timer?.cancel()
    house.leave(self)
    queue.removeAll()
    context = nil
  }

  // MARK: - What comes

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let part = Self.unwrapInboundIn(data)
    clock.hasPart = true
    switch state {
    case .waiting, .collecting, .uploading, .passing:
      queue.append(part)
      takeQueue()
    case .answering, .streaming:
      queue.append(part)
      // Nobody who reads events sends so much.
      if case .streaming(_, true) = state, queue.count > 64 { close() }
    case .ending, .closed: break
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    noteRead()
    context.fireChannelReadComplete()
  }

  func write(
    context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?
  ) {
    // Pieces of a stream come this way.
    clock.wroteAt = .now()
    context.write(data, promise: promise)
  }

  func read(context: ChannelHandlerContext) {
    if isReading { context.read() } else { isReadAsked = true }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable { takeQueue() }
    context.fireChannelWritabilityChanged()
  }

  /// Whether more is to be read: not while a reply is made or waits for its reader.
  private var isReading: Bool {
    switch state {
    case .waiting, .collecting, .passing: queue.isEmpty && context?.channel.isWritable ?? true
    case .uploading(let upload): !upload.isFull
    case .answering, .closed: false
    case .streaming(_, let isEvents): isEvents
    // After a change of protocol what comes is kept by the decoder, never read past.
    case .ending: !(exchange?.isUpgrade ?? false)
    }
  }

  func resumeReading() {
    guard isReadAsked, isReading else { return }
    isReadAsked = false
    context?.read()
  }

  /// Takes what came, as far as it is wanted now.
  func takeQueue() {
    if isTakingQueue { return }
    isTakingQueue = true
    taking: while !queue.isEmpty {
      switch state {
      case .waiting:
        // A reader that takes no replies gets no more of them.
        guard context?.channel.isWritable ?? false else { break taking }
      case .collecting, .uploading, .passing: break
      default: break taking
      }
      take(queue.removeFirst())
    }
    isTakingQueue = false
    if queue.isEmpty {
      switch state {
      case .waiting, .collecting, .uploading:
        if let malformed { return refuse(malformed) }
        if isInputClosed || isLeaving { return close() }
      default: break
      }
    }
    resumeReading()
  }

  private func take(_ part: HTTPServerRequestPart) {
    switch (state, part) {
    case (.waiting, .head(let head)): begin(head)
    case (.collecting, .body(let piece)): collect(piece)
    case (.collecting, .end): answer()
    case (.passing, .end): state = .waiting
    case (.uploading(let upload), .body(let piece)):
      upload.take(piece)
      if upload.bytes > bodyLimit { refuse(tooLarge) }
    case (.uploading(let upload), .end):
      upload.finish()
      state = .answering
    default: close()
    }
  }

  // MARK: - What goes wrong

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // A decoder that has met an error says so again of all that comes.
    if malformed != nil, error is ByteToMessageDecoderError { return }
    guard error is HTTPParserError else { return close() }
    let refusal =
      error as? HTTPParserError == .headerOverflow
      ? Refusal(
        431,
        "the head of a request has at most \(limits.headers) bytes and \(limits.headerFields) fields"
      )
      : Refusal(400, "this is no request of HTTP/1.1: \(error)")
    malformed = refusal
    switch state {
    case .waiting where queue.isEmpty, .collecting, .uploading: refuse(refusal)
    case .streaming(_, isEvents: true), .passing: close()
    // Its turn comes after the requests before it.
    case .waiting, .answering, .streaming, .ending, .closed: break
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event as? ChannelEvent == .inputClosed { inputClosed() }
    if event is ChannelShouldQuiesceEvent { quiesce() }
    context.fireUserInboundEventTriggered(event)
  }

  private func inputClosed() {
    isInputClosed = true
    switch state {
    case .waiting: if queue.isEmpty { close() }
    // Who has sent its request may have closed its half, and still reads.
    case .answering, .streaming(_, isEvents: false): break
    case .collecting, .uploading, .passing, .ending, .streaming, .closed: close()
    }
  }

  /// The server ends: what is being written to the store is brought to its end, nothing else.
  private func quiesce() {
    isLeaving = true
    switch state {
    case .answering: break
    default: close()
    }
  }

  func close() { context?.close(promise: nil) }
}
