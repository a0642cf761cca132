import Foundation
import Testing

/// The numbers that gnuplot is given are those that SQL alone makes of the store.
struct FigureNumbersTests {
  private let file = """
    data: {source: moons, points_per_class: 60, split: {val: 0.3}}
    models: {small: {mlp: {hidden: [4]}}, wide: {mlp: {hidden: [16]}}}
    train: {epochs: 6, batch_size: 16}
    over: {model: all, lr: [0.01, 0.1]}
    seeds: 3

    """

  /// A stretch of numbers that gnuplot draws: how, and a row a point.
  private struct Drawn {
    let manner: String
    let rows: [[Double]]
  }

  private func drawn(_ place: Workplace, _ arguments: [String]) throws -> (script: String, [Drawn])
  {
    let outcome = try place.labbook(["plot"] + arguments + ["--out", "f.svg", "--keep-script"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let script = try place.read("f.gp")
    let bytes = try Data(contentsOf: URL(filePath: place.path + "/f.data"))
    let numbers = stride(from: 0, to: bytes.count / 8 * 8, by: 8).map { start in
      Double(
        bitPattern: (0..<8).reduce(0) { $0 | UInt64(bytes[start + $1]) << UInt64(8 * $1) })
    }
    let parts = script.matches(
      of: #/skip=(\d+) endian=little record=\((\d+)\) format="((?:%double)+)"[^,\\]* with (\w+)/#)
    return (
      script,
      parts.compactMap { part in
        guard let skip = Int(part.output.1), let count = Int(part.output.2) else { return nil }
        let width = part.output.3.count / "%double".count
        return Drawn(
          manner: String(part.output.4),
          rows: (0..<count).map { row in
            (0..<width).map { numbers[skip / 8 + row * width + $0] }
          })
      }
    )
  }

  private func numbers(_ place: Workplace, _ sql: String) throws -> [[Double]] {
    try StoreReader(place.store).texts(sql).map {
      $0.split(separator: " ").compactMap { Double($0) }
    }
  }

  private func isSame(_ a: [[Double]], _ b: [[Double]]) -> Bool {
    // SQLite and Labbook add up in another order.
    a.count == b.count
      && zip(a, b).allSatisfy { zip($0, $1).allSatisfy { abs($0 - $1) <= 1e-12 * max(1, abs($1)) } }
  }

  private func trained() throws -> Workplace {
    let place = try Workplace()
    try place.write("f.yaml", file)
    #expect(try place.labbook("run", "f.yaml").status == 0)
    return place
  }

  @Test func curvesAreMeansAndDeviationsOverTheSeeds() throws {
    let place = try trained()
    let (_, parts) = try drawn(
      place,
      ["curves", "--sweep", "main", "--metric", "val/loss", "--by", "model", "--band", "std"])
    var found = 0
    for model in ["small", "wide"] {
      for rate in ["0.01", "0.1"] {
        let rows = try numbers(
          place,
          """
          SELECT format('%d %!.17g %!.17g', epoch, AVG(m.value),
            sqrt((SUM(m.value * m.value) - SUM(m.value) * SUM(m.value) / COUNT(*)) / (COUNT(*) - 1)))
          FROM metric_points m JOIN run_params a USING (run) JOIN run_params b USING (run)
          WHERE metric = 'val/loss' AND a.key = 'train.model' AND a.text = '\(model)'
            AND b.key = 'train.lr' AND b.text = '\(rate)' GROUP BY epoch ORDER BY epoch
          """)
        #expect(rows.count == 7)
        let line = rows.map { [$0[0], $0[1]] }
        #expect(parts.count { $0.manner == "lines" && isSame($0.rows, line) } == 1)
        // The sums of squares lose digits, so that deviations agree less closely; a loss is not below 0.
        let band = rows.map { [$0[0], max(0, $0[1] - $0[2]), $0[1] + $0[2]] }
        #expect(
          parts.count { part in
            part.manner == "filledcurves" && part.rows.count == 7
              && zip(part.rows, band).allSatisfy { zip($0, $1).allSatisfy { abs($0 - $1) < 1e-6 } }
          } == 1)
        found += 1
      }
    }
    #expect(parts.count { $0.manner == "lines" && $0.rows.count == 7 } == found)
  }

  @Test func finalValuesAreMeansOfLastOnes() throws {
    let place = try trained()
    let (_, parts) = try drawn(
      place,
      ["final", "--sweep", "main", "--metric", "val/accuracy", "--x", "lr", "--by", "model"])
    for model in ["small", "wide"] {
      let rows = try numbers(
        place,
        """
        SELECT format('%!.17g %!.17g', b.value, AVG(v.last))
        FROM run_values v JOIN run_params a USING (run) JOIN run_params b USING (run)
        WHERE metric = 'val/accuracy' AND a.key = 'train.model' AND a.text = '\(model)'
          AND b.key = 'train.lr' GROUP BY b.value ORDER BY b.value
        """)
      #expect(rows.count == 2)
      #expect(parts.count { $0.manner == "points" && isSame($0.rows, rows) } == 1, "\(rows)")
    }
  }

  /// The digits of a cell are its mean, written short.
  @Test func cellsOfAHeatMapAreMeans() throws {
    let place = try trained()
    let (script, _) = try drawn(
      place, ["heatmap", "--sweep", "main", "--metric", "val/loss", "--x", "lr", "--y", "model"])
    let labels = Set(script.matches(of: #/set label "([0-9.]+)"/#).map { String($0.output.1) })
    let means = try numbers(
      place,
      """
      SELECT format('%!.17g', AVG(v.last)) FROM run_values v JOIN run_params a USING (run)
        JOIN run_params b USING (run)
      WHERE metric = 'val/loss' AND a.key = 'train.model' AND b.key = 'train.lr' GROUP BY a.text, b.text
      """)
    #expect(means.count == 4)
    for mean in means {
      let near = labels.compactMap { label -> Double? in
        guard let value = Double(label), let point = label.firstIndex(of: ".") else { return nil }
        let digits = label.distance(from: point, to: label.endIndex) - 1
        // A label that stands for the mean is within half of its last digit.
        return abs(value - mean[0]) <= 0.5000001 * pow(10, -Double(digits)) && digits >= 2
          ? value : nil
      }
      #expect(!near.isEmpty, "\(mean) among \(labels)")
    }
  }
}
