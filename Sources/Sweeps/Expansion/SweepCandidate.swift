import Experiments
import Tracking

/// A combination of a sweep's values, decoded; not yet known to be kept.
struct SweepCandidate {
  let variant: String?
  /// What is written over the file, in order: `with`, the variant, the axes.
  let substitutions: [SweepSpec.Substitution]
  /// The last of them: a substitution an axis.
  let axisValues: ArraySlice<SweepSpec.Substitution>
  let decoded: Result<RunConfiguration, Diagnostics>
  private let seeds: SweepSpec.Seeds

  /// - Parameter places: the place of the value of each dimension.
  init(
    _ sweep: SweepSpec, _ places: [Int],
    _ decode: ([SweepSpec.Substitution]) -> Result<RunConfiguration, Diagnostics>
  ) {
    let variantPlace = sweep.variants.isEmpty ? nil : places.first
    let variant = variantPlace.map { sweep.variants[$0] }
    let axisPlaces = sweep.variants.isEmpty ? places[...] : places.dropFirst()
    let values = zip(sweep.axes, axisPlaces).map { axis, place in
      SweepSpec.Substitution(
        axis.path, axis.values[place], keyMark: axis.mark, written: axis.written)
    }
    let fixed = sweep.with + (variant?.substitutions ?? [])
    substitutions = fixed + values
    axisValues = substitutions[fixed.count...]
    self.variant = variant?.name
    seeds = sweep.seeds
    decoded = decode(substitutions)
  }

  /// The combination as plans and figures see it, once it is decoded.
  func point(_ configuration: RunConfiguration) -> SweepPoint {
    SweepPoint(
      variant: variant,
      values: axisValues.map { substitution in
        guard configuration.uses(substitution.path) else { return nil }
        let value = configuration.value(at: substitution.path)
        return SweepPoint.AxisValue(
          axis: substitution.written, value: value,
          display: substitution.value.display(resolved: value))
      },
      seeds: seeds.values(from: configuration.train.seed))
  }
}

extension SpecNode {
  /// What a legend shows for the value: scalars as they were resolved, all else as it was written.
  func display(resolved: ParameterValue?) -> String {
    switch content {
    case .scalar(let text, _): resolved?.display ?? text
    case .list(let items):
      "[" + items.map { $0.display(resolved: nil) }.joined(separator: ", ") + "]"
    case .mapping(let entries):
      "{"
        + entries.map { "\($0.key): \($0.value.display(resolved: nil))" }
        .joined(separator: ", ") + "}"
    }
  }

  /// The value as an expression sees it where no key gives it a type; `nil` for a network.
  var untyped: ParameterValue? {
    switch content {
    case .scalar(let text, false): return .text(text)
    case .scalar(let text, true):
      if let whole = Int(text) { return .integer(whole) }
      if let number = Double(text), number.isFinite { return .number(number) }
      return ["true": .flag(true), "false": .flag(false), "none": .off][text] ?? .text(text)
    case .list(let items):
      let values = items.compactMap(\.untyped)
      return values.count == items.count ? .list(values) : nil
    case .mapping: return self["name"]?.untyped
    }
  }
}
