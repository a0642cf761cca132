import Languages
public import Runs
public import Tracking

extension SweepView {
  /// A sweep's combinations with one value of a key.
  public struct Group {
    /// The value for people.
    public let name: String
    /// The value itself; `nil` where groups are of several keys together.
    public let value: ParameterValue?
    /// The combinations, those that are the same runs once.
    public internal(set) var points: [Point]
  }

  /// Groups by the value of a key, in the order of their first appearance; combinations without the
  /// key are left out.
  ///
  /// By the fold every combination stands in several groups, in each with the runs of one fold.
  public func groups(by key: SweepKey) -> [Group] {
    let points = key.isFold && hasFolds ? points.flatMap(\.folds) : points
    return Self.groups(points) { point in point.value(key).map { ($0.display, $0) } }
  }

  /// All combinations in one group without a name.
  public var whole: Group { Group(name: "", value: nil, points: points) }

  /// Groups by the model's name.
  public var modelGroups: [Group] { groups { ($0.configuration.modelName, nil) } }

  private func groups(_ name: (Point) -> (String, ParameterValue?)?) -> [Group] {
    Self.groups(points, name)
  }

  private static func groups(
    _ points: [Point], _ name: (Point) -> (String, ParameterValue?)?
  ) -> [Group] {
    var groups: [Group] = []
    var places: [String: Int] = [:]
    // The places of each group's combinations by their configurations.
    var known: [[String: [Int]]] = []
    for point in points {
      guard let (name, value) = name(point) else { continue }
      let place = places[name] ?? groups.count
      if place == groups.count {
        places[name] = place
        groups.append(Group(name: name, value: value, points: []))
        known.append([:])
      }
      let key = point.configuration.key
      let isKnown = known[place][key]?.contains {
        groups[place].points[$0].members == point.members
      }
      if isKnown == true { continue }
      known[place][key, default: []].append(groups[place].points.count)
      groups[place].points.append(point)
    }
    return groups
  }

  /// Groups for a legend: of a key; without one a group a combination, under the axis's name where
  /// there is one axis only.
  ///
  /// What panels tell apart is in no name.
  public func legend(
    by key: SweepKey?, facets: [SweepKey] = []
  ) -> (heading: String, groups: [Group]) {
    if let key { return (key.label, groups(by: key)) }
    guard facets.isEmpty else {
      let told = Set(facets.map(\.label))
      let rest = points.map { $0.axes.filter { !told.contains($0.axis) } }
      let names = Set(rest.flatMap { $0.map(\.axis) })
      let isOne = names.count == 1
      return (
        isOne ? names.first ?? "" : "",
        groups { point in
          let words = point.axes.filter { !told.contains($0.axis) }
            .map { isOne ? $0.display : "\(language.key($0.axis))=\($0.display)" }
          return (words.joined(separator: ", "), nil)
        }
      )
    }
    let axes = Set(points.flatMap { $0.axes.map(\.axis) })
    if axes.count == 1, let axis = axes.first, points.allSatisfy({ $0.axes.count == 1 }) {
      return (axis, groups { point in point.axes.first.map { ($0.display, nil) } })
    }
    return ("", groups { ($0.configuration.label, nil) })
  }
}

extension SweepView.Point {
  /// The combination once for each fold, with the runs of that fold.
  fileprivate var folds: [SweepView.Point] {
    let folds = Set(members.compactMap(\.fold)).sorted()
    guard !folds.isEmpty else { return [self] }
    return folds.map { fold in
      let whole = configuration
      let own = SweepView.Configuration(
        key: whole.key, label: whole.label, modelName: whole.modelName,
        members: whole.members.filter { $0.fold == fold },
        value: { $0.isFold ? .integer(fold) : whole.value($0) },
        load: { try whole.load().with(fold: fold) })
      return SweepView.Point(
        configuration: own, variant: variant, values: values,
        members: members.filter { $0.fold == fold })
    }
  }
}
