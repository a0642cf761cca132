import Datasets
import NeuralNet
import Tracking

/// From a source's rows to the parts a network trains on, as Python code.
struct TorchPreparation {
  let configuration: DataConfiguration
  let data: PreparedData
  let hasOwnTest: Bool

  private var shape: DataShape { data.shape }
  private var isClasses: Bool { shape.classes != nil }

  /// The functions `split_rows`, where rows are chosen, and `make_parts`.
  var code: String {
    var blocks: [String] = []
    if choosesRows, data.groups == nil, !configuration.split.isOrdered || hasTake {
      blocks.append(Self.splitRows)
    }
    if choosesRows, data.groups != nil {
      if hasTake { blocks.append(Self.splitRows) }
      blocks.append(Self.splitGroups)
    }
    blocks.append("def make_parts(rng):\n" + PythonText.indented(lines.joined(separator: "\n")))
    return blocks.joined(separator: "\n\n\n")
  }

  private var choosesRows: Bool {
    hasTake || configuration.split.hasValidation || configuration.split.test != nil
  }

  private var hasTake: Bool { configuration.take != nil }

  private static let splitGroups = """
    def split_groups(rng, groups, sizes):
        \"""Rows for parts of about these sizes, all of a group in one part, in their order.\"""
        left, parts = list(rng.permutation(np.unique(groups))), []
        for size in sizes[1:]:
            chosen, count = [], 0
            for group in list(left):
                rows = np.sum(groups == group)
                if rows < 2 * (size - count):
                    chosen.append(group)
                    left.remove(group)
                    count += rows
            parts.append(np.flatnonzero(np.isin(groups, chosen)))
        return [np.flatnonzero(np.isin(groups, left))] + parts
    """

  private static let splitRows = """
    def split_rows(rng, y, sizes):
        \"""Rows for parts of these sizes, each with the same share of every class, in their order.\"""
        order = rng.permutation(len(y))
        place = np.empty(len(y))
        for k in np.unique(y):
            rows = order[y[order] == k]
            place[rows] = (np.arange(len(rows)) + rng.random()) / len(rows)
        order = np.argsort(place)
        ends = np.cumsum(sizes)
        return [np.sort(order[end - size:end]) for size, end in zip(sizes, ends)]
    """

  private var lines: [String] {
    var lines = [
      "\"\"\"The parts as they are trained on: features and targets by their names.\"\"\""
    ]
    lines.append("x, y = load_data(rng)")
    let test = hasOwnTest ? 0 : shape.testRows
    if choosesRows {
      lines += choosing([shape.trainRows, shape.valRows, test])
      lines.append("rows = {\"train\": train, \"val\": val, \"test\": test}")
      lines.append(
        "parts = {name: (x[place], \(isTargetless ? "None" : "y[place]")) for name, place in rows.items() if len(place)}"
      )
    } else {
      lines.append("parts = {\"train\": (x, y)}")
    }
    if hasOwnTest { lines.append("parts[\"test\"] = load_test()") }
    lines += noise + scaling + targetScaling
    return lines + ["return parts"]
  }

  /// The rows of every part.
  private func choosing(_ sizes: [Int]) -> [String] {
    let isStratified = isClasses && configuration.split.isStratified
    let strata = isStratified ? "y" : "np.zeros(len(x))"
    let listed = sizes.map(String.init).joined(separator: ", ")
    let isOrdered = configuration.split.isOrdered
    guard isOrdered || data.groups != nil else {
      return ["train, val, test = split_rows(rng, \(strata), [\(listed)])"]
    }
    let taken =
      hasTake ? "split_rows(rng, \(strata), [\(sizes.reduce(0, +))])[0]" : "np.arange(len(x))"
    if isOrdered {
      return [
        "rows = \(taken)",
        "train, val, test = np.split(rows, [\(sizes[0]), \(sizes[0] + sizes[1])])",
      ]
    }
    return [
      "rows = \(taken)",
      "parts = split_groups(rng, load_groups()[rows], [\(listed)])",
      "train, val, test = (rows[part] for part in parts)",
    ]
  }

  private var isTargetless: Bool { shape.target == .none }

  private var noise: [String] {
    guard configuration.labelNoise > 0, let classes = shape.classes else { return [] }
    return [
      "x, y = parts[\"train\"]",
      "wrong = rng.permutation(len(y))[:round(\(PythonText.number(configuration.labelNoise)) * len(y))]",
      "y = y.copy()",
      "y[wrong] = (y[wrong] + rng.integers(1, \(classes), len(wrong))) % \(classes)",
      "parts[\"train\"] = (x, y)",
    ]
  }

  private var scaling: [String] {
    var lines: [String] = []
    let (scale, shift) = (Self.text(configuration.scale), Self.text(configuration.shift))
    if scale != "1" || shift != "0" {
      lines.append(
        "parts = {name: (x * \(scale) + \(shift), y) for name, (x, y) in parts.items()}")
    }
    guard configuration.normalize != .none else { return lines }
    let axis = shape.isImages ? "(0, 2, 3), keepdims=True" : "0"
    lines.append("x = parts[\"train\"][0]")
    if configuration.normalize == .standard {
      lines.append("offset, spread = x.mean(\(axis)), x.std(\(axis))")
    } else {
      lines.append("offset = x.min(\(axis))")
      lines.append("spread = x.max(\(axis)) - offset")
    }
    lines.append("spread[x.max(\(axis)) == x.min(\(axis))] = 1")
    let others = (data.recipes ?? []).flatMap(\.measures).enumerated().filter { !$1 }.map(\.0)
    if !others.isEmpty {
      let places = others.map(String.init).joined(separator: ", ")
      lines.append("offset[[\(places)]], spread[[\(places)]] = 0, 1  # those say yes or no")
    }
    lines.append(
      "parts = {name: ((x - offset) / spread, y) for name, (x, y) in parts.items()}")
    return lines
  }

  /// Numbers to predict in the units that are trained in.
  private var targetScaling: [String] {
    let learned: [String]
    let moved: String
    switch configuration.targetTransform {
    case .none: return []
    case .log: (learned, moved) = ([], "np.log(y)")
    case .standard:
      learned = ["y = parts[\"train\"][1]", "center, width = y.mean(0), y.std(0)"]
      moved = "(y - center) / np.where(width > 0, width, 1)"
    case .minmax:
      learned = ["y = parts[\"train\"][1]", "center, width = y.min(0), y.max(0) - y.min(0)"]
      moved = "(y - center) / np.where(width > 0, width, 1)"
    }
    return learned + ["parts = {name: (x, \(moved)) for name, (x, y) in parts.items()}"]
  }

  private static func text(_ value: DataConfiguration.PerColumn) -> String {
    switch value {
    case .all(let number): PythonText.number(number)
    case .columns(let numbers):
      "np.array([\(numbers.map(PythonText.number).joined(separator: ", "))])"
    }
  }
}
