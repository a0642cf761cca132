/// Pictures that were drawn elsewhere, each above its name: one, or many in rows as photographers lay
/// them side by side.
public struct Sheet: Hashable, Sendable, Codable {
  /// A place for a picture.
  public struct Item: Hashable, Sendable, Codable {
    /// What stands below it.
    public var label: String
    /// The picture; `nil` where there is none.
    public var picture: StoredPicture?
    /// Why there is none.
    public var missing: String

    /// Makes a place for a picture, or for the words why there is none.
    public init(label: String, picture: StoredPicture?, missing: String = "") {
      self.label = label
      self.picture = picture
      self.missing = missing
    }
  }

  /// The pictures in order.
  public var items: [Item]

  /// The most pictures of a sheet, and the most bytes of all together.
  public static let most = (pictures: 100, bytes: 24 << 20)

  /// Lays pictures side by side.
  public init(_ items: [Item]) { self.items = items }

  /// How many stand in a row.
  public var columns: Int {
    switch items.count {
    case ...1: 1
    case 2, 4: 2
    case 3, 5...9: 3
    case 10...24: 4
    default: 6
    }
  }
}
