public import Runs
public import Tracking

/// One configuration of a sweep.
public struct SweepMember: Hashable, Sendable {
  /// The variant's name; `nil` where the sweep has no variants.
  public let variant: String?
  /// With the first of the sweep's seeds.
  public let configuration: RunConfiguration
  /// The seeds it is run with.
  public let seeds: [Int]
}

extension SweepMember {
  /// The value by which a cell groups or places the member.
  public func value(_ key: SweepKey) -> ParameterValue? {
    key.value(variant: variant) { configuration.value(at: $0) }
  }
}
