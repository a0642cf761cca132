import Datasets
import Foundation

/// The files that a trained run leaves, written by hand: a network whose outputs are known.
struct ToldNetwork {
  /// JSON of the layers.
  var layers = Self.linear(3)
  /// JSON of the loss.
  var loss = #"""
    {"name": "cross-entropy", "settings": {"class_weights": null, "label_smoothing": 0}}
    """#
  /// JSON of what is known of the data, without the braces.
  var inputs = #"""
    "featureShape": [2], "columnNames": ["a", "b"], "classNames": ["x", "y", "z"],
    "targetName": "kind", "columnsPerGroup": 1, "scale": [2, 1], "shift": [1, 0],
    "offset": [3, 10], "divisor": [2, 5]
    """#

  static func linear(_ outputs: Int) -> String {
    #"[{"kind": {"name": "linear", "settings": {"bias": true, "outputs": \#(outputs)}}}]"#
  }

  /// A layer's numbers: a row of weights an output, with its bias behind.
  typealias Rows = [[Double]]

  /// The run's files; without `best` there are no best weights.
  func files(_ last: Rows, best: Rows? = nil) -> [String: Data] {
    var files = [
      "weights.safetensors": Self.safetensors(last),
      "network.json": Data("{\"layers\": \(layers), \"loss\": \(loss)}".utf8),
      "inputs.json": Data("{\(inputs)}".utf8),
    ]
    if let best { files["best.safetensors"] = Self.safetensors(best) }
    return files
  }

  /// The format by its own description: the header's length, the header, the numbers.
  static func safetensors(_ rows: Rows) -> Data {
    let weights = rows.flatMap { $0.dropLast() }.map(Float.init)
    let biases = rows.compactMap(\.last).map(Float.init)
    let (middle, end) = (4 * weights.count, 4 * (weights.count + biases.count))
    let header = """
      {"0.weight": {"dtype": "F32", "shape": [\(rows.count), \(weights.count / rows.count)], \
      "data_offsets": [0, \(middle)]}, \
      "0.bias": {"dtype": "F32", "shape": [\(rows.count)], "data_offsets": [\(middle), \(end)]}}
      """
    var data = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) }
    data += Data(header.utf8)
    for number in weights + biases {
      data += withUnsafeBytes(of: number.bitPattern.littleEndian) { Data($0) }
    }
    return data
  }

  /// Outputs a ln 2, b ln 3 and 0, so that the probabilities are as 2^a to 3^b to 1.
  static let powers: Rows = [[log(2), 0, 0], [0, log(3), 0], [0, 0, 0]]
  /// The third one ten times as probable.
  static let tenfold: Rows = [[log(2), 0, 0], [0, log(3), 0], [0, 0, log(10)]]
}
