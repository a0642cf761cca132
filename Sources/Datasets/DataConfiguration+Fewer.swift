import Tracking

extension DataConfiguration {
  /// Numbers that are drawn only to be looked at or to be timed on, at most.
  private static let mostNumbers = 4_000_000

  /// The same data with fewer rows, for who needs to know only what they are like; `nil` where they are
  /// few, or come from a file.
  ///
  /// - Parameter shape: the sizes of this configuration's data.
  package func ofFewerRows(_ shape: DataShape) -> DataConfiguration? {
    let rows = shape.trainRows + shape.valRows + shape.testRows
    let most = max(100, Self.mostNumbers / max(1, shape.features))
    guard rows > most,
      let key = ["points_per_class", "points"].first(where: { source.values[$0] != nil })
    else { return nil }
    let groups = key == "points" ? 1 : max(1, shape.classes ?? 1)
    let drawn = source.integer(key).multipliedSaturating(by: groups)
    guard drawn > most else { return nil }
    var values = source.values
    values[key] = .integer(max(10, most / groups))
    var fewer = self
    fewer.source = Chosen(source.name, values)
    fewer.take = nil
    fewer.split.val = share(split.val, of: rows)
    fewer.split.test = share(split.test, of: rows)
    return fewer
  }

  /// A part's size as a share, so that it is one of fewer rows too.
  private func share(_ size: PartSize?, of rows: Int) -> PartSize? {
    guard case .rows(let count) = size else { return size }
    return .share(min(0.9, Double(count) / Double(max(1, rows))))
  }
}
