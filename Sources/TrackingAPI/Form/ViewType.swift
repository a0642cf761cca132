/// Which of what can be deleted is shown.
enum ViewType: String {
  case active = "ACTIVE_ONLY"
  case deleted = "DELETED_ONLY"
  case all = "ALL"

  /// Reads a word or its number in MLflow; only what is active for none.
  init(_ text: String) throws(TrackingError) {
    switch text {
    case "", "1": self = .active
    case "2": self = .deleted
    case "3": self = .all
    default:
      guard let known = ViewType(rawValue: text) else {
        throw TrackingError(
          .invalid,
          "Invalid view type '\(text)'. It is one of ACTIVE_ONLY, DELETED_ONLY and ALL.")
      }
      self = known
    }
  }

  func shows(deleted: Bool) -> Bool { self == .all || deleted == (self == .deleted) }
}
