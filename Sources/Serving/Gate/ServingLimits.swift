/// How much and how long the server bears with one connection.
public struct ServingLimits: Sendable {
  /// Bytes of a request's address.
  public var address = 16 << 10
  /// Bytes of one header field.
  public var headerField = 32 << 10
  /// Bytes of all header fields.
  public var headers = 64 << 10
  /// Header fields.
  public var headerFields = 128
  /// Bytes of a body that nobody wants and that is read past.
  public var unwantedBody = 1 << 20
  /// Connections at a time; where one more comes, the one that waits longest goes.
  public var connections = 4096
  /// Event streams at a time.
  public var eventStreams = 512

  /// Seconds in which a connection may say nothing.
  public var idleSeconds = 75.0
  /// Seconds from the first byte of a request to the end of its headers.
  public var headSeconds = 10.0
  /// Seconds in which a body must bring `bodyBytes`, or end.
  public var bodySeconds = 15.0
  /// Bytes that come at least in `bodySeconds`.
  public var bodyBytes = 4 << 10
  /// Seconds in which a reader must take something of a reply.
  public var stalledSeconds = 60.0
  /// Seconds after which a stream of events that is silent says so, which finds readers that are gone.
  public var silentSeconds = 20.0
  /// Seconds for which what still comes is read past after the last reply, so that it is not lost.
  public var lingerSeconds = 3.0

  /// The limits of `labbook serve`.
  public init() {}
}
