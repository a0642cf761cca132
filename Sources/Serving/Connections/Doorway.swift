import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1

/// What Hummingbird does with a new connection: bytes to requests, by llhttp, and requests to a
/// `Connection`.
struct Doorway: ServerChildChannel {
  let reception: Reception
  let house: NIOLoopBound<House>

  struct Value: ServerChildChannelValue {
    let channel: any Channel
  }

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    channel.eventLoop.makeCompletedFuture {
      let limits = reception.limits
      var decoding = NIOHTTPDecoderLimitConfiguration()
      decoding.maxHeaderFieldSize = limits.headerField
      decoding.maxHeaderListSize = limits.headers
      decoding.maxHeaderFieldCount = limits.headerFields
      let pipeline = channel.pipeline.syncOperations
      try pipeline.addHandler(HTTPResponseEncoder())
      try pipeline.addHandler(
        ByteToMessageHandler(
          HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes, limitConfiguration: decoding)))
      try pipeline.addHandler(Connection(reception, house.value))
      return Value(channel: channel)
    }
  }

  func handle(value: Value, logger: Logger) async {
    try? await value.channel.closeFuture.get()
  }
}
