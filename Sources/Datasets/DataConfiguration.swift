public import Tracking

/// The data of a run, checked: where rows come from, what is done to them, how they are parted.
public struct DataConfiguration: Hashable, Sendable {
  /// The source with every one of its own settings; paths are relative to the current folder.
  public var source: Chosen
  public var seed: Int
  /// One factor, or one a column; empty where the file says nothing.
  public var scale: [Double]
  /// One offset, or one a column; empty where the file says nothing.
  public var shift: [Double]
  /// The share of training rows that get another class.
  public var labelNoise: Double
  /// How many rows are used, stratified; `nil` means all.
  public var take: Int?
  public var validation: Part?
  public var test: Part?
  public var normalization: NormalizationKind

  /// Makes a configuration.
  public init(
    source: Chosen, seed: Int = 1, scale: [Double] = [], shift: [Double] = [],
    labelNoise: Double = 0, take: Int? = nil, validation: Part? = nil, test: Part? = nil,
    normalization: NormalizationKind = .none
  ) {
    self.source = source
    self.seed = seed
    self.scale = scale
    self.shift = shift
    self.labelNoise = labelNoise
    self.take = take
    self.validation = validation
    self.test = test
    self.normalization = normalization
  }

  /// The size of one part of the data.
  public enum Part: Hashable, Sendable {
    /// A share of all rows, above 0 and below 1.
    case share(Double)
    /// A number of rows.
    case rows(Int)
  }

  /// How features are brought to a common range, with numbers of the training part.
  public enum NormalizationKind: String, Hashable, Sendable, CaseIterable {
    case none, standard, minmax
  }
}
