import NeuralNet
public import Tracking

/// A place in a run's configuration that a sweep can set and a figure can read.
public enum SettingPath: Hashable, Codable, Sendable {
  /// A path from the top of the file, a part a key: `["train", "optimizer", "momentum"]`.
  case absolute([String])
  /// A path below the run's own model: `["mlp", "hidden"]`.
  case ownModel([String])

  /// The path as `run_params` knows it, for a run of the model at `modelPath`, or of an outside program
  /// where that is `nil`: of a program every name that is none of its own keys is a parameter.
  public func key(modelPath: String?) -> String? {
    switch self {
    case .absolute(let parts):
      modelPath == nil
        ? Self.programPath(parts).joined(separator: ".") : parts.joined(separator: ".")
    case .ownModel(let parts):
      ((modelPath.map { [$0] + parts }) ?? Self.parameters + parts.dropFirst())
        .joined(separator: ".")
    }
  }

  /// The path of what stands at a key below it.
  public func appending(_ key: String) -> SettingPath {
    switch self {
    case .absolute(let parts): .absolute(parts + [key])
    case .ownModel(let parts): .ownModel(parts + [key])
    }
  }

  /// Where a path leads in a run of an outside program.
  public var inProgram: [String] {
    switch self {
    case .absolute(let parts): Self.programPath(parts)
    case .ownModel(let parts): Self.parameters + parts.dropFirst()
    }
  }

  private static let parameters = ["train", "params"]

  private static func programPath(_ parts: [String]) -> [String] {
    guard parts.count > 1, parts[0] == "train", !ProgramRun.keys.contains(parts[1]) else {
      return parts
    }
    return parameters + parts.dropFirst()
  }
}

extension SettingPath {
  /// What a bare name of an expression means; `nil` for one that cannot be a path.
  ///
  /// A name without a section is short for `train.<name>`, and a model's own keys are those of the
  /// run's model.
  public init?(bare name: String) {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard !parts.contains("") else { return nil }
    if ["data", "models", "train"].contains(parts[0]) {
      self = .absolute(parts)
    } else if Self.isOfOwnModel(parts) {
      self = .ownModel([MultilayerPerceptron.choice.name] + parts)
    } else {
      self = .absolute(["train"] + parts)
    }
  }

  /// Whether keys without a section lead into the run's own model: `hidden`, or a width of it, `hidden.0`.
  public static func isOfOwnModel(_ parts: [String]) -> Bool {
    switch parts.count {
    case 1: modelKeys.contains(parts[0])
    case 2: parts[0] == MultilayerPerceptron.widths && Int(parts[1]) != nil
    default: false
    }
  }

  /// The keys that a bare word means within the run's own model.
  public static let modelKeys = MultilayerPerceptron.choice.settings.map(\.name)
}

extension SettingPath {
  /// The word for which part of the data judges a run, where it is divided into folds.
  public static let foldWord = "fold"

  /// Whether it is the fold, as `fold` or `data.fold` means it.
  public var isFold: Bool {
    self == .absolute(["data", Self.foldWord]) || self == .absolute(["train", Self.foldWord])
  }
}

/// A path as a cell uses it to group runs or to place them on an axis.
public enum SweepKey: Hashable, Codable, Sendable {
  /// The axis of a sweep's `variants`.
  case variant
  /// A setting, with the text it was written as.
  case setting(SettingPath, written: String)
  /// Several keys together: a group a combination of their values.
  case several([SweepKey])

  /// One key as itself, several as one that goes by all of them.
  public init(all keys: [SweepKey]) { self = keys.count == 1 ? keys[0] : .several(keys) }

  /// What a legend or an axis calls it: as it was written.
  public var label: String {
    switch self {
    case .variant: "variant"
    case .setting(_, let written): written
    case .several(let keys): keys.map(\.label).joined(separator: ", ")
    }
  }

  /// The single keys that it is made of.
  public var parts: [SweepKey] {
    if case .several(let keys) = self { keys.flatMap(\.parts) } else { [self] }
  }

  /// Whether it is the seed, over which figures and tables take the mean.
  public var isSeed: Bool {
    switch self {
    case .variant: false
    case .setting(let path, _): path == .absolute(["train", "seed"])
    case .several(let keys): keys.contains(where: \.isSeed)
    }
  }

  /// Whether it, or one of its parts, is the fold: which part of the data judges a run.
  public var isFold: Bool {
    switch self {
    case .variant: false
    case .setting(let path, _): path.isFold
    case .several(let keys): keys.contains(where: \.isFold)
    }
  }

  /// What the key holds where the variant has this name and paths have these values; `nil` where one
  /// of its parts holds nothing.
  public func value(
    variant: String?, at value: (SettingPath) -> ParameterValue?
  ) -> ParameterValue? {
    switch self {
    case .variant: return variant.map(ParameterValue.text)
    case .setting(let path, _): return value(path)
    case .several(let keys):
      let values = keys.compactMap { $0.value(variant: variant, at: value) }
      guard values.count == keys.count else { return nil }
      return .text(values.map(\.display).joined(separator: ", "))
    }
  }
}
