import Tracking

/// Flat paths such as `models.wide.0.linear` as the tree that a file writes them in.
struct SettingTree {
  /// The value at the place itself.
  private(set) var value: ParameterValue?
  private(set) var children: [String: SettingTree] = [:]

  init() {}

  init(_ parameters: [Hyperparameter]) {
    for parameter in parameters {
      let parts = parameter.path.split(separator: ".", omittingEmptySubsequences: false)
      insert(parameter.value, at: parts.map(String.init)[...])
    }
  }

  private mutating func insert(_ value: ParameterValue, at path: ArraySlice<String>) {
    guard let name = path.first else {
      self.value = value
      return
    }
    children[name, default: SettingTree()].insert(value, at: path.dropFirst())
  }

  /// What lies below a path; an empty tree where nothing does.
  subscript(_ path: String...) -> SettingTree {
    path.reduce(self) { $0.children[$1] ?? SettingTree() }
  }

  /// The text here.
  var text: String? {
    if case .text(let text) = value { text } else { nil }
  }

  /// The whole number here.
  var integer: Int? {
    if case .integer(let whole) = value { whole } else { nil }
  }

  /// The values of the children by their names.
  var values: [String: ParameterValue] { children.compactMapValues(\.value) }

  /// The children that numbers name, in the order of the numbers.
  var items: [SettingTree] {
    children.compactMap { name, tree in Int(name).map { ($0, tree) } }
      .sorted { $0.0 < $1.0 }.map(\.1)
  }
}
