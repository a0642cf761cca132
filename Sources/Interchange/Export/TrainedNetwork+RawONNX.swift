import Datasets
public import NeuralNet
public import Results
import RunStorage
public import Tracking

extension TrainedNetwork {
  /// The network as ONNX with all that was done to its table: the columns are inputs as they stand in
  /// the file, words and holes included, and classes or values in their own units come out.
  ///
  /// - Throws: `LabbookError` where the run's rows are no table, or the weights do not fit the layers.
  public func rawONNX() throws(LabbookError) -> ONNXModel {
    guard inputs.featureShape.count == 1, !inputs.columnNames.isEmpty else {
      throw .input(
        "run \(run.id.short) was trained on images, which have no raw columns",
        hint: "Leave out --raw: the input takes images in their own units.")
    }
    guard inputs.classNames != nil || inputs.valueNames != nil else {
      throw .input("run \(run.id.short) has nothing to predict, so that no answer can be told")
    }
    let columns = (inputs.recipes ?? []).map(column)
    let numbers = inputs.columnNames.map { ONNXTable.Column($0, .numbers) }
    let back = inputs.targetTransform.wayBack
    let table = ONNXTable(
      columns: inputs.recipes == nil ? numbers : columns,
      target: inputs.classNames == nil
        ? ONNXTable.Target(
          isLogarithm: back.isLogarithm, factors: back.factors, addends: back.addends) : nil)
    return try onnx(table)
  }

  private func column(_ recipe: ColumnRecipe) -> ONNXTable.Column {
    let missing = inputs.missingWords
    switch recipe.kind {
    case .numbers:
      return ONNXTable.Column(
        recipe.name, .numbers, fill: recipe.fill, hasIndicator: recipe.hasIndicator)
    case .dates(let parts, _):
      return ONNXTable.Column(
        recipe.name, .parts(parts.map { "\(recipe.name)_\($0.rawValue)" }), fill: recipe.fill,
        hasIndicator: recipe.hasIndicator)
    case .truths:
      let words =
        ["false", "False", "FALSE"].map { ONNXTable.Word($0, 0) }
        + ["true", "True", "TRUE"].map { ONNXTable.Word($0, 1) }
      return ONNXTable.Column(
        recipe.name, .words(words, missing: missing), fill: recipe.fill,
        hasIndicator: recipe.hasIndicator)
    case .ordinal(let order):
      return ONNXTable.Column(
        recipe.name, .words(order.enumerated().map { ONNXTable.Word($1, $0) }, missing: missing),
        fill: recipe.fill, hasIndicator: recipe.hasIndicator)
    case .categories(let names):
      let filled = recipe.fillWord.flatMap(names.firstIndex).map { [Double($0)] } ?? []
      return ONNXTable.Column(
        recipe.name,
        .places(
          names.enumerated().map { ONNXTable.Word($1, $0) }, count: names.count, missing: missing),
        fill: filled, hasIndicator: recipe.hasIndicator)
    }
  }
}
