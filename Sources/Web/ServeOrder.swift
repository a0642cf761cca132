/// What `labbook serve` asks of the server: its options, read and checked.
public struct ServeOrder: Codable, Sendable {
  /// The store's path.
  public var store: String
  /// The experiment file that is followed; `nil` for none.
  public var file: String?
  /// The address at which is listened.
  public var host: String
  /// The port; `nil` for the first free one from 5000.
  public var port: Int?
  /// The token of the pages; `nil` for one made at start, `none` for none at all.
  public var token: String?
  /// Whether nothing is written or trained.
  public var readOnly: Bool
  /// Whether a second address, which only reads, is printed.
  public var share: Bool
  /// The `labbook` that trains.
  public var labbook: String
  /// Whether it ends when its standard input does: whoever started it is gone then, in whatever way.
  public var endsWithInput = false

  /// Makes an order.
  public init(
    store: String, file: String?, host: String, port: Int?, token: String?, readOnly: Bool,
    share: Bool, labbook: String
  ) {
    (self.store, self.file, self.host, self.port) = (store, file, host, port)
    (self.token, self.readOnly, self.share, self.labbook) = (token, readOnly, share, labbook)
  }

  /// The variable in which the order stands, so that no other user reads its token.
  public static let variable = "LABBOOK_SERVE"
}
