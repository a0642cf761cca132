public import Tracking

extension DataConfiguration {
  /// The keys that every source takes beside its own; `split` holds a mapping of `splitSettings`.
  public static let commonSettings: [Setting] = [
    Setting(
      "seed", .integer(Int.min...Int.max), default: .integer(1),
      "seed of the data's random numbers: points, noise, split"),
    Setting("scale", perColumn, default: .number(1), "factor of every feature, or one a column"),
    Setting("shift", perColumn, default: .number(0), "added after scale, or one a column"),
    Setting(
      "label_noise", .number(.shareBelowOne), default: .number(0),
      "share of training rows that get another class"),
    Setting(
      "take", .orOff(.integer(1...Int(Int32.max))), default: .off,
      "use only so many rows, the same share of every class"),
    Setting(
      "normalize", .word(NormalizationKind.allCases.map(\.rawValue)), default: .text("none"),
      "bring features to one scale by the training rows: standard or minmax"),
    Setting(
      "target_transform", .word(TargetTransformKind.allCases.map(\.rawValue)),
      default: .text("none"),
      "the units in which numbers to predict are trained; metrics and predictions have their own"),
  ]

  /// The keys of `split`.
  public static let splitSettings: [Setting] = [
    Setting("val", partSize, default: .off, "validation part: a share below 1 or a number of rows"),
    Setting("test", partSize, default: .off, "test part: a share below 1 or a number of rows"),
    Setting(
      "order", .flag, default: .flag(false),
      "the last rows are val, then test, as series in time want it"),
    Setting(
      "groups", .orOff(.text), default: .off,
      "a column of a table: rows with one value of it stand in one part"),
    Setting(
      "stratify", .flag, default: .flag(true), "the same share of every class in each part"),
    Setting(
      "folds", .orOff(.integer(2...1000)), default: .off,
      "so many parts of the rows beside test, each of them val in a run of its own"),
  ]

  private static let perColumn = Setting.Kind.either([
    .number(.any), .list(.number(.any), count: 1...100_000),
  ])

  private static let partSize = Setting.Kind.orOff(
    .either([
      .integer(1...Int(Int32.max)),
      .number(NumberRange(0, 1, includesLower: false, includesUpper: false)),
    ]))

  /// Makes a configuration of checked values.
  ///
  /// - Parameters:
  ///   - source: the source with all of its settings.
  ///   - common: a value for every one of `commonSettings`, by name.
  ///   - split: a value for every one of `splitSettings`, by name.
  ///   - lossTask: what the loss asks of the target.
  public init(
    source: Chosen, common: [String: ParameterValue], split: [String: ParameterValue],
    lossTask: Task? = nil
  ) {
    let values = Chosen("data", common)
    self.init(
      source: source,
      seed: values.integer("seed"),
      scale: Self.perColumn(common["scale"], otherwise: 1),
      shift: Self.perColumn(common["shift"], otherwise: 0),
      labelNoise: values.number("label_noise"),
      take: Self.integer(common["take"]),
      split: Self.split(split),
      normalize: NormalizationKind(rawValue: values.text("normalize")) ?? .none,
      targetTransform: TargetTransformKind(
        rawValue: values.text("target_transform")) ?? .none,
      fold: Self.integer(split["folds"]).map { _ in 1 },
      lossTask: lossTask)
  }

  private static func split(_ values: [String: ParameterValue]) -> Split {
    var groups: String?
    if case .text(let column) = values["groups"] { groups = column }
    return Split(
      val: partSize(values["val"]), test: partSize(values["test"]),
      isOrdered: values["order"] == .flag(true), groups: groups,
      isStratified: values["stratify"] != .flag(false), folds: integer(values["folds"]))
  }

  private static func perColumn(_ value: ParameterValue?, otherwise: Double) -> PerColumn {
    if case .list(let values) = value { return .columns(values.compactMap(\.asNumber)) }
    return .all(value?.asNumber ?? otherwise)
  }

  private static func partSize(_ value: ParameterValue?) -> PartSize? {
    switch value {
    case .integer(let rows): .rows(rows)
    case .number(let share): .share(share)
    default: nil
    }
  }

  private static func integer(_ value: ParameterValue?) -> Int? {
    if case .integer(let value) = value { return value }
    return nil
  }

  /// A value for every one of `commonSettings`, by name.
  var commonValues: [String: ParameterValue] {
    [
      "seed": .integer(seed), "scale": scale.parameter, "shift": shift.parameter,
      "label_noise": .number(labelNoise), "take": take.map(ParameterValue.integer) ?? .off,
      "normalize": .text(normalize.rawValue),
      "target_transform": .text(targetTransform.rawValue),
    ]
  }

  /// Settings that are listed only where they are not at these defaults: most tables need none of them.
  public static let quiet: [String: ParameterValue] = Dictionary(
    uniqueKeysWithValues: (TableReading.settings + ColumnWishes.settings).map {
      ($0.name, $0.standard ?? .off)
    } + [("target_transform", .text("none")), ("first_label", .integer(0))]
      + ["augment", "size", "color", "test_path", "classes", "layout", "test_x", "test_y"].map {
        ($0, .off)
      } + quietSplit)

  /// Those of them that stand below `split`.
  private static let quietSplit: [(String, ParameterValue)] = splitSettings.compactMap { setting in
    setting.kind == partSize ? nil : ("split." + setting.name, setting.standard ?? .off)
  }

  /// The value of a setting that is listed only where it is not at its default, and is at it; `nil` for
  /// others, and for what the source does not take.
  ///
  /// - Parameter path: below `data`, such as `indicator` or `split.order`.
  public func quietValue(at path: String) -> ParameterValue? {
    guard let standard = Self.quiet[path],
      path.hasPrefix("split.") || path == "target_transform" || source.values[path] != nil
    else { return nil }
    return standard
  }

  /// A value for every one of `splitSettings`, by name.
  var splitValues: [String: ParameterValue] {
    [
      "val": split.val?.parameter ?? .off, "test": split.test?.parameter ?? .off,
      "order": .flag(split.isOrdered), "groups": split.groups.map(ParameterValue.text) ?? .off,
      "stratify": .flag(split.isStratified),
      "folds": split.folds.map(ParameterValue.integer) ?? .off,
    ]
  }

  /// Every resolved value by the file's path, `data.source` first, then sorted by path.
  public var hyperparameters: [Hyperparameter] {
    var values = source.values.merging(commonValues) { $1 }
    for (name, value) in splitValues { values["split." + name] = value }
    if normalize == .none { values["normalize"] = .off }
    values["fold"] = fold.map(ParameterValue.integer)
    // What says nothing is told only where it is said.
    for (name, standard) in Self.quiet where values[name] == standard { values[name] = nil }
    return [Hyperparameter("data.source", .text(source.name))]
      + values.sorted { $0.key < $1.key }.map { Hyperparameter("data." + $0.key, $0.value) }
  }
}

extension DataConfiguration.PerColumn {
  fileprivate var parameter: ParameterValue {
    switch self {
    case .all(let value): .number(value)
    case .columns(let values): .list(values.map(ParameterValue.number))
    }
  }
}

extension DataConfiguration.PartSize {
  fileprivate var parameter: ParameterValue {
    switch self {
    case .share(let share): .number(share)
    case .rows(let rows): .integer(rows)
    }
  }
}
